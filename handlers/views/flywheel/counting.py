"""The flywheel in numbers, with the ids behind them."""

from bot.domain.chain_text import day
from bot.domain.flywheel import FlywheelCounts
from handlers.views.kit import Message, context, header, joined, markup, message, section

NAMED = 12


def counts(found: FlywheelCounts) -> Message:
    about = f" of {found.feature}" if found.feature else ""
    lines = []
    for noun, counted in found.stages:
        more = f" … {counted.count - NAMED:,} more" if counted.count > NAMED else ""
        ids = ", ".join(counted.ids[:NAMED])
        lines.append(markup("*{} {}*  {}{}", counted.count, noun, ids, more))
    return message(
        header(f"The flywheel{about}"),
        section(markup("{}", found.sentence)),
        section(joined(lines, "\n")),
        context(markup("{} to {}; each stage counts what happened then", day(found.since), day(found.until))),
    )

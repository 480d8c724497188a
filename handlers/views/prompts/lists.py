"""Prompts in a list, and one version in full."""

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.people import Role
from bot.domain.prompts import PromptSummary, PromptVersion
from handlers.views.flywheel.tracing import trace_button
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    actions,
    bold,
    button,
    context,
    fit,
    header,
    joined,
    line,
    markup,
    mention,
    message,
    plain,
    section,
    words,
)  # fmt: skip
from handlers.views.kit import rich_text as rich
from handlers.views.stories.parts import count

BODY = 2_800  # characters of a role that a message shows


def prompt_list(prompts: Sequence[PromptSummary], *, role: Role) -> Message:
    """Two lines a prompt: where its labels stand, and who saved the newest version."""
    tail = (
        [actions(button("Save a prompt…", "prompt_save", style="primary"))]
        if role >= Role.CONTRIBUTOR
        else []
    )
    if not prompts:
        return message(header("Prompts"), plain("None saved yet."), *tail)
    head = [header("Prompts"), context(count(len(prompts), "prompt"))]
    lines = [_summary(each) for each in prompts]
    return message(*fit(lines, lambda n: markup("{} more", n), head=head, tail=tail))


def _summary(each: PromptSummary) -> Block:
    newest = each.newest
    facts = [labels(each.labels), markup("newest {}", newest.version)]
    facts.append(who(newest))
    said = markup("*{}*\n{}", each.name, joined([fact for fact in facts if fact]))
    return section(said, accessory=button("Open", "prompt_show", str(newest.reference)))


def labels(standing: Mapping[str, int]) -> Markup:
    """ "`production` 3 `canary` 4"."""
    return joined([markup("`{}` {}", label, version) for label, version in sorted(standing.items())], "  ")


def who(version: PromptVersion) -> Markup:
    if version.origin == "shipped":
        return markup("comes with Plumbline")
    when = f"{version.created_at:%d %b %Y}" if version.created_at else ""
    return markup("by {} {}", mention(version.author), when)


def version_card(version: PromptVersion, *, role: Role) -> Message:
    """All of a version, its roles apart, and what can be done with it."""
    facts = [joined([markup("`{}`", label) for label in version.labels], " "), who(version)]
    if version.model:
        facts.append(markup("for {}", version.model))
    if version.inputs:
        facts.append(markup("asks for {}", ", ".join(version.inputs)))
    return message(
        header(str(version.reference)),
        context(joined([fact for fact in facts if fact])),
        *([context(version.note)] if version.note else []),
        *_roles(version),
        context(f"fingerprint {version.fingerprint[:12]}"),
        actions(*_buttons(version, role)),
    )


def _roles(version: PromptVersion) -> Iterator[Block]:
    for title, text in (("System", version.prompt.system), ("User", version.prompt.user)):
        if text.strip():
            yield rich(line(bold(title)))
            shown = {"type": "rich_text_preformatted", "elements": [words(text.strip(), most=BODY)]}
            yield rich(shown)


def _buttons(version: PromptVersion, role: Role) -> Iterator[Block]:
    reference = str(version.reference)
    yield button("What changed", "prompt_diff", reference)
    yield button("Log", "prompt_log", version.name)
    yield trace_button(f"prompt:{reference}")
    if version.origin == "saved" and role >= Role.CONTRIBUTOR:
        yield button("Save a new version…", "prompt_save", reference)
    if version.origin == "saved" and role >= Role.REVIEWER:
        if "production" not in version.labels:
            yield button("Promote…", "prompt_promote", reference, "primary")
        else:
            yield button("Roll back…", "prompt_rollback", version.name, "danger")

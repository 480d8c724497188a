"""A release after its watch, or before where it is clearly worse."""

from bot.domain import release_words as say
from bot.domain.releases import Release, Watched
from handlers.views.flywheel.tracing import trace_button
from handlers.views.kit import Message, actions, button, context, header, markup, mention, message, section

MARKS = {Watched.WENT_AWAY: "✅", Watched.STAYED: "🔻", Watched.UNKNOWN: "⚪", Watched.TOO_FEW: "⏳"}


def watched(release: Release, *, early: bool) -> Message:
    """``early``: its watch is not over, but it is clearly worse. Says what came after, not why."""
    judgement = release.judgement
    assert judgement is not None  # noqa: S101  only releases that were judged are told of
    when = f"{release.at:%d %b}".lstrip("0")
    span = "so far" if early else f"in the {release.watch_days} days after, against those before"
    mark = "⚠️" if early else MARKS[judgement.verdict]
    verdict = "clearly worse after the release" if early else say.verdict(judgement)
    mends = f", to mend “{say.reason_name(release.reason)}”" if release.reason else ""
    numbers = [say.positive(judgement)]
    if judgement.reason:
        numbers.insert(0, say.numbers(judgement))
    row = [trace_button(f"release:{release.id}")]
    if early or judgement.worse:
        row.insert(0, button("Roll back…", "prompt_rollback", release.prompt, "danger"))
    return message(
        header(f"{release.id} · {release.reference}: {verdict}"),
        section(
            markup(
                "{} *{}* went live on {} by {}{}.", mark, release.reference, when, mention(release.by), mends
            )
        ),
        section(markup("{}, {}", " · ".join(numbers), span)),
        context(
            markup(
                "{} ratings before, {} after. After is not because.", judgement.before.n, judgement.after.n
            )
        ),
        actions(*row),
    )

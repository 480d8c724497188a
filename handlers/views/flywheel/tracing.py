"""The chain of evidence in words: one line that tells it, then stage by stage."""

from collections.abc import Iterator, Mapping

from bot.domain.chain import Chain, Node
from bot.domain.chain_text import Heading, day, headings, line, plainly
from handlers.views.kit import (
    Block,
    Markup,
    Message,
    actions,
    button,
    clip,
    context,
    feedback,
    fit,
    header,
    joined,
    length,
    markup,
    mention,
    message,
    section,
)  # fmt: skip
from handlers.views.shares import share_button

TRACE = "trace_open"
ROOM = 2_600  # characters of one stage
SHOWN = 12  # nodes of one stage


def trace_button(name: str, label: str = "Trace") -> Block:
    """``name`` is a node's, "story:ST-14"."""
    return button(label, TRACE, name)


def trace(
    chain: Chain,
    *,
    command: str,
    names: Mapping[str, str] | None = None,
    picture: bool = True,
    shareable: bool = False,
) -> Message:
    """``names`` of people by their ids, for the line that tells it; ``picture``: one follows as a file."""
    asked = next((node for node in chain.nodes if node.name == chain.about), chain.nodes[0])
    head = [
        header(f"What stands behind {asked.id}, and what came of it"),
        context(line(chain, lambda user: (names or {}).get(user) or plainly(user))),
    ]
    tail = [context(_foot(chain, asked, command, picture=picture))]
    if shareable:
        tail.append(actions(share_button("trace", asked.name)))
    tail.append(feedback(f"trace:{asked.name}"))
    stages = [section(_stage(chain, heading)) for heading in headings(chain)]
    return message(*fit(stages, lambda n: markup("{} more stages", n), head=head, tail=tail))


def _foot(chain: Chain, asked: Node, command: str, *, picture: bool) -> Markup:
    parts = [markup("▸ is what you asked for")]
    if picture:
        parts.append(markup("the same as a picture follows"))
    parts.append(markup("any id works: `/{} trace {}`", command, asked.id))
    return joined(parts)


def _stage(chain: Chain, heading: Heading) -> Markup:
    """Its heading in bold, then a line each; what has no room is counted."""
    lines = [markup("*{}*", heading.told)]
    room = ROOM - length(lines[0])
    for number, each in enumerate(_lines(chain, heading)):
        if number == SHOWN or length(each) > room:
            lines.append(markup("   … {} more", len(heading.nodes) - number))
            break
        lines.append(each)
        room -= length(each) + 1
    return joined(lines, "\n")


def _lines(chain: Chain, heading: Heading) -> Iterator[Markup]:
    for node in heading.nodes:
        mark = "▸" if node.name == chain.about else "•"
        facts = [markup("{}", clip(node.title, 160))] if node.title else []
        if node.state and node.stage.value not in {"vote", "watch"}:
            facts.append(markup("{}", node.state))
        facts += [markup("{}", day(node.at))] if node.at else []
        facts += [markup("by {}", _who(node.by))] if node.by else []
        own = markup("*{}*  ", node.id) if node.stage.value not in {"vote", "watch"} else Markup()
        yield joined([markup("{} {}", mark, own), joined(facts)], "")


def _who(user: str) -> Markup:
    return markup("{}", plainly(user)) if user.startswith("product:") else mention(user)

"""The chain of evidence in words: one line that tells it, and all of it indented by stage."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.chain import Chain, Node, Stage

Named = Callable[[str], str]
"""A person's id as it is shown."""

NOUNS = {
    Stage.TICKET: ("ticket", "tickets"),
    Stage.THEME: ("theme", "themes"),
    Stage.STORY: ("story", "stories"),
    Stage.INTERACTION: ("output", "outputs"),
    Stage.VOTE: ("vote", "votes"),
    Stage.CANDIDATE: ("candidate case", "candidate cases"),
    Stage.CASE: ("case", "cases"),
    Stage.DATASET: ("version of a set", "versions of a set"),
    Stage.EXPERIMENT: ("experiment", "experiments"),
    Stage.PROMPT: ("prompt version", "prompt versions"),
    Stage.RELEASE: ("release", "releases"),
    Stage.WATCH: ("watch", "watches"),
}
FEW = 3  # nodes that are named in the line; more are counted


@dataclass(frozen=True, slots=True)
class Heading:
    """One stage: how many, when, and its nodes. ``depth`` counts the stages before it."""

    stage: Stage
    depth: int
    told: str
    nodes: tuple[Node, ...]
    more: int


def plainly(user: str) -> str:
    """Ids as they are; of a product's users only that they are one."""
    return "a user of the product" if user.startswith("product:") else user


def headings(chain: Chain) -> list[Heading]:
    """The stages of a chain in order, the evidence first."""
    return [
        Heading(stage, depth, _heading(chain, stage), chain.at(stage), chain.more(stage))
        for depth, stage in enumerate(chain.stages)
    ]


def _heading(chain: Chain, stage: Stage) -> str:
    nodes, more = chain.at(stage), chain.more(stage)
    total = len(nodes) + more
    told = _votes(nodes, more) if stage is Stage.VOTE and nodes else count(stage, total)
    hidden = (
        f", {more:,} of them not shown here" if more and nodes else " that are not shown here" if more else ""
    )
    when = span([node.at for node in nodes])
    return f"{told}{hidden}" + (f" · {when}" if when else "")


def count(stage: Stage, n: int) -> str:
    """ "1 story", "41 tickets"."""
    return f"{n:,} {NOUNS[stage][n != 1]}"


def _votes(nodes: Sequence[Node], more: int) -> str:
    """ "12 👎 and 3 👍 by 9 people"."""
    up = sum(node.state == "up" for node in nodes)
    down, people = len(nodes) - up, len({node.by for node in nodes})
    thumbs = " and ".join(filter(None, (f"{down} 👎" if down else "", f"{up} 👍" if up else "")))
    by = f" by {people} {'person' if people == 1 else 'people'}"
    return f"{len(nodes) + more:,} votes, {thumbs}{by}" if more else f"{thumbs}{by}"


def span(moments: Sequence[datetime | None]) -> str:
    """ "3 Nov 2026" or "3 Nov – 12 Nov 2026"."""
    known = sorted(moment for moment in moments if moment is not None)
    if not known:
        return ""
    first, last = day(known[0]), day(known[-1])
    if first == last:
        return first
    same_year = known[0].year == known[-1].year
    return f"{first.rsplit(' ', 1)[0] if same_year else first} – {last}"


def day(moment: datetime) -> str:
    return f"{moment:%d %b %Y}".lstrip("0")


def told(node: Node, name: Named = plainly) -> str:
    """One node in one line: id, what it is, where it stands, when, by whom."""
    facts = [
        node.title,
        _state(node),
        day(node.at) if node.at else "",
        f"by {name(node.by)}" if node.by else "",
    ]
    shown = " · ".join(fact for fact in facts if fact)
    own = "" if node.stage in {Stage.VOTE, Stage.WATCH} else f"{node.id}  "
    return f"{own}{shown}"


def _state(node: Node) -> str:
    """What the title does not say already."""
    silent = {Stage.VOTE, Stage.WATCH}
    return "" if node.stage in silent else node.state


def line(chain: Chain, name: Named = plainly) -> str:
    """The whole in one line: "12 👎 by 9 people → 8 candidate cases → refunds@3 → EX-31 ship → reply@4 …"."""
    parts = [_part(chain, stage, name) for stage in chain.stages]
    return " → ".join(part for part in parts if part)


def _part(chain: Chain, stage: Stage, name: Named) -> str:
    nodes, more = chain.at(stage), chain.more(stage)
    if stage is Stage.VOTE and nodes:
        return _votes(nodes, more)
    if stage is Stage.CANDIDATE and nodes:
        accepted = sum(node.state == "accepted" for node in nodes)
        told_ = count(stage, len(nodes) + more)
        return f"{told_}, {accepted} accepted" if accepted else told_
    if more or len(nodes) > FEW or stage in {Stage.TICKET, Stage.INTERACTION, Stage.CASE}:
        return count(stage, len(nodes) + more)
    return ", ".join(_short(node, name) for node in nodes)


def _short(node: Node, name: Named) -> str:
    if node.stage is Stage.WATCH:
        return node.title
    if node.stage is Stage.RELEASE:
        return f"{node.id} {node.state}" + (f" {day(node.at)}" if node.at else "") + f" by {name(node.by)}"
    if node.stage is Stage.EXPERIMENT:
        return f"{node.id} {node.state}"
    if node.stage is Stage.THEME:
        return f"“{node.title}”"
    return node.id


def indented(chain: Chain, name: Named = plainly, *, each: int = 100) -> list[str]:
    """All of it, a line for each stage and one for each node, at most ``each`` of a stage; what was asked for
    is marked by ▸."""
    lines = []
    for heading in headings(chain):
        margin = "  " * heading.depth
        lines.append(f"{margin}{'└ ' if heading.depth else ''}{heading.told}")
        lines += [f"{margin}  {_mark(chain, node)} {told(node, name)}" for node in heading.nodes[:each]]
        if len(heading.nodes) > each:
            lines.append(f"{margin}    … {len(heading.nodes) - each:,} more")
    return lines


def _mark(chain: Chain, node: Node) -> str:
    return "▸" if node.name == chain.about else "·"

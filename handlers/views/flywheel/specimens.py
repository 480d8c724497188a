"""Invented content for the views of the flywheel."""

from datetime import UTC, datetime

from bot.domain.chain import Chain, Link, Node, Stage
from bot.domain.flywheel import Counted, FlywheelCounts
from bot.domain.releases import Ratings, Release, judged

AT = datetime(2026, 11, 12, 9, tzinfo=UTC)
NODES = (
    Node(Stage.TICKET, "mail/T-901", "Where is my refund for <order> A-10?", AT),
    Node(Stage.THEME, "mail/3", "Refunds that do not arrive (41 tickets)"),
    Node(Stage.STORY, "ST-14", "Buyers cannot see where their refund is", AT, "U0CHLOE", state="approved"),
    Node(Stage.VOTE, "story:ST-14/U0BEN", "👎 wrong facts: “Name the day”", AT, "U0BEN", state="corrected"),
    Node(Stage.VOTE, "story:ST-14/product:9", "👍", AT, "product:9", state="up"),
    Node(Stage.CANDIDATE, "refunds#1", "Name the day", AT, "U0DEV", state="accepted"),
    Node(Stage.CASE, "refunds/c-1", "Refunds that do not arrive", state="since refunds@3"),
    Node(Stage.DATASET, "refunds@3", "48 cases, accepted candidates 1", AT, "U0DEV"),
    Node(Stage.EXPERIMENT, "EX-31", "reply@3 vs reply@4", AT, "U0BEN", state="ship +9 pts (95 %: +2…+16)"),
    Node(Stage.PROMPT, "reply@4", "names the day", AT, "U0BEN"),
    Node(Stage.RELEASE, "REL-3", "reply@3 → reply@4, to mend wrong facts (8)", AT, "U0CHLOE", state="live"),
    Node(Stage.WATCH, "REL-3", "watched until 26 Nov 2026", state="watching"),
)
LINKS = tuple(Link(NODES[at].name, NODES[at + 1].name, "leads to") for at in range(len(NODES) - 1))
CHAIN = Chain("release:REL-3", NODES, LINKS, ((Stage.TICKET, 40), (Stage.CASE, 47)))


def release(before: Ratings, after: Ratings) -> Release:
    return Release(
        "REL-3", "reply", 4, "U0CHLOE", AT, 14, from_version=3, experiment="EX-31", dataset="refunds@3",
        mends=(("wrong_facts", 8), ("too_long", 2)), judgement=judged("wrong_facts", before, after),
    )  # fmt: skip


MENDED = release(Ratings(210, 150, 14), Ratings(190, 160, 1))
WORSE = release(Ratings(80, 60, 4), Ratings(40, 12, 15))
COUNTS = FlywheelCounts(
    feature="reply",
    since=datetime(2026, 10, 22, tzinfo=UTC),
    until=datetime(2026, 11, 21, tzinfo=UTC),
    thumbs_down=Counted(41, tuple(f"interaction:reply/{number}/product:1" for number in range(41))),
    candidates=Counted(12, tuple(f"refunds#{number}" for number in range(1, 13))),
    accepted=Counted(8, tuple(f"refunds#{number}" for number in range(1, 9))),
    experiments=Counted(2, ("EX-30", "EX-31")),
    releases=Counted(1, ("REL-3",)),
)

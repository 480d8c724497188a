"""Everything that the flywheel listens to."""

from handlers.feature import Feature, Verb
from handlers.flywheel import answering, counting, tracing
from handlers.views.flywheel import TRACE
from handlers.views.flywheel.suggesting import LATER, NEVER, RUN

FEATURE = Feature(
    noun="trace",
    verbs=(
        Verb(
            "trace",
            "What stands behind anything, and what came of it",
            "trace REL-3",
            tracing.trace,
            hint="ST-14 | T-901 | refunds@2 | EX-31 | reply@4 | REL-3 …",
        ),
        Verb(
            "fb flywheel",
            "From 👎 to releases, in numbers with the ids behind them",
            "fb flywheel reply last 30d",
            counting.flywheel,
            hint="[FEATURE] [last 30d]",
        ),
    ),
    actions={
        TRACE: tracing.trace,
        RUN: answering.answer,
        LATER: answering.answer,
        NEVER: answering.answer,
    },
    openings={RUN: answering.open_run},
    shares={"trace": tracing.trace_for},
)

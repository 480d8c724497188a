"""Running experiments: a Plan in, cells out, as they come.

    providers = open_providers(plan, access)        # SettingsError: no key, an address not allowed
    estimate(plan, providers)                       # calls, dollars, seconds, before anything is spent
    control = Control()                             # control.stop("stopped by Ana"): the kill switch
    outcome = await run(
        plan,
        providers=providers,
        tools=Tools(...),                           # what judges and embeddings need (bot.scorers.tools)
        sink=StoredSink(store, "EX-12", clock, redact_structured),  # durable; what it has is not sent again
        caps=Caps(max_cost=0.50, max_seconds=300),
        control=control,
        on_progress=told,                           # at most once a second, and at the end; may be async
        look=look,                                  # running estimate and early stop, on the cells so far
        redact=redact_structured,                   # prompts that leave this machine
        seed=12,                                    # the order of cases; the same again after a crash
    )
    conclude(plan, outcome.cells)                   # bot.domain.experiments

A run that was killed goes on by calling ``run`` again with the same plan, sink and seed: cells that the sink
has are not sent. ``outcome.ended`` says why no more was sent, ``outcome.why`` in one sentence. A cell that
failed has ``error``; it is sent again in the next run on the same sink.
"""

from bot.services.runs.calling import Tries
from bot.services.runs.estimating import Estimate, estimate
from bot.services.runs.opening import open_providers
from bot.services.runs.running import run
from bot.services.runs.values import (
    Caps,
    Control,
    Ended,
    Look,
    Looking,
    MemorySink,
    Progress,
    Providers,
    Result,
    RunOutcome,
    Sink,
)

__all__ = [
    "Caps",
    "Control",
    "Ended",
    "Estimate",
    "Look",
    "Looking",
    "MemorySink",
    "Progress",
    "Providers",
    "Result",
    "RunOutcome",
    "Sink",
    "Tries",
    "estimate",
    "open_providers",
    "run",
]

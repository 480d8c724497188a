"""What the flywheel shows: chains, suggested experiments, releases after a while, its stages in numbers."""

from handlers.views.flywheel.counting import counts
from handlers.views.flywheel.suggesting import answered, suggestion
from handlers.views.flywheel.tracing import TRACE, trace, trace_button
from handlers.views.flywheel.watching import watched

__all__ = ["TRACE", "answered", "counts", "suggestion", "trace", "trace_button", "watched"]

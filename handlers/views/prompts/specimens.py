"""Two invented versions of a prompt, to show every view with."""

from datetime import UTC, datetime

from bot.domain.prompts import LabelMove, PromptDiff, PromptSummary, PromptVersion, Reference, parse_own

AT = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)
BEFORE = "# System\nYou answer customers of a box service.\nBe brief.\n\n# User\n{{ question }}\n"
AFTER = (
    "# System\nYou answer customers of a box service.\nBe brief, and name the day first.\nNever <@U1>.\n\n"
    "# User\n{{ question }}\n"
)
OLD = PromptVersion(
    parse_own(Reference("reply", 3), BEFORE), "saved", "U0BEN", "U0BEN", "shorter", AT, ("production",)
)
NEW = PromptVersion(parse_own(Reference("reply", 4), AFTER), "saved", "U0BEN", "U0BEN", "the day first", AT)
DIFF = PromptDiff(OLD, NEW)
SUMMARY = PromptSummary(NEW, 4, {"production": 3, "canary": 4})
MOVES = (
    LabelMove("reply", "production", "promote", 3, 4, "U0ADA", AT, verdict="EX-1: ship"),
    LabelMove("reply", "production", "rollback", 4, 3, "U0ADA", AT, reason="tone"),
)

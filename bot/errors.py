"""Every failure Plumbline raises on purpose.

PlumblineError                 one sentence for a person, a hint that says what to do, an exit code
├── InputError                 what was handed in cannot be used (exit 3)
│   ├── ImportRefused          a file as a whole; carries a code of the import contract
│   ├── Unsupported            what the tool it comes from can do and Plumbline cannot
│   ├── RowsRefused            rows of a body that was sent to us; carries each with its field
│   ├── NotFound               no such story, theme, ticket or source
│   └── SettingsError          the environment names something missing or malformed
├── DraftingStopped            the audit failed, or there is too little evidence (exit 1)
├── DraftInvalid               a draft broke the schema or its checks twice; names the field (exit 4)
├── StoreError                 the database is locked, missing a migration or unreachable (exit 1)
├── NotAllowed                 this person's role does not carry this far (exit 1)
├── Busy                       more is asked than can be done now; carries retry_after seconds (exit 1)
├── WorkStopped                the process that did the work ended halfway; worth another try (exit 1)
├── DeliveryError              a message did not reach Slack (exit 1)
│   ├── DeliveryUnclear        time-out, reset, 5xx: it may have arrived; read back before trying again
│   ├── DeliveryLimited        429: it did not arrive; carries retry_after seconds
│   └── DeliveryRejected       Slack said no; carries Slack's error code as ``reason``
└── ModelError                 a model provider failed (exit 4)
    ├── ModelUnavailable       time-out, dropped connection, 5xx after retries; may carry retry_after
    ├── ModelRateLimited       429 after retries; carries retry_after seconds
    ├── ModelRejected          bad key, unknown model, malformed request
    ├── ModelRefused           the model declined to answer
    ├── ModelTruncated         the answer hit the token limit
    ├── ModelAnswerInvalid     the answer does not fit its schema; names the field
    └── BudgetReached          the next call would pass the spending cap (exit 5)
"""

from typing import Any, ClassVar


class PlumblineError(Exception):
    """A failure with words for a person: ``message`` says what and where, ``hint`` what to do."""

    exit_code: ClassVar[int] = 1
    code: str = "error"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors travel between processes and into checkpoints, whatever their constructors ask for."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[PlumblineError], arguments: tuple[Any, ...], fields: dict[str, Any]) -> PlumblineError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(fields)
    return error


class InputError(PlumblineError):
    """What was handed in cannot be used."""

    exit_code = 3
    code = "bad_input"


class ImportRefused(InputError):
    """A file is refused as a whole; nothing of it was kept. ``code`` is one of the import contract."""


class Unsupported(InputError):
    """It may be right where it comes from, but Plumbline does not do it; never done by halves instead."""

    code = "unsupported"


class RowsRefused(InputError):
    """Records of a body cannot be used, so nothing of it was kept. ``problems`` are
    importers.interactions.Problem; ``left_out`` is how many more there are."""

    code = "bad_rows"

    def __init__(
        self, message: str, *, problems: tuple[Any, ...] = (), left_out: int = 0, hint: str = ""
    ) -> None:
        super().__init__(message, hint=hint)
        self.problems = problems
        self.left_out = left_out


class NotFound(InputError):
    """No such thing under that name or id."""

    code = "not_found"


class SettingsError(InputError):
    """The environment names something missing or malformed."""

    code = "bad_settings"


class DraftingStopped(PlumblineError):
    """The data do not carry a story: failed audit or too little evidence."""

    code = "drafting_stopped"


class DraftInvalid(PlumblineError):
    """A draft broke its schema or checks after the one repair try."""

    exit_code = 4
    code = "draft_invalid"

    def __init__(self, message: str, *, field: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


class StoreError(PlumblineError):
    """The database is locked, not migrated or unreachable."""

    code = "store"


class NotAllowed(PlumblineError):
    """This person's role does not carry this far."""

    code = "not_allowed"


class Busy(PlumblineError):
    """More was asked than can be done now: wait ``retry_after`` seconds, then ask again."""

    code = "busy"

    def __init__(self, message: str, *, retry_after: float, hint: str = "", code: str | None = None) -> None:
        super().__init__(message, hint=hint, code=code)
        self.retry_after = retry_after


class WorkStopped(PlumblineError):
    """The process that did the work was killed or crashed; another try gets a new one."""

    code = "work_stopped"


class DeliveryError(PlumblineError):
    """A message did not reach Slack."""

    code = "delivery"


class DeliveryUnclear(DeliveryError):
    """It may have arrived: read back before trying again."""

    code = "delivery_unclear"


class DeliveryLimited(DeliveryError):
    """Not accepted: wait ``retry_after`` seconds, then send again."""

    code = "delivery_limited"

    def __init__(self, message: str, *, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class DeliveryRejected(DeliveryError):
    """Slack said no; ``reason`` is Slack's error code."""

    code = "delivery_rejected"

    def __init__(self, message: str, *, reason: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.reason = reason


class ModelError(PlumblineError):
    """A model provider failed."""

    exit_code = 4
    code = "model"


class ModelUnavailable(ModelError):
    """Time-out, dropped connection or server error after all retries."""

    code = "model_unavailable"

    def __init__(
        self, message: str, *, retry_after: float | None = None, hint: str = "", code: str | None = None
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.retry_after = retry_after


class ModelRateLimited(ModelError):
    """Rate limited after all retries."""

    code = "model_rate_limited"

    def __init__(self, message: str, *, retry_after: float | None = None, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class ModelRejected(ModelError):
    """The provider rejected the request: bad key, unknown model, malformed."""

    code = "model_rejected"


class ModelRefused(ModelError):
    """The model declined to answer."""

    code = "model_refused"


class ModelTruncated(ModelError):
    """The answer hit its token limit."""

    code = "model_truncated"


class ModelAnswerInvalid(ModelError):
    """The answer does not fit its schema."""

    code = "model_answer_invalid"

    def __init__(self, message: str, *, field: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.field = field


class BudgetReached(ModelError):
    """The next call would pass the spending cap."""

    exit_code = 5
    code = "budget_reached"

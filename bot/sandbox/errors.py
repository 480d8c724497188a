"""How the sandbox says no: with Slack's own error names."""

from typing import Any


class SlackError(Exception):
    """``code`` is Slack's name for it; ``messages`` and ``extra`` go into the answer beside it."""

    def __init__(self, code: str, *messages: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """The body of Slack's answer, which comes with HTTP 200."""
        answer: dict[str, Any] = {"ok": False, "error": self.code, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": list(self.messages)}
        return answer


class BadRequest(Exception):
    """A request of a page or a test that cannot be understood; ``str`` of it is one clear sentence."""

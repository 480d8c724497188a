"""promptfoo's echo: says what it is asked. For trying out prompts and assertions at no cost."""

from bot.llm.text.wire import JsonObject, TextAccess, TextReply, TextRequest


class Echo:
    """Says the rendered prompt."""

    lane = "echo"
    leaves = False
    price_at = None

    def identity(self, request: TextRequest) -> JsonObject:
        return {}

    async def complete(self, request: TextRequest) -> TextReply:
        return TextReply(request.prompt, 0, 0, cost=0.0)

    async def close(self) -> None:
        """Nothing is open."""


def open_text(_model: str, _config: JsonObject, _access: TextAccess) -> Echo:
    return Echo()

"""The parser's view of the tokens: one may be looked at, and one put back."""

from typing import NoReturn

from bot.domain.nunjucks.lexer import Lexer, Token
from bot.errors import InputError


class Tokens:
    def __init__(self, text: str) -> None:
        self.lexer = Lexer(text)
        self._peeked: Token | None = None

    def next(self) -> Token | None:
        token, self._peeked = self._peeked, None
        return token or self.lexer.next()

    def peek(self) -> Token | None:
        if self._peeked is None:
            self._peeked = self.lexer.next()
        return self._peeked

    def back(self, token: Token | None) -> None:
        self._peeked = token

    def at(self, *kinds: str) -> bool:
        token = self.peek()
        return token is not None and token.kind in kinds

    def skip(self, kind: str) -> bool:
        if self.at(kind):
            self._peeked = None
            return True
        return False

    def at_word(self, *words: str) -> bool:
        token = self.peek()
        return token is not None and token.kind == "symbol" and token.value in words

    def skip_word(self, word: str) -> bool:
        if self.at_word(word):
            self._peeked = None
            return True
        return False

    def expect(self, kind: str, what: str) -> Token:
        token = self.next()
        if token is None or token.kind != kind:
            self.back(token)
            self.fail(f"{what} is expected")
        return token

    @property
    def line(self) -> int:
        token = self.peek()
        return token.line if token else self.lexer.line

    def fail(self, what: str) -> NoReturn:
        token = self.peek()
        seen = f" before «{token.value[:30]}»" if token else " at the template's end"
        raise InputError(f"In line {self.line} of the template {what}{seen}.")

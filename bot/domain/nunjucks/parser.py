"""Parses a template: text, output, and statements."""

import re
from collections.abc import Callable

from bot.domain.jsvalues import WHITESPACE
from bot.domain.nunjucks import nodes
from bot.domain.nunjucks.expressions import Expressions
from bot.domain.nunjucks.lexer import Token
from bot.domain.nunjucks.nodes import Body, Node
from bot.domain.nunjucks.scope import Scope
from bot.errors import Unsupported

_REFUSED = ("extends", "include", "import", "from", "asyncEach", "asyncAll", "ifAsync")


def parse(template: str) -> Body:
    """Raises InputError, with the line, where Nunjucks raises."""
    return Parser(template).template()


class Parser(Expressions):
    """One template; ``_ends`` are the words that end the body being read."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.scope = Scope()
        self._ends: tuple[str, ...] = ()
        self._trim = False
        self._blocks: set[str] = set()
        self._definitions = 0

    def template(self) -> Body:
        return self._body()

    def _until(self, *ends: str) -> Body:
        before, self._ends = self._ends, ends
        body = self._body()
        self._ends = before
        return body

    def _within(self, scope: Scope, *ends: str) -> Body:
        before, self.scope = self.scope, scope
        body = self._until(*ends)
        self.scope = before
        return body

    def _body(self) -> Body:
        parts: list[Node] = []
        while token := self.next():
            if token.kind == "data":
                parts.append(nodes.Text(self._data(token.value)))
            elif token.kind == "comment":
                self._trim = token.value.endswith("-#}")
            elif token.kind == "variable_start":
                parts.append(self._output(token))
            else:
                self._trim = False
                statement = self._statement()
                if statement is None:
                    break
                parts.append(statement)
        return Body(parts)

    def _data(self, text: str) -> str:
        following = self.peek()
        if self._trim:
            text = text.lstrip(WHITESPACE)
            self._trim = False
        starts = ("block_start", "variable_start", "comment")
        if following and following.kind in starts and following.value[2:3] == "-":
            text = text.rstrip(WHITESPACE)
        return text

    def _output(self, token: Token) -> Node:
        value = self.expression()
        end = self.expect("variable_end", "the end of the output")
        self._trim = end.value[0] == "-"
        return nodes.Output(value, token.line)

    def _statement(self) -> Node | None:
        """None at a word that ends the body; it is still to be read."""
        word = self.expect("symbol", "a tag's name")
        if word.value in self._ends:
            self.back(word)
            return None
        if word.value in _REFUSED:
            raise Unsupported(f"«{word.value}» in templates is not supported (line {word.line}).")
        if word.value not in _STATEMENTS:
            self.back(word)
            self.fail("no tag of that name can stand")
        return _STATEMENTS[word.value](self, word)

    def _close(self) -> None:
        """The end of a tag."""
        end = self.expect("block_end", "the end of the tag")
        if end.value[0] == "-":
            self._trim = True

    def _end(self) -> None:
        """The tag that ends a body, whose word is still to be read."""
        self.expect("symbol", "the closing tag")
        self._close()

    def _raw(self, word: Token) -> Node:
        """Text up to the matching end; where there is none, the rest is read as usual, as in Nunjucks."""
        self._close()
        tag = re.compile(r"\{%\s*(end)?" + word.value + r"\s*%\}")
        start, depth = self.lexer.at, 1
        for found in tag.finditer(self.lexer.text, start):
            depth += -1 if found[1] else 1
            if not depth:
                self.lexer.skip(found.end())
                return nodes.Text(self.lexer.text[start : found.start()])
        if depth > 1:
            raise Unsupported(f"«{word.value}» within itself needs its own end (line {word.line}).")
        return nodes.Text("")

    def _if(self, _: Token) -> Node:
        condition = self.expression()
        self._close()
        then = self._until("elif", "elseif", "else", "endif")
        word = self.expect("symbol", "«endif»")
        if word.value in ("elif", "elseif"):
            return nodes.If(condition, then, self._if(word))
        self._close()
        if word.value == "endif":
            return nodes.If(condition, then, None)
        otherwise = self._until("endif")
        self._end()
        return nodes.If(condition, then, otherwise)

    def _for(self, word: Token) -> Node:
        names = [self.expect("symbol", "a variable's name").value]
        while self.skip(","):
            names.append(self.expect("symbol", "a variable's name").value)
        if not self.skip_word("in"):
            self.fail("«in» is expected")
        before, self.scope = self.scope, Scope(self.scope, function=False)
        items = self.expression()
        self._close()
        slots = [self.scope.bind(name) for name in names]
        body = self._until("endfor", "else")
        otherwise = None
        if self.skip_word("else"):
            self._close()
            otherwise = self._without_blocks(self._until("endfor"), word)
        self._end()
        length = self.scope.slot()
        self.scope = before
        return nodes.For(names, slots, length, items, body, otherwise, word.line)

    def _set(self, word: Token) -> Node:
        targets = []
        while True:
            name = self.expect("symbol", "a variable's name").value
            targets.append(nodes.Target(name, self.scope.find(name)))
            if not self.skip(","):
                break
        if self.skip("="):
            value = self.expression()
            self._close()
            return nodes.Set(targets, value)
        self.expect("block_end", "«=» or the end of the tag")  # as in Nunjucks, a "-" here trims nothing
        return nodes.Set(targets, self._captured("endset", word))

    def _captured(self, end: str, word: Token) -> nodes.Capture:
        """A body whose text is a value; JavaScript does not see out of it what is defined in it."""
        before, self._definitions = self._definitions, 0
        body = self._until(end)
        self._end()
        if self._definitions:
            raise Unsupported(
                f"«{word.value}» with a block or macro in it is not supported (line {word.line})."
            )
        self._definitions = before
        return nodes.Capture(body)

    def _macro(self, _: Token) -> Node:
        name = self.expect("symbol", "a macro's name").value
        macro = self._parameters(name, Scope())
        self._end()
        self._definitions += 1
        return nodes.Define(macro, self.scope.bind(name), self.scope.around is not None)

    def _parameters(self, name: str, scope: Scope) -> nodes.Macro:
        """A macro's or a caller's arguments and, once the tag is closed, its body."""
        before, self.scope = self.scope, scope
        macro = nodes.Macro(name, [], [], [])
        if name != "caller" or self.at("("):
            self._arguments(macro)
        self.scope = before
        return macro if name == "caller" else self._macro_body(macro, scope)

    def _macro_body(self, macro: nodes.Macro, scope: Scope) -> nodes.Macro:
        self._close()
        macro.body = self._within(scope, "endmacro")
        return macro

    def _arguments(self, macro: nodes.Macro) -> None:
        self.expect("(", "an opening bracket")
        first = True
        while not self.skip(")"):
            if not first:
                self.expect(",", "a comma")
            name = self.expect("symbol", "an argument's name").value
            if self.skip("="):
                macro.defaults.append((name, self.expression()))
            else:
                macro.arguments.append(name)
                macro.slots.append(self.scope.bind(name))
            first = False

    def _call(self, _: Token) -> Node:
        scope = Scope(self.scope)
        caller = self._parameters("caller", scope)
        caller.caller = True
        line = self.line
        call = self.primary()
        if not isinstance(call, nodes.Call):
            self.fail("a macro's call is expected")
        self._close()
        caller.body = self._within(scope, "endcall")
        self._end()
        if call.arguments and isinstance(call.arguments[-1], nodes.Keywords):
            call.arguments[-1].pairs.append(("caller", caller))
        else:
            call.arguments.append(nodes.Keywords([("caller", caller)]))
        return nodes.Output(call, line)

    def _filter(self, word: Token) -> Node:
        found = self.filter([])
        self._close()
        found.arguments.insert(0, self._captured("endfilter", word))
        return nodes.Output(found, word.line)

    def _switch(self, tag: Token) -> Node:
        ends = ("case", "default", "endswitch")
        value = self.expression()
        self._close()
        self._until(*ends)  # what stands before the first case is dropped
        cases: list[nodes.Case] = []
        while not cases or self.at_word("case"):
            self.skip_word("case")
            condition = self.expression()
            self._close()
            cases.append(nodes.Case(condition, self._without_blocks(self._until(*ends), tag)))
        word = self.expect("symbol", "«endswitch»")
        self._close()
        if word.value == "endswitch":
            return nodes.Switch(value, cases, None)
        default = self._without_blocks(self._until("endswitch"), tag)
        self._end()
        return nodes.Switch(value, cases, default)

    @staticmethod
    def _without_blocks(body: Body, word: Token) -> Body:
        if any(isinstance(part, nodes.Block) for part in body.parts):
            raise Unsupported(f"A block directly within «{word.value}» is not supported (line {word.line}).")
        return body

    def _block(self, word: Token) -> Node:
        name = self.expect("symbol", "a block's name").value
        if name in self._blocks:
            self.fail(f"the block «{name}» stands twice")
        self._blocks.add(name)
        self._definitions += 1
        self._close()
        body = self._within(Scope(), "endblock")
        self.skip_word("endblock")
        self.skip_word(name)
        self._close()
        return nodes.Block(body)


_STATEMENTS: dict[str, Callable[[Parser, Token], Node]] = {
    "raw": Parser._raw,
    "verbatim": Parser._raw,
    "if": Parser._if,
    "for": Parser._for,
    "set": Parser._set,
    "macro": Parser._macro,
    "call": Parser._call,
    "filter": Parser._filter,
    "switch": Parser._switch,
    "block": Parser._block,
}

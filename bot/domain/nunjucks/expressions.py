"""Parses expressions, by Nunjucks's own grammar."""

import re

from bot.domain.jsvalues import to_text
from bot.domain.nunjucks import nodes
from bot.domain.nunjucks.nodes import Literal, Node
from bot.domain.nunjucks.precedence import Flat, tree
from bot.domain.nunjucks.scope import Scope
from bot.domain.nunjucks.tokens import Tokens
from bot.errors import Unsupported

_COMPARE = ("==", "===", "!=", "!==", "<", ">", "<=", ">=")
_ARITHMETIC = (*_COMPARE, "~", "+", "-", "*", "/")  # flat: how they nest is JavaScript's affair
_ENDS = (")", "]", "}")
NAMES = (nodes.Name, nodes.Local)
_UNSAFE_NAME = re.compile(r'["\\\n]')


class Expressions(Tokens):
    """An expression is read flat, as JavaScript will see it (see precedence)."""

    scope: Scope

    def expression(self) -> Node:
        value = tree(self._or())
        if not self.skip_word("if"):
            return value
        condition = tree(self._or())
        otherwise = tree(self._or()) if self.skip_word("else") else Literal("")
        return nodes.Choice(condition, value, otherwise)

    def _or(self) -> Flat:
        flat = self._and()
        while self.skip_word("or"):
            flat += ["||", *self._and()]
        return flat

    def _and(self) -> Flat:
        flat = self._not()
        while self.skip_word("and"):
            flat += ["&&", *self._not()]
        return flat

    def _not(self) -> Flat:
        return ["!", *self._not()] if self.skip_word("not") else self._in()

    def _in(self) -> Flat:
        flat = self._is()
        while True:
            token = self.peek()
            inverted = self.skip_word("not")
            if not self.skip_word("in"):
                if inverted:
                    self.fail("«in» is expected after «not»")
                return flat
            if token is None:
                return flat
            flat = [nodes.In(tree(flat), tree(self._is()))]
            if inverted:
                flat = ["!", *flat]

    def _is(self) -> Flat:
        flat = self._compare()
        if not self.skip_word("is"):
            return flat
        inverted = self.skip_word("not")
        line = self.line
        name, arguments = self._test(self._compare())
        flat = [nodes.Test(name, [tree(flat), *arguments], line), "===", Literal(True)]
        return ["!", *flat] if inverted else flat

    def _test(self, right: Flat) -> tuple[str, list[Node]]:
        """The test's name; where more than a name stands there, Nunjucks asks for the test «undefined»."""
        node = right[0] if len(right) == 1 else None
        if isinstance(node, nodes.Call | nodes.Filter) and len(node.arguments) > 1:
            raise Unsupported(f"A test takes one argument (line {self.line}).")
        if isinstance(node, nodes.Call):
            return node.target.name if isinstance(node.target, NAMES) else "undefined", node.arguments
        if isinstance(node, nodes.Filter):
            return node.name, node.arguments
        if isinstance(node, Literal):
            return to_text(node.value), []
        return node.name if isinstance(node, NAMES) else "undefined", []

    def _compare(self) -> Flat:
        flat = self._floor()
        while self.at(*_ARITHMETIC):
            token = self.next()
            right = self._floor()
            operator = token.kind if token else ""
            flat += ["+", Literal(""), "+"] if operator == "~" else [operator]
            flat += right
        return flat

    def _floor(self) -> Flat:
        flat = self._modulo()
        while self.skip("//"):
            flat = [nodes.Unary("floor", tree([*flat, "/", *self._modulo()]))]
        return flat

    def _modulo(self) -> Flat:
        flat = self._power()
        while self.skip("%"):
            flat += ["%", *self._power()]
        return flat

    def _power(self) -> Flat:
        flat = self._unary()
        while self.skip("**"):
            flat = [nodes.Binary("**", tree(flat), tree(self._unary()))]
        return flat

    def _unary(self) -> Flat:
        flat = self._signed()
        while self.skip("|"):
            flat = [self.filter([tree(flat)])]
        return flat

    def _signed(self) -> Flat:
        for sign in "-+":
            if self.skip(sign):
                return [sign, *self._signed()]
        return [self.primary()]

    def filter(self, arguments: list[Node]) -> nodes.Filter:
        """A filter's name and what stands in its brackets."""
        line = self.line
        name = self.expect("symbol", "a filter's name").value
        while self.skip("."):
            name += "." + self.expect("symbol", "a filter's name").value
        if self.at("("):
            arguments = [*arguments, *self.signature()]
            if self.at("(", "[", "."):
                self.fail("a filter's result needs brackets around it")
        return nodes.Filter(name, arguments, line)

    def primary(self) -> Node:
        """A value, a name or something in brackets, with what follows it: ``.name``, ``[…]``, ``(…)``."""
        token = self.next()
        if token is None:
            self.fail("a value is expected")
        node = self._constant(token.kind, token.value)
        if node is None and token.kind == "symbol":
            node = self._name(token.value)
        elif node is None:
            self.back(token)
            node = self._brackets()
        return self._postfix(node)

    @staticmethod
    def _constant(kind: str, value: str) -> Node | None:
        if kind == "string":
            return Literal(value)
        if kind in ("int", "float"):
            return Literal(float(value))
        if kind == "boolean":
            return Literal(value == "true")
        return Literal(None) if kind == "none" else None

    def _name(self, name: str) -> Node:
        if _UNSAFE_NAME.search(name):
            self.fail(f"«{name}» is no name")
        return self.scope.find(name) or nodes.Name(name)

    def _postfix(self, node: Node) -> Node:
        while self.at("(", "[", "."):
            line = self.line
            if self.at("("):
                said = self._said(node)
                node = nodes.Call(node, self.signature(), said, line)
            elif self.skip("."):
                node = nodes.Member(node, Literal(self.expect("symbol", "a name").value))
            else:
                self.next()
                items = self._items()
                if len(items) != 1:
                    self.fail("an index is one value")
                node = nodes.Member(node, items[0])
        return node

    def _said(self, node: Node) -> str:
        """What is called, for a message; Nunjucks builds it too, and stumbles over some texts in it."""
        if isinstance(node, NAMES):
            return node.name
        if isinstance(node, nodes.Member):
            return f"{self._said(node.target)}.{self._said(node.key)}"
        if not isinstance(node, Literal):
            return "an expression"
        said = to_text(node.value)
        if node.value is None or "\n" in said:
            self.fail("what is called cannot be named")
        return said

    def _brackets(self) -> Node:
        if self.skip("("):
            items = self._items()
            if not items:
                self.fail("the brackets are empty")
            return nodes.Last(items)
        if self.skip("["):
            return nodes.ListOf(self._items())
        if self.skip("{"):
            return nodes.DictOf(self._pairs())
        return self.fail("a value is expected")

    def _items(self) -> list[Node]:
        items: list[Node] = []
        while not self._closed(bool(items)):
            items.append(self.expression())
        return items

    def _pairs(self) -> list[tuple[str, Node]]:
        pairs: list[tuple[str, Node]] = []
        while not self._closed(bool(pairs)):
            key = self._key(self.primary())
            self.expect(":", "a colon")
            pairs.append((key, self.expression()))
        return pairs

    def _closed(self, more: bool) -> bool:
        """Whether the brackets end here; as in Nunjucks, any closing one will do."""
        if self.at(*_ENDS):
            self.next()
            return True
        if more:
            self.expect(",", "a comma")
        return False

    def _key(self, node: Node) -> str:
        if isinstance(node, Literal) and isinstance(node.value, str):
            return node.value
        if isinstance(node, NAMES):
            return node.name
        return self.fail("a key must be a name or a string")

    def signature(self) -> list[Node]:
        """Arguments in brackets; those by name are one last Keywords."""
        self.expect("(", "an opening bracket")
        arguments: list[Node] = []
        keywords: list[tuple[str, Node]] = []
        while not self.skip(")"):
            if arguments or keywords:
                self.expect(",", "a comma")
            value = self.expression()
            if self.skip("="):
                keywords.append((self._key(value), self.expression()))
            else:
                arguments.append(value)
        return [*arguments, nodes.Keywords(keywords)] if keywords else arguments

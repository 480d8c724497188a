"""Random templates: what people write, and what nobody should."""

from random import Random
from typing import Any

VALUES: dict[str, Any] = {
    "name": "Bob Smith", "items": ["a", "b", "c"], "nums": [3, 1, 2.5, -0.5, 10], "n": 2, "z": 0,
    "neg": -7.5, "obj": {"k": "v", "n": 1, "10": "ten", "2": "two"}, "flag": True, "none": None, "f": 2.55,
    "empty": [], "uni": "Straße 日本 😀 x", "eo": {}, "es": "", "num": "42.5abc", "sp": "  x  y  ",
    "nested": [[1, 2], [3, 4]],
    "people": [{"a": 2, "g": "x", "on": True}, {"a": 1, "g": "y"}, {"a": 3, "g": "x", "on": True}],
    "mixed": [1, "1", None, True, "b", "A", [1, 2], {"q": 1}], "html": "<b>&'\"\\</b> <!-- c --> <i>x</i>",
    "lines": "l1\nl2\r\nl3", "url": "see http://a.com/x, (www.b.org) mail me@x.io. foo.net",
    "tags": "<p>one</p>\n\n\n\n<p> two   three </p> a < b <br/>", "big": 12345678901234567890,
}  # fmt: skip
NAMES = (*VALUES, "missing", "x", "k", "v", "loop", "m")
LITERALS = ("1", "2", "0", "2.5", "'b'", '"x y"', "true", "false", "none", "'it\\'s'", "''", "'1'", "'😀é'")
OPERATORS = (
    "+", "-", "*", "/", "%", "//", "~", "==", "!=", "===", "!==", "<", ">", "<=", ">=", "and", "or", "in",
    "not in",
)  # fmt: skip
TESTS = (
    "defined", "undefined", "string", "number", "none", "mapping", "iterable", "odd", "even",
    "divisibleby(2)", "eq(2)", "truthy", "falsy", "lower", "upper", "gt(1)", "callable", "escaped",
)  # fmt: skip
FILTERS = (
    "upper", "lower", "title", "capitalize", "trim", "length", "first", "last", "join", "join(',')",
    "join('-','a')", "default('d')", "default('d', true)", "dump", "dump(1)", "escape", "safe", "sort",
    "sort(true)|dump", "reverse", "list|dump", "abs", "round", "round(1)", "round(1, 'floor')", "int",
    "int(7)", "int(base=16)", "float", "sum", "sum('a')", "replace('b', 'c')", "replace('', '-')",
    "replace(1, 2)", "truncate(5)", "truncate(7, true, '…')", "wordcount", "string", "batch(2)|dump",
    "batch(2, 'x')|dump", "slice(2)|dump", "slice(3, 'f')|dump", "groupby('g')|dump", "dictsort|dump",
    "dictsort(by='value')|dump", "selectattr('on')|dump", "nl2br", "load", "rejectattr('a')|dump",
    "select('odd')|dump", "reject('defined')", "indent(2)", "indent(1, true)", "striptags",
    "striptags(true)", "urlencode", "center(9)", "urlize", "urlize(5, true)", "forceescape", "first|dump",
    "unknown", "sort(attribute='a')|dump",
)  # fmt: skip
MEMBERS = (
    ".length", ".a", ".k", "[0]", "['k']", ".index", ".toUpperCase()", ".split(' ')", ".slice(1)",
    ".join('-')", ".includes('b')", ".indexOf('b')", ".trim()", ".toString()", ".toFixed(1)",
    ".concat('x')", ".padStart(12, 'ab')", ".replace('o', '0')", ".substring(2, 0)", ".at(-1)", ".push(1)",
    ".foo()", ".missing.deeper", ".charAt(1)",
)  # fmt: skip
TEXTS = ("a", " b ", "\n", "  \n ", "x { y", "<b>", "{ {", "%}", "# t", "é😀", "}} ", "-")


class Writer:
    """Writes one template; the same seed, the same template."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one(self, *choices: str) -> str:
        return self.random.choice(choices)

    def expression(self, depth: int = 3) -> str:
        if depth <= 0 or self.random.random() < 0.3:
            return self.one(*NAMES, *LITERALS)
        inner = self.expression(depth - 1)
        kind = self.random.randrange(20)
        if kind < 5:
            return f"{inner} {self.one(*OPERATORS)} {self.expression(depth - 1)}"
        if kind < 11:
            return f"{inner} | {self.one(*FILTERS)}" if kind < 9 else f"{inner} is {self.one(*TESTS)}"
        if kind < 14:
            return f"{self.one(*NAMES, *LITERALS)}{self.one(*MEMBERS)}"
        return [
            f"not {inner}", f"-{inner}", f"({inner})", f"[{inner}, {inner}]", f"{{ a: {inner} }}",
            self.one("range(1, 4)", "joiner('-')()", "cycler('a', 'b').next()", f"m({inner})", "m(1, b=2)"),
        ][kind - 14]  # fmt: skip

    def tag(self, words: str) -> str:
        return f"{self.one('{%', '{%', '{%-')} {words} {self.one('%}', '%}', '-%}')}"

    def output(self) -> str:
        return f"{self.one('{{', '{{', '{{-')} {self.expression()} {self.one('}}', '}}', '-}}')}"

    def statement(self, depth: int) -> str:
        kind = self.random.randrange(12) if depth else self.random.randrange(2)
        if kind < 4:
            return self.one(*TEXTS) if kind % 2 else self.output()
        return [
            self.branch, self.branch, self.loop, self.loop, self.assignment, self.macro, self.switch,
            self.odd,
        ][kind - 4](depth - 1)  # fmt: skip

    def branch(self, depth: int) -> str:
        other = self.tag("else") + self.body(depth) if self.random.random() < 0.5 else ""
        if self.random.random() < 0.3:
            other = self.tag(f"elif {self.expression()}") + self.body(depth) + other
        return self.tag(f"if {self.expression()}") + self.body(depth) + other + self.tag("endif")

    def loop(self, depth: int) -> str:
        names = self.one("x", "k, v", "x, y, z")
        other = self.tag("else") + self.body(depth) if self.random.random() < 0.3 else ""
        shown = self.one("{{ loop.index }}", "{{ x }}{{ loop.last }}", "{{ k }}={{ v }}")
        start = self.tag(f"for {names} in {self.expression(1)}")
        return start + self.body(depth) + shown + other + self.tag("endfor")

    def assignment(self, depth: int) -> str:
        if self.random.random() < 0.7:
            return self.tag(f"set {self.one('x', 'k', 'name', 'x, v')} = {self.expression()}")
        return self.tag("set x") + self.output() + self.tag("endset")

    def macro(self, depth: int) -> str:
        if self.random.random() < 0.4:
            return self.tag(f"call m({self.one('', '1', 'n, b=3')})") + self.body(depth) + self.tag("endcall")
        shown = self.one("{{ x }}{{ b }}", "{{ caller() }}", "")
        arguments = self.one("", "x", "x, y", "x, b=2", "a, b=x")
        return self.tag(f"macro m({arguments})") + self.body(depth) + shown + self.tag("endmacro")

    def switch(self, depth: int) -> str:
        cases = [self.tag(f"case {self.expression(0)}") + self.body(depth) for _ in range(2)]
        default = self.one("", self.tag("default") + self.body(depth))
        return self.tag(f"switch {self.expression(0)}") + "".join(cases) + default + self.tag("endswitch")

    def odd(self, depth: int) -> str:
        return self.one(
            "{# c #}", "{#- {{ x }} -#}", "{% raw %}{{ x }}{% endraw %}",
            "{% verbatim %} a {% endverbatim %}",
            self.tag("filter upper") + self.output() + self.tag("endfilter"),
            "{% block b %}a{% endblock %}",
            f"{{{{ {self.expression()} if {self.expression()} else {self.expression()} }}}}", "{{ }}",
            "{% if %}",
        )  # fmt: skip

    def body(self, depth: int) -> str:
        return "".join(self.statement(depth) for _ in range(self.random.randint(0, 3)))


def templates(count: int) -> list[str]:
    """Every filter, member and test of every value, and ``count`` random templates."""
    plain = [f"{{{{ {name} | {found} }}}}" for name in (*VALUES, "missing") for found in FILTERS]
    plain += [f"{{{{ {name}{found} }}}}" for name in (*VALUES, "missing") for found in MEMBERS]
    plain += [f"{{{{ {name} is {found} }}}}" for name in (*VALUES, "missing") for found in TESTS]
    plain += [
        f"{{{{ {one} {operator} {other} }}}}"
        for one in ("n", "name", "items", "obj", "none", "missing", "flag", "'2'")
        for operator in OPERATORS
        for other in ("n", "neg", "items", "obj", "none", "missing", "''", "'b'")
    ]
    return plain + ["".join(Writer(seed).body(3)) for seed in range(count)]

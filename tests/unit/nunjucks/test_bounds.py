"""Templates that would not end, would fill the memory or would look behind the values."""

import time
from typing import Any

import pytest

from bot.domain.nunjucks import render
from bot.errors import InputError

LONG = "x" * 300_000
DEEP: list[Any] = []
for _ in range(3000):
    DEEP = [DEEP]
VALUES: dict[str, Any] = {
    "long": LONG,
    "deep": DEEP,
    "open": "<a" * 100_000,
    "comment": "<!--" * 50_000 + ">",
}
PATIENCE = 10.0  # seconds; the bound is 2, a machine may be busy
GROW = "{% for i in range(60) %}"

REFUSED = {
    "range": "{{ range(10**9) }}",
    "loops": "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
    "doubled text": "{% set x = 'abc' %}" + GROW + "{% set x = x ~ x %}{% endfor %}",
    "doubled list": "{% set x = [1] %}" + GROW + "{% set x = x.concat(x) %}{% endfor %}",
    "shared lists": "{% set x = [1] %}" + GROW + "{% set x = [x, x] %}{% endfor %}{{ x }}",
    "shared lists as JSON": "{% set x = [1] %}" + GROW + "{% set x = [x, x] %}{% endfor %}{{ x | dump }}",
    "a list in itself": "{% set x = [] %}{% set y = x.push(x) %}{{ x }}",
    "a list that grows": "{% set x = [1] %}{% for i in x %}{% set y = x.push(1) %}{% endfor %}",
    "center": "{{ 'a' | center(10**9) }}",
    "indent": "{{ 'a' | indent(10**9) }}",
    "repeat": "{{ 'a'.repeat(10**9) }}",
    "pad": "{{ 'a'.padEnd(10**9) }}",
    "batch": "{{ [1] | batch(10**9, 1) }}",
    "slice": "{{ [1] | slice(10**9) }}",
    "replace": "{{ long | replace('x', long) }}",
    "replace nothing": "{{ long | replace('', long) }}",
    "join": "{{ [long, long] | join(long) | replace('x', long) }}",
    "split": "{{ long.split('') }}",
    "recursion": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "ifs": "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    "filters": "{{ 1" + " | string" * 5000 + " }}",
    "sums": "{{ 1" + " + 1" * 20_000 + " }}",
    "deep value": "{{ deep }}",
    "deep value as JSON": "{{ deep | dump }}",
    "filters over long text": "{% for i in range(9999) %}{% set y = long | wordcount %}{% endfor %}",
    "output": "{% for i in range(9999) %}{{ long }}{% endfor %}",
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_time(case: str) -> None:
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        render(REFUSED[case], VALUES)
    assert time.perf_counter() - start < PATIENCE
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    "template", ["{{ open | striptags }}", "{{ comment | striptags }}", "{{ open | urlize }}"]
)
def test_text_made_to_be_slow_is_not(template: str) -> None:
    start = time.perf_counter()
    render(template, VALUES)
    assert time.perf_counter() - start < PATIENCE


@pytest.mark.parametrize(
    "name",
    ["__class__", "__init__", "__globals__", "__dict__", "mro", "gi_frame", "format", "encode", "update"],
)
def test_python_is_not_to_be_seen(name: str) -> None:
    for value in ("'a'", "[]", "{ }", "(1)", "true", "none", "missing"):
        assert render(f"{{{{ {value}.{name} }}}}{{{{ ({value})['{name}'] }}}}", {}) == ""


def test_long_text_may_be_filled_in() -> None:
    assert len(render("{{ a }}{{ a | upper }}", {"a": "é" * 1_000_000})) == 2_000_000

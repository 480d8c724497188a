"""Users' JavaScript: what it gives back, what it may not do, and that it ends."""

import math
import threading
import time
from typing import Any

import pytest

from bot.domain.jsvalues import UNDEFINED
from bot.errors import InputError, Unsupported
from bot.javascript import Form, match, run

CONTEXT = {"vars": {"city": "Paris", "tags": ["a", "b"]}}
QUICK = 0.2  # seconds


def ask(code: str, output: Any = "Paris", **options: Any) -> Any:
    return run(code, {"output": output, "context": CONTEXT}, **options)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("output === 'Paris'", True),
        ("output.length / 2;", 2.5),
        ("output.includes(context.vars.city) ? 1 : 0", 1),
        ("const s = output; s === 'a;b'", False),
        ("let n = output.length; n *= 2; n", 10),
        ("const n = 5;\nreturn { pass: n > 3, reason: 'é😀' };\n", {"pass": True, "reason": "é😀"}),
        ("const n = 1;\nn > 0\n", UNDEFINED),
        ("const n = 1", UNDEFINED),
        ("null", None),
        ("[1, 'a', null, undefined, [true]]", [1, "a", None, None, [True]]),
        ("({ a: new Date(0), b: undefined })", {"a": "1970-01-01T00:00:00.000Z"}),
        ("JSON.parse('{\"a\": [1]}').a[0] + Math.max(1, 2)", 3),
        ("/(?<=P)a(?<rest>.*)/u.exec(output).groups.rest", "ris"),
        ("'\\ud83d'", "\ufffd"),
        ("2 ** 60", float(2**60)),
        ("(() => { console.log(output); return 1 })()", 1),
    ],
)  # fmt: skip
def test_what_the_code_gives_back(code: str, value: Any) -> None:
    assert ask(code) == value


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_has_not_come_and_go(number: str) -> None:
    value = float(number)
    there = ask("output", value)
    back = ask(f"({{ score: {number} }})")["score"]
    assert there == value == back or (math.isnan(there) and math.isnan(back))


def test_undefined_comes_and_goes() -> None:
    assert ask("output", UNDEFINED) is UNDEFINED
    assert ask("typeof output", UNDEFINED) == "undefined"


@pytest.mark.parametrize(
    "code",
    [
        "(async () => { const one = await Promise.resolve(1); return one + 1 })()",
        "Promise.all([1, Promise.resolve(1)]).then(([a, b]) => a + b)",
        "new Promise((done) => setTimeout(done, 60000, 2))",
        "new Promise((done) => setTimeout(() => setTimeout(() => done(2), 5), 5))",
    ],
)
def test_promises_are_awaited(code: str) -> None:
    assert ask(code) == 2


def test_timers_run_in_their_order_and_may_be_cleared() -> None:
    code = """const said = [];
    const never = setTimeout(() => said.push('never'), 1);
    setTimeout(() => said.push('late'), 20);
    setTimeout(() => said.push('early'), 10);
    clearTimeout(never);
    return new Promise((done) => setTimeout(() => done(said), 30));"""
    assert ask(code) == ["early", "late"]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("output.toUpperCase()", "PARIS"),
        ("(output, context) => output + context.vars.tags.length", "Paris2"),
        ("async function (output) { return { output } }", {"output": "Paris"}),
        ("const parts = output.split('r');\nreturn parts[1];", "is"),
    ],
)
def test_a_transform_may_be_an_expression_a_body_or_a_function(code: str, value: Any) -> None:
    assert ask(code, form=Form.TRANSFORM) == value


def test_a_transform_on_one_line_is_an_expression_only() -> None:
    with pytest.raises(InputError, match="SyntaxError"):
        ask("const s = output; s", form=Form.TRANSFORM)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("output.x.y", "TypeError"),
        ("return 1", "SyntaxError"),
        ("(", "SyntaxError"),
        ("JSON.parse('{')", "SyntaxError"),
        ("(() => { throw new Error('not good.') })()", "Error: not good"),
        ("(() => { throw 'text' })()", "text"),
        ("Promise.reject(new Error('later'))", "Error: later"),
        ("new Promise(() => {})", "never settles"),
        ("output => output", "a function"),
        ("Symbol('x')", "a symbol"),
        ("10n", "BigInt"),
        ("(() => { const loop = {}; loop.loop = loop; return loop })()", "circular"),
        ("(() => { const again = () => again(); return again() })()", "stack"),
        ("new Promise(() => { setTimeout(() => { throw new Error('in a timer') }) })", "in a timer"),
        ("\0", "SyntaxError"),
    ],
)
def test_what_it_throws_is_one_sentence(code: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        ask(code)
    assert "\n" not in caught.value.message
    assert caught.value.message.endswith(".")


@pytest.mark.parametrize(
    "code",
    [
        "require('fs')", "process.env.HOME", "import('fs')", "fetch('http://127.0.0.1')", "new URL('http://a')",
        "[1].toLocaleString()", "typeof process", "Buffer.from('a')", "new Intl.NumberFormat()",
        "(1234).toLocaleString()", "new Date(0).toLocaleDateString()", "structuredClone({})",
        "output.localeCompare('a')", "`${new Date(0)}`",
        "(() => { try { return require('fs') } catch { return true } })()",
    ],
)  # fmt: skip
def test_what_the_sandbox_has_not_is_unsupported(code: str) -> None:
    with pytest.raises(Unsupported):
        ask(code)


@pytest.mark.parametrize("name", ["std", "os", "scriptArgs", "print", "loadScript", "Worker"])
def test_nothing_leads_out(name: str) -> None:
    assert ask(f"typeof {name}") == "undefined"


@pytest.mark.parametrize(
    "code",
    [
        "(() => { for (;;); })()",
        "/(a+)+b/.test('a'.repeat(60))",
        "Promise.resolve().then(() => { for (;;); })",
        "(() => { const again = () => Promise.resolve().then(again); return again() })()",
        "(() => { const again = () => setTimeout(again, 1); again(); return new Promise(() => {}) })()",
        "(() => { try { for (;;); } catch { return 1 } })()",
    ],
)
def test_what_would_not_end_is_stopped(code: str) -> None:
    with pytest.raises(InputError, match=r"longer than 0\.2 s|more memory than it may"):
        ask(code, time_limit_s=QUICK)
    assert ask("1 + 1") == 2


@pytest.mark.parametrize(
    "code",
    [
        "'x'.repeat(1e9)",
        "(() => { const kept = []; for (;;) kept.push('x'.repeat(100000) + kept.length) })()",
        "new Uint8Array(1e9).length",
        "Array.from({ length: 1e8 }, () => ({}))",
    ],
)
def test_what_would_fill_the_memory_is_stopped(code: str) -> None:
    with pytest.raises(InputError):
        ask(code, memory_limit=8 * 1024 * 1024)
    assert ask("1 + 1") == 2


def test_one_run_leaves_nothing_for_the_next() -> None:
    ask("globalThis.kept = 1, JSON.stringify = 1, String.prototype.trim = () => 'broken', 1")
    assert ask("[typeof kept, ' a '.trim()]") == ["undefined", "a"]


def test_the_names_are_copies() -> None:
    context = {"vars": {"a": [1]}}
    run("context.vars.a.push(2)", {"context": context})
    assert context == {"vars": {"a": [1]}}


def test_what_is_no_json_is_not_handed_over() -> None:
    with pytest.raises(InputError, match="object"):
        ask("output", object())


def test_threads_run_side_by_side() -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.extend(ask("output.length") for _ in range(50)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == [5] * 200


def test_a_run_takes_about_a_millisecond() -> None:
    times = []
    for _ in range(30):
        start = time.perf_counter()
        ask("output.length > 3")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.005  # seconds; a machine may be busy


@pytest.mark.parametrize(
    ("pattern", "text", "flags", "found"),
    [
        ("^b", "a\nb", "", False), ("^b", "a\nb", "m", True), (r"(?<=a)b", "ab", "", True),
        ("é", "É", "i", True),
        (r"^.$", "😀", "", False), (r"^.$", "😀", "u", True), (r"\d", "٣", "", False), ("", "", "", True),
        ("\0", "a\0b", "", True),
    ],
)  # fmt: skip
def test_a_regular_expression_is_javascripts(pattern: str, text: str, flags: str, found: bool) -> None:
    assert match(pattern, text, flags) is found


@pytest.mark.parametrize("pattern", ["(", "[", "(?<a>x)(?<a>y)", "a{2,1}"])
def test_a_pattern_that_is_none_is_an_error(pattern: str) -> None:
    with pytest.raises(InputError, match="SyntaxError"):
        match(pattern, "a")


def test_a_pattern_that_explodes_is_stopped_and_the_next_one_runs() -> None:
    with pytest.raises(InputError, match="longer"):
        match("(a+)+b", "a" * 60, time_limit_s=QUICK)
    assert match("a+b", "aab")

"""What calls cost, and where they may go."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.llm
from bot.errors import SettingsError
from bot.llm import PROVIDERS
from bot.llm.prices import ASSUMED_INPUT_PER_MILLION, ASSUMED_OUTPUT_PER_MILLION, Prices, count_tokens
from bot.llm.urls import check_base_url


def test_every_module_with_a_provider_is_listed() -> None:
    folder = Path(bot.llm.__file__).parent
    opening = {
        path.stem
        for path in folder.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name == "open_provider"
    }
    assert opening == set(PROVIDERS)


@pytest.mark.parametrize(
    ("vendor", "model", "dollars"),
    # price lists of the vendors: dollars for a million tokens in and a million out
    [
        ("openai", "gpt-4o-mini", 0.15 + 0.60),
        ("openai", "gpt-4o-2024-08-06", 2.50 + 10.00),
        ("anthropic", "claude-haiku-4-5", 1.00 + 5.00),
    ],
)
def test_the_table_knows_prices_offline(vendor: str, model: str, dollars: float) -> None:
    assert Prices(vendor, model).cost(1_000_000, 1_000_000) == pytest.approx(dollars)


def test_what_the_vendor_cached_costs_less() -> None:
    prices = Prices("openai", "gpt-4o-mini")
    fresh, cached = prices.cost(1000, 0), prices.cost(1000, 0, 1000)
    assert fresh is not None
    assert cached is not None
    assert cached < fresh
    assert prices.cost(1000, 0, 5000) == cached  # a count that makes no sense breaks nothing


class TestUnknownPrice:
    """The caller is told that the price is unknown; the cap assumes one."""

    def test_of_a_new_model(self) -> None:
        prices = Prices("openai", "gpt-99")
        assert prices.cost(1000, 1000) is None
        assert prices.counted(1_000_000, 0) == ASSUMED_INPUT_PER_MILLION
        assert prices.counted(0, 1_000_000) == ASSUMED_OUTPUT_PER_MILLION

    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:9/v1",
            "http://10.1.2.3/v1",
            "http://ollama:9/v1",
            "http://[::1]:9",
            "http://localhost",
        ],
    )
    def test_on_a_machine_of_ones_own(self, url: str) -> None:
        assert Prices("openai", "llama3", url).counted(1000, 1000) == 0.0

    def test_on_a_strangers_machine(self) -> None:
        assert Prices("openai", "llama3", "https://llm.example.org/v1").counted(1_000_000, 0) > 0


@given(st.text(max_size=300), st.text(max_size=300))
def test_token_counts_grow_and_are_never_few(one: str, other: str) -> None:
    assert count_tokens(one) <= count_tokens(one + other) <= count_tokens(one) + count_tokens(other) + 1
    assert count_tokens(one) >= len(one) / 3


ALLOWED = [
    "https://llm.example.org/v1", "http://127.0.0.1:11434/v1", "http://localhost:8000", "http://10.0.0.5:8000/v1",
    "http://ollama:11434/v1", "https://gateway.example.org:8443/openai/", "http://[::1]:9000/v1", "http://gpu.internal/v1",
]  # fmt: skip


@pytest.mark.parametrize("url", ALLOWED)
def test_named_urls_may_be_called(url: str) -> None:
    assert check_base_url(url, ALLOWED) == url.rstrip("/")
    with pytest.raises(SettingsError, match="not allowed"):
        check_base_url(url, [each for each in ALLOWED if each != url])


@pytest.mark.parametrize(
    ("given_url", "plain"),
    [
        ("https://LLM.Example.org:443/v1/", "https://llm.example.org/v1"),
        (" https://llm.example.org/v1", "https://llm.example.org/v1"),
        ("HTTP://127.0.0.1:11434/v1", "http://127.0.0.1:11434/v1"),
    ],
)
def test_the_same_url_in_another_spelling(given_url: str, plain: str) -> None:
    assert check_base_url(given_url, ALLOWED) == plain


@pytest.mark.parametrize(
    "url",
    [
        "https://llm.example.org/v2", "https://llm.example.org/v1/x", "https://llm.example.org:8443/v1",
        "https://llm.example.org.evil.example/v1", "http://127.0.0.1:11435/v1", "http://127.0.0.2:11434/v1",
        "https://10.0.0.5:8000/v1",
    ],
)  # fmt: skip
def test_a_neighbour_of_a_named_url_may_not(url: str) -> None:
    with pytest.raises(SettingsError, match="not allowed"):
        check_base_url(url, ALLOWED)


@pytest.mark.parametrize(
    "url",
    [
        "", "llm.example.org/v1", "ftp://llm.example.org", "file:///etc/passwd", "https://", "https:///v1",
        "http://llm.example.org/v1",  # http outside of one's own network
        "http://8.8.8.8/v1",
        "http://169.254.169.254/latest/meta-data", "https://169.254.169.254", "http://[fe80::1]/v1",
        "http://[::ffff:169.254.169.254]/v1", "http://[fd00:ec2::254]/v1", "http://100.100.100.200/v1",
        "http://2130706433/v1", "http://0x7f000001/v1", "http://0177.0.0.1/v1", "http://127.1/v1",
        "https://user:pw@llm.example.org/v1", "https://key@llm.example.org/v1",
        "https://llm.example.org/v1?key=x", "https://llm.example.org/v1#x", "https://llm.example.org\\@evil.example/v1",
        "https://llm.example.org:notaport/v1", "https://[::1/v1", "https://llm.example.org/v1\nHost: x",
    ],
)  # fmt: skip
def test_some_urls_may_not_even_if_named(url: str) -> None:
    with pytest.raises(SettingsError) as failure:
        check_base_url(url, [*ALLOWED, url])
    assert "pw" not in failure.value.message

"""Findings: each shows on what it is about and nowhere else."""

import pytest

from bot.domain.prompts import Reference, lint, parse_own, tidy
from bot.domain.prompts.lint import LONG
from bot.errors import InputError
from bot.services.prompts import NAMES_FOUND
from bot.services.prompts.cleaning import cleaned

GOOD = "# System\nAnswer politely. Never promise a refund.\n# User\n{{ message }}"


def codes(text: str, before: tuple[str, ...] | None = None) -> list[tuple[str, int]]:
    prompt = parse_own(Reference("reply", 1), tidy(text))
    return [(finding.code, finding.line) for finding in lint(prompt, before)]


def test_a_good_prompt_has_none() -> None:
    assert codes(GOOD) == []
    assert codes(GOOD, ("message",)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Say hello. Do not shout.", [("no_variables", 0)]),
        ("Answer {{ message }}.", [("no_limits", 0)]),
        ("Answer {{ message }} only if asked. " + "word " * (LONG // 5), [("long", 0)]),
        ("# System\nNever lie.\nFor {{ customer }}.\n# User\n{{ message }}", [("system_variable", 3)]),
        ("Never lie.\n{{ message }}\nHello {name}, ${plan}", [("single_braces", 3), ("single_braces", 3)]),
        ("Never lie.\n# Assistant\n{{ message }}", [("other_role", 2)]),
        ("Never lie.\n{{ message }} \u202eyes\U000e0041\u202e", [("invisible", 2)]),
        ("Never lie.\t{{ message }} 👩\u200d🚀 é ümlaut 日本", []),
        ('Never lie. {{ message }} Answer {"label": "x"} or {}.', []),
    ],
)
def test_each_finding(text: str, found: list[tuple[str, int]]) -> None:
    assert codes(text) == found


def test_variables_are_compared_with_the_version_before() -> None:
    assert codes(GOOD, ("tone",)) == [("lost_variable", 0), ("new_variable", 4)]


class TestCleaning:
    """What is private is not kept."""

    def test_personal_data_are_replaced_and_told_by_line(self) -> None:
        clean = cleaned(
            "Never guess.\nWrite to ana@example.com or +1 415 555 2671.\n{{ message }} ana@example.com"
        )
        assert clean.body == "Never guess.\nWrite to [EMAIL_1] or [PHONE_1].\n{{ message }} [EMAIL_1]"
        assert [(finding.line, finding.message.split(";")[0]) for finding in clean.findings] == [
            (2, "an e-mail address became [EMAIL_1]"),
            (2, "a phone number became [PHONE_1]"),
            (3, "an e-mail address became [EMAIL_1]"),
        ]

    def test_cleaning_again_changes_nothing(self) -> None:
        once = cleaned("Write to ana@example.com.")
        assert cleaned(once.body).body == once.body
        assert cleaned(once.body).findings == ()

    @pytest.mark.parametrize(
        "secret",
        ["sk-proj-" + "a1B2c3D4e5F6g7H8", "password: hunter2isgood!9", "ghp_" + "a1B2c3D4e5F6g7H8i9J0"],
    )
    def test_secrets_are_refused_and_not_repeated(self, secret: str) -> None:
        with pytest.raises(InputError) as caught:
            cleaned(f"Never guess.\nUse {secret} here.")
        assert caught.value.code == "secret_found"
        assert caught.value.message.startswith("Line 2 ")
        assert secret not in caught.value.message + caught.value.hint

    @pytest.mark.parametrize(
        "text", ["api_key={{api_key}}", "password: {{ password }}", "Token {{token}} {{ e_mail }}"]
    )
    def test_names_of_variables_are_no_values(self, text: str) -> None:
        assert cleaned(text).body == text

    def test_names_are_asked_about_once(self) -> None:
        text = "You are Zoe, who answers for the shop. {{ message }}"
        with pytest.raises(InputError) as caught:
            cleaned(text)
        assert caught.value.code == NAMES_FOUND
        assert "Zoe" in caught.value.message
        assert cleaned(text, names_ok=True).body == text
        assert cleaned(text + " Be brief.", earlier=text).body.endswith("Be brief.")

    def test_the_words_of_the_trade_are_no_names(self) -> None:
        text = "Answer in Markdown, as JSON or YAML."
        assert cleaned(text).body == text

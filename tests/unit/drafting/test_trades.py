"""Drafts on trades nobody prepared for: another company, other products, another bot's name."""

import re
from collections.abc import Sequence

import pytest

from bot.domain.checks import check_story
from bot.domain.drafting import draft_story
from bot.domain.drafting.kinds import banks
from bot.domain.drafting.tongues import foreign_tongue, tongue_of
from bot.domain.stories import StoryBody
from tests.unit.drafting.themes import STOLEN_CARDS, evidence

WRONG_ANSWERS = (
    "Roby told me my crate ships Friday but the app says it locked on Monday.",
    "Wrong deadline from Roby again, please correct the bot.",
    "Roby said I could still swap beans on Thursday. The order page was locked since Monday.",
    "The assistant gave me the wrong lock day and now I get a crate I do not want.",
    "Why does Roby say Friday when the screen says Monday?",
    "Your chatbot said the cut-off is Sunday. The website says Monday noon. Which is it?",
    "Asked the assistant for the deadline, it told me three different days.",
    "I changed my beans on Wednesday like Roby said. Locked.",
)
CRATES = (
    "Where is my crate? Order [ORDER_ID_1].",
    "Any news on my crate? It was due Monday.",
    "My crate has not arrived, tracking is stuck at the depot.",
    "Has my crate shipped yet?",
    "Tracking says delivered, nobody here has the crate.",
    "When will my crate get here?",
    "The courier left my crate with a neighbour I have never met.",
)
CHARGES = (
    "You charged me twice for one crate",
    "charged twice this month, please pay one back",
    "I was charged for a crate I skipped",
    "£14 taken twice on Monday",
    "why was I charged after cancelling",
    "Two payments for one order, one of them is wrong",
    "billed after I cancelled in May",
)
SHOCKS = (
    "I got an electric shock from the grinder",
    "the grinder gave me a shock this morning",
    "burning smell from the grinder, I unplugged it",
    "water leaking on to the plug of the machine",
    "smoke came out of the grinder, children in the room",
    "sparks from the socket when I switch it on",
)
GERMAN = (
    "Wo ist meine Kiste? Ich warte seit einer Woche.",
    "Die Mühle ist kaputt, bitte schicken Sie mir eine neue.",
    "Ich möchte mein Abo kündigen und das Geld zurück.",
    "Können Sie bitte die nächste Kiste aussetzen? Wir sind nicht da.",
    "Der Kaffee schmeckt nicht wie auf der Karte, was kann ich tun?",
    "Warum wurde ich zweimal belastet? Das ist nicht in Ordnung.",
)
THANKS = (
    "thanks, all sorted",
    "thank you so much",
    "ta, it came in the end",
    "Thanks Maya, lovely service",
    "cheers, all good now",
    "thank you!",
)
ODDITIES = (
    "blue or green then",
    "as per mine of the third",
    "so that happened",
    "about the thing",
    "hm, odd",
)
SHOP = (*WRONG_ANSWERS, *CRATES, *CHARGES, *SHOCKS, *GERMAN, *THANKS)


def drafted(texts: Sequence[str]) -> StoryBody:
    return draft_story(evidence(texts, background=[text for text in SHOP if text not in texts]))


THEMES = {
    "wrong answers": WRONG_ANSWERS,
    "crates": CRATES,
    "charges": CHARGES,
    "shocks": SHOCKS,
    "german": GERMAN,
    "thanks": THANKS,
    "oddities": ODDITIES,
}
BODIES = {name: drafted(texts) for name, texts in THEMES.items()}


@pytest.mark.parametrize("name", BODIES)
def test_every_draft_is_free_of_errors_and_speaks_of_no_bank(name: str) -> None:
    body = BODIES[name]
    texts = {f"t{i}": text for i, text in enumerate(THEMES[name])}
    assert [f for f in check_story(body, texts) if f.severity == "error"] == []
    said = body.model_dump_json()
    assert not re.search(r"bank customer|cardholder|speaking to an assistant|notes on the", said)


@pytest.mark.parametrize("name", BODIES)
def test_the_mix_of_a_test_set_has_at_most_three_parts(name: str) -> None:
    mixed = BODIES[name].criteria[0].then.partition("mixed as here: ")[2]
    assert len(re.findall(r"\d+ % ", mixed)) <= 3


def test_a_wrong_answer_is_measured_against_the_record_and_the_screen() -> None:
    body = BODIES["wrong answers"]
    assert "assistant" in body.want
    assert body.intent == "problem"
    assert "equals the rule in force" in body.criteria[0].then
    assert any("contradiction" in c.then for c in body.criteria)
    assert "does not invent a date, a price or a policy" in body.criteria[-1].then
    assert body.criteria[-1].must_not_fail


def test_the_bot_is_known_by_the_name_tickets_give_it() -> None:
    named = [text for text in WRONG_ANSWERS if "Roby" in text]
    assert "assistant" in drafted(named).want


def test_a_parcel_is_found_by_its_record_and_called_as_its_writers_do() -> None:
    body = BODIES["crates"]
    assert "crate" in body.want
    assert "carrier" in body.criteria[0].then


def test_charged_twice_makes_nobody_a_bank_customer() -> None:
    body = BODIES["charges"]
    assert body.role == "customer"
    assert "charge" in body.want


def test_danger_at_a_device_acts_first_and_asks_for_no_pin() -> None:
    body = BODIES["shocks"]
    assert "cut the power" in body.examples[0].expected
    assert "PIN" not in body.model_dump_json()
    assert any("emergency number" in c.then for c in body.criteria)


def test_a_theme_in_another_language_says_so_and_claims_no_need() -> None:
    body = BODIES["german"]
    assert body.role == "customer writing in German"
    assert body.want == "to be answered in German"
    assert body.confidence.level == "low"
    assert "6 in German" in body.confidence.reason


def test_thanks_are_passed_on() -> None:
    assert BODIES["thanks"].intent == "praise"
    assert "thanks" in BODIES["thanks"].want


def test_tickets_without_a_subject_are_called_mixed_and_low() -> None:
    body = BODIES["oddities"]
    assert body.title.startswith("Mixed questions")
    assert body.confidence.level == "low"


def test_an_edge_case_does_not_repeat_an_example() -> None:
    texts = [*CRATES, "Where is my crate? order [ORDER_ID_1]", "where is my crate, Order [ORDER_ID_1]!"]
    body = draft_story(evidence(texts, background=CHARGES))
    examples = {" ".join(re.findall(r"\w+", e.input.lower())) for e in body.examples}
    assert not examples & {" ".join(re.findall(r"\w+", e.quote.lower())) for e in body.edge_cases}


def test_a_log_is_a_banks_only_by_several_tickets() -> None:
    assert banks(STOLEN_CARDS, ["my PIN does not work", "the transfer is late", "where is the ATM"])
    assert not banks(CHARGES, SHOP)


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("Where is the box I ordered for my mother?", "English"),
        ("Wo ist die Kiste, die ich bestellt habe?", "German"),
        ("¿Dónde está la caja que pedí para mi madre?", "Spanish"),
        ("Je ne trouve pas le colis que vous avez envoyé.", "French"),
        ("De doos die ik heb besteld is niet aangekomen.", "Dutch"),
        ("Где моя посылка?", "Russian"),
        ("12345", "English"),
    ],
)
def test_the_language_of_a_text(text: str, tongue: str) -> None:
    assert tongue_of(text) == tongue


def test_half_of_a_theme_makes_its_language() -> None:
    assert foreign_tongue([*GERMAN[:3], "where is my box", "is it here"]) == "German"
    assert foreign_tongue([*GERMAN[:2], "where is my box", "is it here", "the box"]) == ""

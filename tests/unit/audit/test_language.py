"""Languages of real one-liners: right, or honestly too short to tell."""

import pytest

from bot.domain.audit.language import UNKNOWN, language_mix, language_of

SAID = {
    "en": [
        "i want assistance to cancel order 732201349959",
        "why did i only get 20.00",
        "how do i get a w2 form",
        "can i make an appointment for an oil change",
        "where is my parcel",
        "I CANNOT LOG IN SINCE THE UPDATE",
        "[PERSON_1] said that my refund is on the way to [EMAIL_1]",
    ],
    "de": ["Ich kann mich nicht anmelden", "Wo bleibt meine Bestellung?", "Die App stürzt ständig ab"],
    "es": ["no puedo entrar en mi cuenta", "quiero cancelar mi suscripción", "¿Dónde está mi pedido?"],
    "fr": ["je n'arrive pas à me connecter", "je veux annuler mon abonnement", "où est ma commande ?"],
    "pt": ["não consigo entrar na minha conta", "onde está meu pedido?"],
    "it": ["non riesco ad accedere al mio account", "vorrei annullare il mio abbonamento"],
    "nl": ["ik kan niet inloggen op mijn account", "waar is mijn bestelling?"],
    "ja": ["ログインできません"],
    "zh": ["我无法登录我的账户"],
    "ko": ["로그인이 안돼요"],
    "ar": ["لا أستطيع تسجيل الدخول"],
    "ru": ["не могу войти в свой аккаунт, помогите пожалуйста"],
}


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in SAID.items() for text in texts]
)
def test_language(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12345",
        "😀",
        "ok",
        "Visa",
        "cancel order 00004587345",
        "[EMAIL_1]",
        "see bill #12588",
        "x" * 5_000,
    ],
)
def test_too_short_to_tell(text: str) -> None:
    assert language_of(text) == UNKNOWN


@pytest.mark.parametrize(
    "text", ["speak german", "affirmative", "roll die", "refund please", "login", "thanks"]
)
def test_short_english_is_never_taken_for_another_language(text: str) -> None:
    assert language_of(text) in {"en", UNKNOWN}


def test_mix_puts_the_most_frequent_first_and_the_untold_last() -> None:
    assert list(language_mix([UNKNOWN, UNKNOWN, UNKNOWN, "fr", "en", "en"]).items()) == [
        ("en", 2),
        ("fr", 1),
        (UNKNOWN, 3),
    ]

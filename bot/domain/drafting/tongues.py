"""In which language a theme is written, and what a story owes to one the drafter cannot read.

Function words decide: they are few, frequent and differ between languages. No clause is drawn from a language
the patterns here do not know; such a theme gets a short story on being answered in it, and says so.
"""

import re
from collections import Counter
from collections.abc import Sequence

from bot.domain.drafting.acts import Act
from bot.domain.drafting.kinds import Kind
from bot.domain.drafting.lexicon import word_set

_FOREIGN = 0.5  # share of tickets from which a theme is in another language
_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = {
    "English": word_set(
        "the and is to my i of it you for that this what are have not with on can do how a was be why where"
    ),
    "German": word_set(
        "der die das und ist ich nicht ein eine mein meine wir bitte auf mit den dem zu für kann noch wie was"
        " bei von es wo mir euch schon auch keine kein habe"
    ),
    "Spanish": word_set(
        "el la los las y es que no mi un una por para con de me se lo está cómo qué pero ha hola del como"
        " dónde todavía mis hay"
    ),
    "French": word_set(
        "le la les et est je ne pas mon ma un une pour avec de des du vous bonjour que qui sur ce dans où"
    ),
    "Italian": word_set(
        "il la gli e è non mi un una per con di del della che come sono ho buongiorno dove ancora mio mia"
    ),
    "Portuguese": word_set(
        "o a os as e é não meu minha um uma para com de do da que como está onde ainda eu"
    ),
    "Dutch": word_set(
        "de het en is ik niet een mijn met van voor op dat te hoe waar nog geen jullie mij kan"
    ),
    "Polish": word_set("nie jest się na i w z do mój moja jak czy gdzie proszę mam dzień dobry od za już"),
}
_ALPHABETS = (
    ("Greek", re.compile("[α-ω]", re.IGNORECASE)),
    ("Russian", re.compile("[а-я]", re.IGNORECASE)),
    ("Arabic", re.compile("[\u0620-\u064a]")),
    ("Japanese", re.compile("[\u3040-\u30ff]")),
    ("Korean", re.compile("[\uac00-\ud7a3]")),
    ("Chinese", re.compile("[\u4e00-\u9fff]")),
)


def tongue_of(text: str) -> str:
    """The language of one text by its function words or letters; English where nothing tells."""
    said = [word.lower() for word in _LETTERS.findall(text)]
    letters = sum(map(len, said)) or 1
    for name, alphabet in _ALPHABETS:
        if len(alphabet.findall(text)) > letters / 3:
            return name
    counts = {name: sum(word in known for word in said) for name, known in _WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > counts["English"] and (counts[best] >= 2 or len(said) <= 4) else "English"


def foreign_tongue(texts: Sequence[str]) -> str:
    """The one language other than English that at least half of ``texts`` are in; "" where there is none."""
    name, count = Counter(tongue_of(text) for text in texts).most_common(1)[0]
    return name if name != "English" and count >= _FOREIGN * len(texts) else ""


def unread(language: str) -> Kind:
    """The subject of a theme in a language that has to be read by a person first."""
    return Kind(
        key="in another language",
        pattern=re.compile(r"(?!)"),
        noun=f"need in {language}",
        record="the story of the same need in English",
        facts=(f"the answer in {language}", "the need it was read as"),
        causes=("two needs in one message", "a word with two meanings"),
        remedy=f"hand over to a reader of {language}",
        rules=(f"which needs may be answered in {language}",),
        check=f"the need, as a reader of {language} names it",
        missing=f"no reader of {language} has named the need",
        invent="a need the ticket does not state",
        want=f"be answered in {language}",
        act=Act.INFORMATION,
        benefit="nothing is lost in a language I do not write",
        leads=(
            f"a reader of {language} writes the need in one English line beside the ticket, then answers it",
            f"answers in {language} with the same dates, sums and rules as an English ticket on it gets",
            f"repeats order numbers, dates and sums as the ticket writes them, inside a {language} sentence",
            f"where no story covers the need, says in {language} that a person reads it, and by which day",
            f"asks one question in {language} where the message holds two needs",
        ),
        duty=(
            f"the whole reply is in {language} and the need it answers is the one a reader of "
            f"{language} names"
        ),
    )

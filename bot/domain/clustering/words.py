"""Reading tickets as words: sentences, tokens, stems, and the words that say nothing by themselves."""

import re
from functools import lru_cache

PLACEHOLDER = re.compile(r"\[[A-Z]+(?:_[A-Z]+)*(?:_\d+)?\]|X{2,}(?:/X+)*")
"""What redaction leaves behind, ours ([EMAIL_1]) and publishers' (XXXX)."""
_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|[\n\r]+|[;:]\s|(?<=\s)[-–—](?=\s)|[(),]|(?<=\S)\s*\|\s*")
_WORD = re.compile(r"[^\W_]+(?:['’.&+/-][^\W_]+)*")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STOPWORDS = _words(
    """
    a an the this that these those my your our their his her its mine yours ours theirs i me we us you he
    she it they them myself yourself itself and or but nor so if then than as of at by for from in into on
    onto to with without about against among across around along behind beside beyond despite except
    toward towards within upon near like over under between through during before after above below up
    down out off again am is are was were be been being do does did doing done have has had having will
    would shall should can could may might must ought not no yes nope yeah yep only own same too very just
    also even still already yet ever never now here there when where why how what which who whom whose
    whether while because until unless since any some all both each few more most other another such one
    ones else much many lot lots bit i'm i've i'd i'll im ive id ill it's that's there's what's where's
    who's how's don't doesn't didn't dont doesnt didnt isn't isnt aren't arent wasn't wasnt weren't can't
    cant cannot couldn't couldnt won't wont wouldn't wouldnt shouldn't shouldnt haven't havent hasn't
    hasnt hadn't hadnt you're youre we're they're let's lets whats please pls plz thank thanks thankyou hi
    hello hey hai dear regards sir madam ma'am mam team ok okay kk sure fine help need needs needed want
    wants wanted wanna gonna gotta know tell get gets got getting go goes going make makes made making let
    give given see say says said ask asked asking think guess seem seems look looks looking try trying
    tried able possible way ways thing things something anything everything someone anyone somehow really
    actually currently basically maybe probably anyway though however instead etc via per asap kindly
    appreciate question issue issues problem problems info information regarding concerning mr mrs ms long
    soon often show shows showing shown happen happens happened come comes came use used using may've
    who've u ur r n y b c d e f g h j k l m o p q s t v w x z re ll ve don doesn didn isn aren wasn couldn
    wouldn won hasn haven hadn shouldn ain
    either neither somebody nobody anybody everybody mind take takes taking took today yesterday tomorrow
    """
)
"""English words that no name begins or ends with, and that count for nothing. Question words are among
them, because most requests begin with them whatever they are about."""

FOREIGN = _words(
    """
    der das dem des ein eine einen einem einer eines und oder aber nicht nur noch schon immer sehr ist sind
    war waren wird werden wurde habe haben hatte kann kann können könnte muss müssen soll möchte ich du er
    sie wir ihr mich mir dich dir uns euch mein meine meinen meiner dein sein seine unser unsere euer im ins
    zum zur von vom mit nach bei aus auf für über unter vor durch ohne gegen seit wie wo wann warum wieso wenn
    weil dass ob als auch doch mal denn bitte danke hallo guten moin sehr geehrte damen herren liebe grüße
    freundlichen gruß kein keine keinen nichts etwas jetzt heute hier da dort gibt geht
    el la los las un una unos unas y o pero no ni que qué como cómo cuando cuándo donde dónde por para con
    sin del al de en se me te le les lo su sus mi mis tu tus es son está están estoy era fue ha han he hay
    ser estar tengo tiene puedo puede pueden quiero quisiera ya más muy también todavía aún hola buenas
    buenos días tardes gracias favor saludos esta este esto eso esa desde hasta porque nada algo
    le les une des du et ou mais ne pas que qui quoi quand où comment pourquoi je tu il elle nous vous ils
    elles mon ma mes votre vos notre nos ce cette ces est sont été avoir être ai avez peux peut dans sur
    avec sans pour bonjour merci
    il gli uno della dello delle dei nel nella che non sono ho hai abbiamo mio mia vostro grazie ciao
    os as um uma não meu minha seu sua você vocês está obrigado olá
    het een en maar niet wel naar van voor met zonder zijn heb heeft mijn jullie
    """
) - _words("war son des pour sans as os me he has no met van sin era mon ma lo est all")
"""The same for the languages that tickets most often come in beside English, less what is an English word."""
STOPWORDS = STOPWORDS | FOREIGN

DETERMINERS = _words("a an the my your our their his her its this that these those some any")
"""Dropped from names: "Activate my card" reads "Activate card"."""

PARTICLES = _words("up off out down back in on over through")
"""Words that may belong to the one before: "top up", "sign in"."""

SPEAKERS = _words("i me you he him she it we us they them im i'm i've there who what which")
"""Words that make a phrase part of a sentence rather than a name."""

NEGATIONS = _words(
    """
    not no never won't wont can't cant cannot don't dont doesn't doesnt didn't didnt isn't isnt hasn't
    hasnt haven't havent wasn't wasnt couldn't couldnt without
    """
)
"""Stop words that a name may begin with, since they turn its meaning."""


def has_words(text: str) -> bool:
    """Whether a letter of any script is left once the placeholders are gone."""
    return _LETTER.search(PLACEHOLDER.sub(" ", text)) is not None


def sentences(text: str) -> list[str]:
    """Pieces of a text that no phrase crosses: sentences, clauses set off by commas, turns, placeholders."""
    pieces = [piece for part in PLACEHOLDER.split(text) for piece in _SENTENCE.split(part)]
    return [piece.strip() for piece in pieces if piece and piece.strip()]


def tokens(sentence: str) -> list[str]:
    """The words of a sentence as they are written."""
    return [word.replace("’", "'") for word in _WORD.findall(sentence)]


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude English stem, for counting alone; never shown. Words of other languages mostly stay whole."""
    word = word.casefold().removesuffix("'s").replace("-", " ")
    if " " in word:
        return " ".join(stem(part) for part in word.split())
    for suffix, rest in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if (
            word.endswith(suffix)
            and len(word) - len(suffix) >= (2 if suffix == "s" else 3)
            and not word.endswith(("ss", "us", "is"))
        ):
            word = word[: len(word) - len(suffix)] + rest
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def is_content(word: str) -> bool:
    """Whether a word says what a text is about: letters in it, and no stop word."""
    return word.casefold() not in STOPWORDS and len(word) > 1 and not any(map(str.isdigit, word))

"""Which encoding a file is in, or none: text is decoded rightly or refused, never turned to mojibake.

UTF-8 and the byte order marks are proven over the whole file. UTF-16 and UTF-32 without a mark show in
where their NUL bytes stand. All else rests on the look of the decoded text: Western European text has
accented letters among plain ones; other scripts must consist of their own script's everyday letters, in
enough of them, clearly better than under any other codec, and charset-normalizer must hold it possible.
"""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from charset_normalizer import from_bytes

from bot.errors import ImportRefused
from bot.importers.reading.source import CHUNK, Source

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"MZ\x90", b"SQLite format 3\0")
_EVIDENCE = 24  # characters beyond ASCII under which a guess at a script is no more than that
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
# A script's letters in lower case, the nine most frequent ones first.
_ALPHABETS = {
    "cp1251": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "cp1253": "αοιετσνηυρπκμλωδγχθφβξζψάέήίόύώς",
    "cp1255": "יוהלאתמרנבגדזחטכסעפצקשךםןףץ",
    "cp1256": "اليمونترهبثجحخدذزسشصضطظعغفقكىةأإآءئؤ",
    "cp1254": "ışğüöçİâî",
    "cp1250": "ěčřůąęłśżáćńóźďéíňšťúýžöüőűäßâăîşţ",
}
_FREQUENT = {
    "big5": "的一是不了在有我他這請個們您好沒到無法",
    "gb18030": "的一是不了在有我他这请个们您好没到无法",
    "cp932": "のにはをたがでとしるれいてんまなすか",
    "euc_jp": "のにはをたがでとしるれいてんまなすか",
    "cp949": "이다는을가에니요하지고세습해의도로은",
}
_WESTERN_SIGNS = "“”„‘’‚–—…€£¥§°«»¡¿©®™·•½¼¾²³´ªº×±\xa0"
# German, French, Spanish and Catalan, Portuguese, Italian, Nordic, Icelandic, Finnish and Estonian.
_WESTERN_ALPHABETS = tuple(
    map(
        frozenset,
        ("äöüßéèà", "àâæçéèêëîïôœùûüÿ", "áéíñóúüàçèïò", "àáâãçéêíóôõúü", "àèéìíîòóù", "åäöæøéóêü",
         "áðéíóúýþæö", "äöåõüšž"),
    )
)  # fmt: skip
_INSIDE_WORDS = re.compile(r"[^\W\d_][“”„‚€£¥§°«»¡¿©®™½¼¾²³ªº±\xa0]+[^\W\d_]")
_RAISED_INSIDE = re.compile(r"[a-zà-ÿ][À-ÖØ-ÞŠŽŸŒ]")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name and how many bytes of mark to skip."""

    name: str
    skip: int = 0


def detect(source: Source) -> Encoding:
    """The file's encoding.

    Raises:
        ImportRefused: ``binary_file`` for what is no text, ``encoding_unknown`` where no codec is sure.
    """
    head = source.head
    if head.startswith(_BINARY_MAGIC) or head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _binary(source)
    for mark, name in _MARKS:
        if head.startswith(mark):
            if not _decodes(source, name, len(mark)):
                raise _unknown(source, f"starts with a {name} mark but is not {name} throughout")
            return Encoding(name, len(mark))
    if b"\0" in head:
        wide = _wide(head)
        if wide and _decodes(source, wide):
            return Encoding(wide)
    if _controls(head) > max(3, 0.02 * len(head)):
        raise _binary(source)
    if _decodes(source, "utf-8"):
        return Encoding("utf-8")
    return Encoding(_legacy(source))


def _decodes(source: Source, name: str, start: int = 0) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    with source.open(start) as stream:
        try:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _wide(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by where the NUL bytes of its ASCII characters stand; None for anything else."""
    length = len(head) - len(head) % 4
    if length:
        lanes = [head[i:length:4].count(0) / (length / 4) for i in range(4)]
        if min(lanes[1:]) > 0.5 and lanes[0] < 0.1:
            return "utf-32-le"
        if min(lanes[:3]) > 0.5 and lanes[3] < 0.1:
            return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.3 * len(head[1::2]) and even <= 0.05 * len(head):
        return "utf-16-le"
    if even > 0.3 * len(head[0::2]) and odd <= 0.05 * len(head):
        return "utf-16-be"
    return None


def _controls(head: bytes) -> int:
    """How many bytes no text holds; the unit separator may be a delimiter."""
    plain = b"\t\n\r\f\v\x1b\x1c\x1d\x1e\x1f"
    return len(re.findall(rb"[\x00-\x1f]", head.translate(None, plain)))


def _legacy(source: Source) -> str:
    sample, broken_utf8 = _beyond_ascii(source)
    if broken_utf8:
        raise _unknown(source, "is UTF-8 with damaged characters")
    if _is_western(sample):
        return "cp1252"
    scored = sorted(((_likeness(sample, name), name) for name in _LIKENESS), reverse=True)
    (best, name), (second, _) = scored[0], scored[1]
    if best < 0.85 or best - second < 0.1 or name not in _held_possible(sample):
        raise _unknown(source, "is not UTF-8, and its encoding cannot be told for sure")
    if not _decodes(source, name):
        raise _unknown(source, f"looks like {name} but is not throughout")
    return name


def _beyond_ascii(source: Source) -> tuple[bytes, bool]:
    """Up to 64 KiB of the lines that are not ASCII, and whether they are mostly good UTF-8."""
    lines: list[bytes] = []
    size = 0
    with source.open() as stream:
        while size < 65536 and (line := stream.readline(65536)):
            if not line.isascii():
                lines.append(line)
                size += len(line)
    sample = b"".join(lines)
    good = len(re.findall(rb"[\xc3-\xf4][\x80-\xbf]+", sample))
    decoded = sample.decode("utf-8", "replace")
    return sample, good > 4 and decoded.count("�") * 4 < sum(not c.isascii() for c in decoded)


def _is_western(sample: bytes) -> bool:
    """Windows-1252 whose letters beyond ASCII stand inside words of plain letters, as in Größe or café."""
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = [c for c in text if not c.isascii()]
    strange = sum(not (c.isalpha() or c in _WESTERN_SIGNS) for c in beyond)
    strange += len(_INSIDE_WORDS.findall(text)) + len(_RAISED_INSIDE.findall(text))
    strange += _of_no_western_language(text)
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    letters = sum(map(len, words))
    plain = sum(c.isascii() for word in words for c in word)
    return strange <= 0.02 * len(beyond) and plain >= 0.5 * letters


def _of_no_western_language(text: str) -> int:
    """How many words or letters no one Western language has: Czech, Hungarian and Turkish show in them."""
    words = [word.lower() for word in _WORD.findall(text) if not word.isascii()]
    accents = [frozenset(c for c in word if not c.isascii()) for word in words]
    mixed = sum(not any(own <= alphabet for alphabet in _WESTERN_ALPHABETS) for own in accents)
    letters = [c for own in accents for c in own]
    northern = sum(c in "ðþý" for c in letters)
    # Icelandic has as many of its vowels; without them, these letters are a Turkish ğ, ş and ı.
    turkish = northern if northern > 0.1 * len(letters) > 0.5 * sum(c in "áéíóúæ" for c in letters) else 0
    # Portuguese writes õ before e; elsewhere it is a Hungarian ő.
    return mixed + turkish + len(re.findall(r"õ(?!e)", text))


def _script(alphabet: str) -> Callable[[str], float]:
    """Share of the letters beyond ASCII that are this script's, in lower case as most of any text is,
    lowered where the nine most frequent ones make up less than the two fifths they do in every script."""
    everyday, frequent = set(alphabet), set(alphabet[:9])

    def likeness(text: str) -> float:
        beyond = [c for c in text if not c.isascii() and not c.isspace() and c not in _WESTERN_SIGNS]
        if len(beyond) < _EVIDENCE:
            return 0.0
        share = sum(c in everyday for c in beyond) / len(beyond)
        return share * min(1.0, sum(c in frequent for c in beyond) / len(beyond) / 0.4)

    return likeness


def _characters(
    name: str, codec: str, low: int, high: int, *ranges: tuple[str, str]
) -> Callable[[str], float]:
    """Share of everyday characters: those in ``ranges``, or in the first level of the codec's table;
    lowered where the language's most frequent ones make up less than a tenth."""
    frequent = set(_FREQUENT[name])

    def likeness(text: str) -> float:
        beyond = [c for c in text if not c.isascii()]
        if len(beyond) < _EVIDENCE // 2:
            return 0.0
        share = sum(any(a <= c <= b for a, b in ranges) or first_level(c) for c in beyond) / len(beyond)
        return share * min(1.0, sum(c in frequent for c in beyond) / len(beyond) / 0.1)

    def first_level(c: str) -> bool:
        try:
            return low <= c.encode(codec)[0] <= high
        except UnicodeEncodeError:
            return False

    return likeness


_KANA, _HANGUL, _WIDE_SIGNS = ("ぁ", "ヿ"), ("가", "힣"), (("、", "】"), ("！", "～"))
_LIKENESS: dict[str, Callable[[str], float]] = {
    **{name: _script(alphabet) for name, alphabet in _ALPHABETS.items()},
    "big5": _characters("big5", "big5", 0xA4, 0xC6, *_WIDE_SIGNS),
    "gb18030": _characters("gb18030", "gb2312", 0xB0, 0xD7, *_WIDE_SIGNS),
    "cp932": _characters("cp932", "shift_jis", 0x88, 0x97, _KANA, *_WIDE_SIGNS),
    "euc_jp": _characters("euc_jp", "shift_jis", 0x88, 0x97, _KANA, *_WIDE_SIGNS),
    "cp949": _characters("cp949", "euc_kr", 0xB0, 0xC8, _HANGUL, *_WIDE_SIGNS),
}
_SAME_FAMILY = {"euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp", "shift_jis_2004": "cp932",
                "shift_jis": "cp932", "big5hkscs": "big5", "gbk": "gb18030", "gb2312": "gb18030",
                "euc_kr": "cp949", "mac_cyrillic": "cp1251"}  # fmt: skip


def _likeness(sample: bytes, name: str) -> float:
    try:
        return _LIKENESS[name](sample.decode(name))
    except UnicodeDecodeError:
        # The sample may end inside a character; a file that does not decode fails its own check later.
        return 0.0


def _held_possible(sample: bytes) -> set[str]:
    return {_SAME_FAMILY.get(match.encoding, match.encoding) for match in from_bytes(sample)}


def open_text(source: Source, encoding: Encoding) -> BinaryIO:
    """The bytes after the mark."""
    return source.open(encoding.skip)


def _binary(source: Source) -> ImportRefused:
    return ImportRefused(
        f"{source.filename} is not a text file, whatever its name says.",
        code="binary_file",
        hint="Export the log as CSV, JSON or XLSX.",
    )


def _unknown(source: Source, why: str) -> ImportRefused:
    return ImportRefused(
        f"{source.filename} {why}.", code="encoding_unknown", hint="Save it as UTF-8 and import it again."
    )

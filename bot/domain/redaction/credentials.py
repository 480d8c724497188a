"""Keys, tokens and passwords: by vendors' published shapes, by the name before them, by randomness."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.domain.redaction.lexicon import holds, words
from bot.domain.redaction.model import Span

_B = r"(?<![A-Za-z0-9])"
_KNOWN = re.compile(
    rf"-----BEGIN [A-Z ]{{0,30}}(?:PRIVATE KEY|CERTIFICATE)(?: BLOCK)?-----"
    rf"|{_B}(?:sk|pk|rk)[-_](?:live|test|proj|ant|or|svcacct|admin)?[-_]?[A-Za-z0-9_-]{{16,}}"
    rf"|{_B}(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{{12,}}"
    rf"|{_B}(?:gh[pousr]_|github_pat_|glpat-|gldt-|glrt-|npm_|pypi-|hf_|shp(?:at|ca|pa|ss)_|dop_v1_|lin_api_|figd_"
    rf"|sq0[a-z]{{3}}-|whsec_|rubygems_|dckr_pat_|nvapi-|r8_|gsk_|xai-|pat-|phc_|sntrys_|eyJ)[A-Za-z0-9_.=-]{{10,}}"
    rf"|{_B}(?:xox[a-z]|xapp|xwfp)-[A-Za-z0-9-]{{10,}}"
    rf"|{_B}ya29\.[A-Za-z0-9_-]{{10,}}|{_B}1//0[A-Za-z0-9_-]{{20,}}|{_B}AIza[A-Za-z0-9_-]{{20,}}"
    rf"|{_B}SG\.[A-Za-z0-9_-]{{10,}}\.[A-Za-z0-9_-]{{10,}}"
    rf"|{_B}\d{{8,10}}:AA[A-Za-z0-9_-]{{30,}}"
    rf"|https?://hooks\.slack\.com/(?:services|workflows|triggers)/[\w/-]+"
    rf"|https?://(?:\w+\.)?discord(?:app)?\.com/api/webhooks/[\w/-]+"
    rf"|https?://[\w.-]+\.webhook\.office\.com/[\w/@-]+"
    rf"|{_B}[a-z][a-z0-9+]{{2,14}}://[^\s/:@]{{0,80}}:[^\s/@]{{1,120}}@[^\s<>\"']+",
    re.IGNORECASE,
)
_BLOCK_END = re.compile(r"-----END [A-Z ]{0,40}-----", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:(?<![A-Za-z])(?:pass(?:word|wd|phrase|code)|pwd|passwd|pass|pw|pin|otp|cvv2?|cvc2?"
    r"|secret|token|credentials?"
    r"|api[ _-]?key|auth[ _-]?key|access[ _-]?key|private[ _-]?key"
    r"|client[ _-]?secret|secret[ _-]?key|bearer|basic"
    r"|passwort|kennwort|mot de passe|contrase[nñ]a|senha|hasło|lösenord|wachtwoord|apikey|authorization"
    r"|recovery (?:code|phrase|key)|security code|verification code|one[- ]time (?:code|password))"
    r"|(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_]{0,40}"
    r"_(?:key|keys|token|secret|password|passwd|pwd|pass|dsn|credential|url|uri|key_id|pat)"
    r"(?![A-Za-z]))"
    r"(?P<between>[\"'`]?(?:\s{0,2}(?:=>|:=|=|:)\s{0,2}|\s+(?:is|was|ist|est|es|är|to|still)\s*:?\s+|\s+)"
    r"(?:bearer\s|basic\s)?)[\"'`(<]?"
    r"(?P<value>[^\s\"'`<>()\[\]]{3,})",
    re.IGNORECASE,
)
_LONG = re.compile(r"[\w+/-]{24}")
_MARKS = words(
    """
    -----begin sk- sk_ pk- pk_ rk- rk_ akia asia aroa aida abia acca ghp_ gho_ ghu_ ghs_ ghr_
    github_pat_ glpat- gldt- glrt- npm_ pypi- hf_ shpat_ shpca_ shppa_ shpss_ dop_v1_ lin_api_ figd_ sq0
    whsec_ rubygems_ dckr_pat_ nvapi- r8_ gsk_ xai- pat- phc_ sntrys_ eyj xox xapp- xwfp- ya29. 1//0
    aiza sg. :// :aa
    """
)
"""Each vendor's key holds one of these: a look for them costs far less than the pattern."""
NAMES = words(
    """
    pass pwd pw pin otp cvv cvc secret token credential key bearer basic auth kennwort contrase senha
    hasło lösenord wachtwoord recovery code _dsn _url _uri _pat
    """
)
"""Each name that _NAMED knows holds one of these."""
_SHORT_NAMES = ("pin", "otp", "cvv", "cvc", "code")
_TRAILING = ".,;:!?"
_RANDOM = re.compile(r"(?<![\w/+.-])(?=[A-Za-z0-9_+/-]{0,80}\d)[A-Za-z0-9_+/-]{24,}={0,2}(?![\w/+-])")
_HEX = re.compile(r"[0-9a-fA-F-]+")
_TWILIO = re.compile(r"(?:AC|SK)[0-9a-fA-F]{32}")


def find_secrets(text: str) -> Iterator[Span]:
    """Credentials in folded text. Values count as secret when named so and no dictionary word."""
    lower = text.lower()
    if holds(lower, _MARKS):
        yield from _known(text)
    if _LONG.search(text):
        yield from _random_tokens(text)
    if holds(lower, NAMES):
        yield from _named(text)


def _known(text: str) -> Iterator[Span]:
    end = 0
    for match in _KNOWN.finditer(text):
        if match.start() >= end:  # inside a key block nothing else counts
            end = _block_end(text, match)
            yield Span("SECRET", match.start(), end)


def _random_tokens(text: str) -> Iterator[Span]:
    for match in _RANDOM.finditer(text):
        if _random(match.group()):
            yield Span("SECRET", match.start(), match.end())


def _named(text: str) -> Iterator[Span]:
    for match in _NAMED.finditer(text):
        value = match["value"].rstrip(",;:" if _symbolic(match["between"]) else _TRAILING)
        value = value.rstrip(".") if not value.rstrip(".").endswith("!") else value.rstrip(".,")
        if _secret_value(value, match["between"], match.group().lower()):
            yield Span("SECRET", match.start("value"), match.start("value") + len(value))


def _block_end(text: str, match: re.Match[str]) -> int:
    """End of a key block, or of the text where the block was cut off: failing closed."""
    if not match.group().startswith("-----"):
        return match.start() + len(match.group().rstrip(_TRAILING))
    end = _BLOCK_END.search(text, match.end())
    return end.end() if end else len(text.rstrip())


def _symbolic(between: str) -> bool:
    return "=" in between or ":" in between


def _secret_value(value: str, between: str, name: str) -> bool:
    """No word of a dictionary; bare digits only where they are set off, or follow PIN, OTP and the like."""
    digits = any(map(str.isdigit, value))
    if len(value) < 3 or value.isdigit():
        set_off = (
            _symbolic(between) or " is" in between.lower() or any(short in name for short in _SHORT_NAMES)
        )
        return digits and set_off and len(value) <= 8
    signs = any(not char.isalnum() and char not in "-'./_" for char in value)
    mixed = any(a.islower() and b.isupper() for a, b in pairwise(value))
    if value.lower().startswith(("http:", "https:")):
        return False
    if "=" in between:
        return digits or signs or len(value) >= 8
    strong = (digits and any(map(str.isalpha, value))) or (signs and len(value) >= 6)
    return (strong or (mixed and len(value) >= 8)) and len(value) >= 5


def _random(token: str) -> bool:
    """Long, with upper, lower and digits mixed through; hashes and UUIDs alone are not secret."""
    if _TWILIO.fullmatch(token):
        return True
    if _HEX.fullmatch(token) or token.startswith("//") or token.count("/") > 5:
        return False
    upper, lower = sum(map(str.isupper, token)), sum(map(str.islower, token))
    digits = sum(map(str.isdigit, token))
    return min(upper, lower) >= 3 and digits >= (4 if "/" in token else 2)

"""IP addresses and links that carry a token, a signature or a person."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv6Address
from itertools import pairwise

from bot.domain.redaction.model import Span

_POINT = r"(?:\.|\[\.\]|\(\.\)|\{\.\}|\[dot\]|\(dot\))"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_IPV4 = re.compile(rf"(?<![\w.])(?:{_OCTET}{_POINT}){{3}}{_OCTET}(?!\w|\.\d|\[\.)")
_IPV6 = re.compile(
    r"(?<![\w:.])(?:[0-9a-fA-F]{0,4}:){2,7}(?:[0-9a-fA-F]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])"
)
_NOBODY = frozenset({"127.0.0.1", "0.0.0.0", "255.255.255.255", "255.255.255.0", "255.255.0.0", "255.0.0.0"})  # noqa: S104 - compared, never bound
_VERSION = re.compile(
    r"(?:version|\bver\.?|\bv|release|build|firmware|driver|windows|chrome|safari|firefox|edge"
    r"|upgraded? to|section|chapter)[\s:=/]*$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:\b[a-z][a-z0-9+]{1,14}://|\bwww\.)[^\s<>\"'`\\|{}^\[\]]+|(?<![\w@/])[\w-]+(?:\.[\w-]+)+/[^\s<>\"'`]*[?&=][^\s<>\"'`]*",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)'\"*_"
_PARAMETER = re.compile(
    r"[?&#;](?:[\w.-]*(?:token|sig|signature|secret|passw|pwd|auth|session|jwt|hash|otp|credential|api_?key|apikey)"
    r"[\w.-]*|key|code|e?mail|user(?:_?(?:id|name))?|uid|sid|u|t|k|s|id|invite|ticket|state|nonce|phone|cid|account)=([^&#\s]{4,})",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(
    r"https?://(?:hooks\.slack\.com|(?:\w+\.)?discord(?:app)?\.com/api|[\w.-]+\.webhook\.office\.com)/"
    r"|(?!https?:|ftp:)[a-z0-9+]+://[^\s/:@]*:[^\s/@]+@",
    re.IGNORECASE,
)
"""Links that are a credential as a whole; credentials.py reports them."""
_ACTION = re.compile(
    r"/(?:magic|reset|verify|confirm|invit|unsubscribe|activate|login|share|download|signed|join|sso|recover)[\w-]*/"
    r"[^/?#\s]{8,}",
    re.IGNORECASE,
)
_OPAQUE = re.compile(r"[/=]([A-Za-z0-9_-]{16,}(?:\.[A-Za-z0-9_-]{6,})*)(?=[/?&#.]|$)")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


def find_addresses(text: str) -> Iterator[Span]:
    """IPv4, also defanged, and IPv6 addresses; version numbers are none."""
    if text.count(".") >= 3:
        for match in _IPV4.finditer(text):
            if match.group() not in _NOBODY and not _VERSION.search(
                text[max(0, match.start() - 20) : match.start()]
            ):
                yield Span("IP", match.start(), match.end())
    if text.count(":") >= 2:
        for match in _IPV6.finditer(text):
            if _is_ipv6(match.group()):
                yield Span("IP", match.start(), match.end())


def find_links(text: str) -> Iterator[Span]:
    """Links worth hiding whole; plain links stay, they tell what a ticket is about."""
    if "://" not in text and "www." not in text.lower() and "/" not in text:
        return
    for match in _LINK.finditer(text):
        link = match.group().rstrip(_TRAILING)
        if carries_token(link) and not _CREDENTIAL.match(link):
            yield Span("URL_TOKEN", match.start(), match.start() + len(link))


def carries_token(link: str) -> bool:
    """Credentials, a telling parameter, a one-time action, or a path piece nobody types by hand."""
    rest = link.split("://", 1)[-1]
    host, _, path = rest.partition("/")
    if "@" in host:
        return True
    path = "/" + path
    if _PARAMETER.search(rest) or _ACTION.search(path) or _UUID.search(rest):
        return True
    return any(_random(match.group(1)) for match in _OPAQUE.finditer(path))


def _random(piece: str) -> bool:
    """Letters and digits interleaved, unlike a slug of words, a date or a plain number."""
    switches = sum(a.isdigit() != b.isdigit() for a, b in pairwise(piece))
    cased = sum(a.islower() and b.isupper() for a, b in pairwise(piece))
    words = piece.count("-") + piece.count("_")
    return switches + cased >= 4 and switches + cased > 2 * words


def _is_ipv6(text: str) -> bool:
    if text in {"::", "::1"} or sum(char.isalnum() for char in text) < 4 or not any(map(str.isdigit, text)):
        return False
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True

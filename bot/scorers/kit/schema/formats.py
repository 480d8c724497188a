"""The formats of ajv-formats 3: what a text of each must look like."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.scorers.kit.js import SPACES
from bot.scorers.kit.patterns import BadPattern, compiles
from bot.scorers.kit.schema.values import is_integer


@dataclass(frozen=True, slots=True)
class Format:
    """``fits`` is asked about values of one kind, "string" or "number"; others fit anyway."""

    fits: Callable[[Any], bool]
    kind: str = "string"


def _like(pattern: str, flags: int = re.IGNORECASE) -> Format:
    return Format(lambda text: re.fullmatch(pattern, text, flags | re.ASCII) is not None)


_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)(z|([+-])(\d\d)(?::?(\d\d))?)?", re.ASCII | re.IGNORECASE)
_BETWEEN = re.compile(f"[tT{SPACES}]")


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if not match:
        return False
    year, month, day = map(int, match.groups())
    try:
        date(year or 4, month, day)  # year 0, which Python lacks, is a leap year as 4 is
    except ValueError:
        return False
    return True


def _is_time(text: str, zone_needed: bool = True) -> bool:
    match = _TIME.fullmatch(text)
    if not match or (zone_needed and not match[4]):
        return False
    hour, minute, second = int(match[1]), int(match[2]), float(match[3])
    sign = -1 if match[5] == "-" else 1
    zone_hour, zone_minute = int(match[6] or 0), int(match[7] or 0)
    if zone_hour > 23 or zone_minute > 59:
        return False
    if hour <= 23 and minute <= 59 and second < 60:
        return True
    minute -= zone_minute * sign  # a leap second, which is at 23:59 UTC alone
    hour -= zone_hour * sign + (minute < 0)
    return hour in (23, -1) and minute in (59, -1) and second < 61


def _is_date_time(text: str, zone_needed: bool = True) -> bool:
    parts = _BETWEEN.split(text)
    return len(parts) == 2 and _is_date(parts[0]) and _is_time(parts[1], zone_needed)


def _is_ip(text: str, version: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> bool:
    try:
        version(text)
    except ValueError:
        return False
    return text.isascii() and "%" not in text


def _is_regex(text: str) -> bool:
    if re.search(r"[^\\]\\Z", text):
        return False
    try:
        compiles(text)
    except BadPattern:
        return False
    return True


def _is_hostname(text: str) -> bool:
    return len(text.removesuffix(".")) <= 253 and _HOSTNAME.fullmatch(text) is not None


_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOSTNAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.ASCII | re.IGNORECASE)
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_WORD = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"

_ESCAPED = "%[0-9a-f]{2}"
_V4 = r"(?:(?:25[0-5]|2[0-4]\d|[01]?\d\d?)\.){3}(?:25[0-5]|2[0-4]\d|[01]?\d\d?)"
_H = "[0-9a-f]{1,4}"
_LAST = f"(?:{_H}:{_H}|{_V4})"
_V6 = "|".join(
    (
        f"(?:{_H}:){{6}}{_LAST}",
        f"::(?:{_H}:){{5}}{_LAST}",
        f"(?:{_H})?::(?:{_H}:){{4}}{_LAST}",
        *(f"(?:(?:{_H}:){{0,{n}}}{_H})?::(?:{_H}:){{{4 - n}}}{_LAST}" for n in range(1, 5)),
        f"(?:(?:{_H}:){{0,5}}{_H})?::{_H}",
        f"(?:(?:{_H}:){{0,6}}{_H})?::",
    )
)
_SCHEME = r"[a-z][a-z0-9+\-.]*:"


def _uri_pattern(scheme: str, path: str, extra: str) -> str:
    """RFC 3986; ``extra`` signs are let pass."""
    plain = r"a-z0-9\-._~!$&'()*+,;="
    sign = rf"(?:[{plain}{extra}:@]|{_ESCAPED})"
    host = rf"\[(?:{_V6}|v[0-9a-f]+\.[{plain}:]+)\]|{_V4}|(?:[{plain}{extra}]|{_ESCAPED})*"
    authority = rf"/?/(?:(?:[{plain}:]|{_ESCAPED})*@)?(?:{host})(?::\d*)?(?:/{sign}*)*"
    paths = rf"(?:{authority}|/(?:{sign}+(?:/{sign}*)*)?|{sign}+(?:/{sign}*)*){path}"
    rest = rf"(?:[{plain}{extra}:@/?]|{_ESCAPED})*"
    return rf"{scheme}{paths}(?:\?{rest})?(?:#{rest})?"


_URI = re.compile(_uri_pattern(_SCHEME, "", ""), re.ASCII | re.IGNORECASE)

# Diego Perini's pattern of addresses on the web
_SOLID = f"[^{SPACES}]"
_WIDE = "a-z0-9\u00a1-\uffff"
_NOT_PRIVATE = (
    r"(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})"
    r"(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})"
)
_IP = (
    r"(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}"
    r"\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])"
)
_SITE = rf"(?:[{_WIDE}]+-)*[{_WIDE}]+"
_URL = (
    rf"(?:https?|ftp)://(?:{_SOLID}+(?::{_SOLID}*)?@)?"
    rf"(?:{_NOT_PRIVATE}{_IP}|{_SITE}(?:\.{_SITE})*\.[a-z\u00a1-\uffff]{{2,}})(?::\d{{2,5}})?(?:/{_SOLID}*)?"
)

_VARIABLE = rf"(?:[a-z0-9_]|{_ESCAPED})+(?::[1-9][0-9]{{0,3}}|\*)?"
_URI_TEMPLATE = (
    rf"(?:(?:[^\x00-\x20\"'<>%\\^`{{|}}]|{_ESCAPED})|\{{[+#./;?&=,!@|]?{_VARIABLE}(?:,{_VARIABLE})*\}})*"
)
_POINTER = r"(?:/(?:[^~/]|~0|~1)*)*"
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def _is_uri(text: str) -> bool:
    return ("/" in text or ":" in text) and _URI.fullmatch(text) is not None


def _is_base64(text: str) -> bool:
    """Any line will do, also an empty one."""
    return any(_BASE64.fullmatch(line) for line in re.split("[\n\r\u2028\u2029]", text))


def _anything(_: Any) -> bool:
    return True


FORMATS: dict[str, Format] = {
    "date": Format(_is_date),
    "time": Format(_is_time),
    "date-time": Format(_is_date_time),
    "iso-time": Format(lambda text: _is_time(text, zone_needed=False)),
    "iso-date-time": Format(lambda text: _is_date_time(text, zone_needed=False)),
    "duration": _like(r"P(?!\Z)((\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?|(\d+W)?)", re.ASCII),
    "uri": Format(_is_uri),
    "uri-reference": _like(_uri_pattern(f"(?:{_SCHEME})?", "?", '"')),
    "uri-template": _like(_URI_TEMPLATE),
    "url": _like(_URL),
    "email": _like(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_WORD}\.)+{_WORD}"),
    "hostname": Format(_is_hostname),
    "ipv4": Format(lambda text: _is_ip(text, ipaddress.IPv4Address)),
    "ipv6": Format(lambda text: _is_ip(text, ipaddress.IPv6Address)),
    "regex": Format(_is_regex),
    "uuid": _like(r"(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"),
    "json-pointer": _like(_POINTER),
    "json-pointer-uri-fragment": _like(rf"#(?:/(?:[a-z0-9_\-.!$&'()*+,;:=@]|{_ESCAPED}|~0|~1)*)*"),
    "relative-json-pointer": _like(rf"(?:0|[1-9][0-9]*)(?:#|{_POINTER})"),
    "byte": Format(_is_base64),
    "int32": Format(lambda number: is_integer(number) and -(2**31) <= number < 2**31, "number"),
    "int64": Format(is_integer, "number"),
    "float": Format(_anything, "number"),
    "double": Format(_anything, "number"),
    "password": Format(_anything),
    "binary": Format(_anything),
}

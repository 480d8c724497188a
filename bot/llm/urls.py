"""Which base URLs a model may be called at."""

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from bot.errors import SettingsError

_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+))*\.?", re.IGNORECASE)
_LOCAL_NAME = re.compile(r"[^.]+|.+\.(?:local|internal|localhost)")
_METADATA = {ipaddress.ip_address("fd00:ec2::254"), ipaddress.ip_address("100.100.100.200")}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def check_base_url(url: str, allowed: Sequence[str]) -> str:
    """The URL in its plain form, if the settings name it.

    Only what ``allowed`` names may be called, private and loopback addresses included. Plain http is for
    one's own network only; link-local and metadata addresses are refused even when named. Redirects are
    never followed (the adapters see to that), so the host named is the host spoken to.

    Raises:
        SettingsError: says what is wrong with the URL.
    """
    parts = _split(url)
    address = _address(parts)
    if address is not None and (address.is_link_local or address in _METADATA or address.is_multicast):
        raise _refused(url, "names a link-local or metadata address, which no model server has")
    if parts.scheme == "http" and not _own_network(parts.hostname or "", address):
        raise _refused(url, "uses http outside of one's own network; use https")
    plain = _plain(parts)
    if plain not in {_plain(_split(each)) for each in allowed}:
        raise SettingsError(
            f"The base URL {plain} is not allowed.",
            hint="Name it in PLUMB_ALLOWED_BASE_URLS if you trust it.",
        )
    return plain


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        raise _refused(url, "is malformed") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise _refused(url, "does not start with https:// and a host")
    if parts.username is not None or parts.password is not None:
        raise _refused("(with credentials)", "holds a user name or password; keys have settings of their own")
    if parts.query or parts.fragment or re.search(r"[\s\\]", url.strip()):
        raise _refused(url, "holds more than scheme, host, port and path")
    return parts


def _address(parts: SplitResult) -> Address | None:
    """The IP address where the host is one, an IPv4 address within IPv6 taken out."""
    host = parts.hostname or ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        if _NUMERIC.fullmatch(host):
            raise _refused(parts.geturl(), "writes its address in an unusual way") from None
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _own_network(host: str, address: Address | None) -> bool:
    return bool(_LOCAL_NAME.fullmatch(host)) if address is None else address.is_private


def _plain(parts: SplitResult) -> str:
    default = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"


def _refused(url: str, why: str) -> SettingsError:
    return SettingsError(f"The base URL {url[:200]} {why}.", hint="See PLUMB_ALLOWED_BASE_URLS.")

"""Numbers of orders, tickets, bookings, invoices, parcels, accounts: by shape, or by the word before them."""

import re
from collections.abc import Iterator

from bot.domain.redaction.model import Span

_SHAPE = re.compile(
    r"(?<![\w-])(?:"
    r"(?:ord|order|so|po|inv|invoice|rma|tkt|ticket|case|ref|bkg?|booking|inc|req|trk|trx|txn|shp|ship|ret|rf|cn|qt"
    r"|quote|sub|cust|acct|pnr|res|rsv|wo|sr|cs|cr|del|pkg|pay|claim|pol|conf)[-_#]?(?:20\d\d[-_/]?)?\d{4,}(?:-\d+)?"
    r"|\d{3}-\d{7}-\d{7}"  # Amazon
    r"|1Z[0-9A-Z]{14,18}"  # UPS
    r")(?![\w-])",
    re.IGNORECASE,
)
_HASH = re.compile(r"(?<![\w&/#])#\s?\d{4,14}(?:-\d+)*(?![\w])")
_NAMED = re.compile(
    r"(?<![A-Za-z])(?:order|purchase|ticket|booking|reservation|invoice|case|reference|ref|tracking|confirmation|shipment"
    r"|parcel|package|transaction|claim|policy|account|acct|customer|member(?:ship)?|passport|receipt|refund"
    r"|commande|facture|r[ée]servation|colis|bestellung|bestellnummer|rechnung|rechnungsnummer|auftrag|sendung|buchung"
    r"|vorgang|kundennummer|pedido|factura|reserva|ordine|fattura|prenotazione|encomenda|fatura|zam[oó]wieni[ea]|bestelling|ordre)"
    r"(?P<label>(?:\s?(?:number|num|no\.?|nr\.?|nummer|id|code|ref(?:erence)?|n[°º]|num[ée]ro|n[úu]mero))?\s?(?:[:#=]|is|was|ist|est)?\s?#?\s?)"
    r"(?P<value>(?=[A-Za-z0-9/-]{0,24}\d)[A-Za-z0-9]+(?:[-/][A-Za-z0-9]+){0,4})(?![\w@])",
    re.IGNORECASE,
)
_GATE = re.compile(r"(?:\d[A-Za-z/-]{0,6}){3}|1[zZ][0-9A-Za-z]")
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_orders(text: str) -> Iterator[Span]:
    """Order-like numbers of folded text, the leading ``#`` included."""
    if not _GATE.search(text):
        return
    for pattern in (_SHAPE, _HASH):
        for match in pattern.finditer(text):
            yield Span("ORDER_ID", match.start(), match.end())
    for match in _NAMED.finditer(text):
        if _is_number(match["value"], match["label"].strip()):
            yield Span("ORDER_ID", match.start("value"), match.end("value"))


def _is_number(value: str, label: str) -> bool:
    """Five digits, or four where the words say "number"; a year, a date or a short count is none."""
    digits = sum(map(str.isdigit, value))
    if _YEAR.fullmatch(value) and not label:
        return False
    if value.isdigit():
        return digits >= (4 if label else 5)
    if "/" in value or (
        value[0].isdigit() and value.lstrip("0123456789").lower() in {"th", "st", "nd", "rd", "k"}
    ):
        return digits >= 6 and "/" not in value
    return digits >= 3 and len(value) >= 5

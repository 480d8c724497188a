"""Who writes: a role shown by the tickets' own words, else by the theme's subject."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.drafting.kinds import FAMILIES, Kind


class Role(NamedTuple):
    """``one`` follows "As a"; ``many`` is its plural."""

    one: str
    many: str


_BY_KIND = {
    "credit report": "consumer with an entry in a credit file",
    "credit inquiry": "consumer with an entry in a credit file",
    "identity theft": "victim of identity theft",
    "debt collection": "consumer contacted by a collector",
    "mortgage": "mortgage borrower",
    "loan": "borrower",
    "pay": "employee",
    "time off": "employee",
    "retirement plan": "employee",
    "tax form": "taxpayer",
    "direct deposit": "employee",
    "insurance claim": "policyholder",
    "insurance policy": "policyholder",
    "device repair": "policyholder",
    "internet service": "subscriber",
    "plan change": "subscriber",
    "new service": "household choosing a provider",
    "newsletter": "newsletter reader",
    "expense claim": "employee on business trips",
    "server status": "administrator",
    "software update": "software user",
    "software fault": "software user",
    "integration": "developer",
    "licence": "workspace administrator",
    "export": "software user",
    "oil change": "driver",
    "tires": "driver",
    "fuel": "driver",
    "car service": "driver",
    "recipe": "home cook",
    "cooking time": "home cook",
    "food safety": "home cook",
    "ingredients": "home cook",
    "nutrition": "person watching their diet",
    "meal idea": "person choosing a meal",
    "restaurant booking": "diner",
    "restaurant": "diner",
    "food order": "diner",
    "calendar": "office worker",
    "credit score": "borrower",
    "sign-up": "new customer",
    "review": "buyer",
    "order placing": "buyer",
    "order status": "buyer",
    "order change": "buyer",
    "order cancellation": "buyer",
    "delivery": "buyer",
    "shipping address": "buyer",
    "invoice": "customer with an invoice",
    "human agent": "customer",
    "account type": "account holder",
    "payment method": "buyer",
    "payment trouble": "paying customer",
    "cancellation fee": "customer under contract",
    "complaint": "customer",
    "return policy": "buyer",
    "credit limit": "cardholder",
    "rewards": "cardholder",
    "lost or stolen": "cardholder",
    "ride": "passenger",
    "lock date": "subscriber",
    "skip": "subscriber",
    "pause": "subscriber",
    "subscription cancellation": "subscriber",
    "pairing": "device owner",
    "light schedule": "device owner",
    "device danger": "device owner",
    "noise": "device owner",
    "app fault": "app user",
    "in another language": "customer",
}
_SAID = (
    ("traveller", r"\b(?:flights?|airline|luggage|boarding pass|hotel|passport|airport|seat assignment)\b"),
    (
        "administrator",
        (
            r"\b(?:workspace|admin console|our (?:team|users|employees|organi[sz]ation)"
            r"|seats? (?:for|on) our)\b"
        ),
    ),
    ("developer", r"\b(?:api|webhook|sdk|endpoint|oauth)\b"),
    ("policyholder", r"\b(?:my (?:insurance|policy)|proof of insurance|claim number)\b"),
    ("employee", r"\b(?:pto|my (?:boss|manager|employer)|payroll|time off)\b"),
)
_BY_FAMILY = {
    "cards": "cardholder",
    "money": "bank customer",
    "credit": "account holder",
    "shop": "buyer",
    "services": "customer",
    "travel": "traveller",
    "household": "person asking an assistant",
    "assistant": "person speaking to an assistant",
    "answers": "customer",
    "boxes": "customer",
    "devices": "customer",
}
_BANK_ROLES = frozenset(("bank customer", "cardholder"))
_QUALIFIED = {
    "elapsed": "who has waited",
    "abroad": "away from home",
    "for another": "asking for somebody else",
}
_AFTER_HEAD = frozenset(
    ("with", "contacted", "of", "under", "watching", "on", "speaking", "asking", "choosing")
)
_ENOUGH = 0.4


def role_of(kind: Kind, needs: Sequence[str], conditions: dict[str, float], *, bank: bool = True) -> Role:
    """The role of a theme's writers; ``conditions`` are shares of tickets by condition key.

    ``bank``: the log shows a bank's tickets. Without that nobody is called a bank's customer.
    """
    for name, pattern in _SAID:
        if sum(bool(re.search(pattern, need, re.IGNORECASE)) for need in needs) >= _ENOUGH * len(needs):
            return _role(name)
    name = _BY_KIND.get(kind.key) or _family(kind)
    if not bank and name in _BANK_ROLES:
        name = "customer"
    for key, words in _QUALIFIED.items():
        if conditions.get(key, 0.0) >= _ENOUGH and " " not in name:
            return _role(name, words)
    return _role(name)


def _role(name: str, qualifier: str = "") -> Role:
    head, _, rest = name.partition(" ")
    split = rest.split(" ")[0] in _AFTER_HEAD
    many = f"{_many(head)} {rest}" if split else (f"{head} {_many(rest)}" if rest else _many(head))
    tail = f" {qualifier}" if qualifier else ""
    return Role(f"{name}{tail}", f"{many}{tail.replace('who has', 'who have')}")


def _many(noun: str) -> str:
    return {"person": "people"}.get(noun, noun + "s")


def _family(kind: Kind) -> str:
    for family, members in FAMILIES.items():
        if any(member.key == kind.key for member in members):
            return _BY_FAMILY[family]
    return "customer"

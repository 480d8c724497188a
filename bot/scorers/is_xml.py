"""is-xml and contains-xml: XML, whole or within the text, that may have to hold certain elements."""

from typing import Any

from bot.domain.jsvalues import to_text
from bot.domain.scoring import Assertion, Output, Score
from bot.errors import Unsupported
from bot.scorers.kit.js import SPACES, text_of
from bot.scorers.kit.schema.checking import INHERITED
from bot.scorers.kit.xml_objects import load_xml
from bot.scorers.kit.xml_pieces import Piece, pieces
from bot.scorers.kit.xml_text import XmlInvalid, check_document
from bot.scorers.scorer import AssertionInvalid, Scorer, yes_or_no
from bot.scorers.tools import Tools


def is_xml(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The output is one well-formed document, with every element that is asked for by its path."""
    paths, text = _paths(assertion), text_of(output.value)
    try:
        check_document(text)
        met = _holds(load_xml(text), paths)
    except XmlInvalid as problem:
        return yes_or_no(False, assertion, f"be XML: {problem}")
    return yes_or_no(met, assertion, f"be XML with {', '.join(paths) or 'any element'}")


def contains_xml(assertion: Assertion, output: Output, _: Tools) -> Score:
    """Some piece of XML within the text holds every element that is asked for."""
    paths, text = _paths(assertion), text_of(output.value)
    refused: list[Piece] = []
    met = False
    for piece in pieces(text):
        if any(piece.start >= outer.start and piece.end <= outer.end for outer in refused):
            continue
        try:
            met = _holds(load_xml(text[piece.start : piece.end]), paths)
        except XmlInvalid:
            continue
        if met:
            break
        refused.append(piece)
    return yes_or_no(met, assertion, f"contain XML with {', '.join(paths) or 'any element'}")


def _paths(assertion: Assertion) -> list[str]:
    """Dotted paths: text between commas, a list, or ``{requiredElements: […]}``."""
    value = assertion.value
    if isinstance(value, str):
        return [path.strip(SPACES) for path in value.split(",")]
    if isinstance(value, dict) and value:
        value = value.get("requiredElements")
        if not isinstance(value, list):
            raise AssertionInvalid("The value for XML must be a text, a list, or left out")
    return [to_text(path) for path in value] if isinstance(value, list) else []


def _holds(found: dict[str, Any], paths: list[str]) -> bool:
    return all(_reaches(found, path.split(".")) for path in paths)


def _reaches(value: Any, path: list[str]) -> bool:
    for key in path:
        if isinstance(value, list):
            if not key.isascii() or not key.isdecimal() or str(int(key)) != key or int(key) >= len(value):
                return False
            value = value[int(key)]
        elif isinstance(value, dict):
            if key in INHERITED and key not in value:
                raise Unsupported(f'An XML element named "{key}" is not supported.')
            if key not in value:
                return False
            value = value[key]
        else:
            return False
    return True


SCORERS = (Scorer(types=("is-xml",), grade=is_xml), Scorer(types=("contains-xml",), grade=contains_xml))

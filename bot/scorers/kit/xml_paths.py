"""Whether XML holds the elements of dotted paths, such as "order.item.0.@_id"."""

from typing import Any

from bot.errors import Unsupported
from bot.scorers.kit.schema.values import INHERITED
from bot.scorers.kit.xml_objects import load_xml
from bot.scorers.kit.xml_pieces import Piece, pieces
from bot.scorers.kit.xml_text import XmlInvalid, check_document

__all__ = ["XmlInvalid", "document_holds", "some_piece_holds"]


def document_holds(text: str, paths: list[str]) -> bool:
    """Raises XmlInvalid for what is no well-formed document."""
    check_document(text)
    return _holds(load_xml(text), paths)


def some_piece_holds(text: str, paths: list[str]) -> bool:
    """Whether one element, or one row of neighbours, holds them all."""
    refused: list[Piece] = []
    for piece in pieces(text):
        if any(piece.start >= outer.start and piece.end <= outer.end for outer in refused):
            continue
        try:
            if _holds(load_xml(text[piece.start : piece.end]), paths):
                return True
        except XmlInvalid:
            continue
        refused.append(piece)
    return False


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

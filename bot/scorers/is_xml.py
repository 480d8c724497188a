"""is-xml and contains-xml: XML, whole or within the text, that may have to hold certain elements."""

from bot.domain.jsvalues import to_text
from bot.domain.scoring import Assertion, Output, Score
from bot.scorers.kit.js import SPACES, text_of
from bot.scorers.scorer import AssertionInvalid, Scorer, yes_or_no
from bot.scorers.tools import Tools


def is_xml(assertion: Assertion, output: Output, _: Tools) -> Score:
    """The output is one well-formed document, with every element that is asked for by its path."""
    paths = _paths(assertion)
    from bot.scorers.kit.xml_paths import XmlInvalid, document_holds

    try:
        met = document_holds(text_of(output.value), paths)
    except XmlInvalid as problem:
        return yes_or_no(False, assertion, f"be XML: {problem}")
    return yes_or_no(met, assertion, f"be XML with {', '.join(paths) or 'any element'}")


def contains_xml(assertion: Assertion, output: Output, _: Tools) -> Score:
    """Some piece of XML within the text holds every element that is asked for."""
    paths = _paths(assertion)
    from bot.scorers.kit.xml_paths import some_piece_holds

    met = some_piece_holds(text_of(output.value), paths)
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


SCORERS = (Scorer(types=("is-xml",), grade=is_xml), Scorer(types=("contains-xml",), grade=contains_xml))

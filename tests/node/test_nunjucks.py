"""Templates against Nunjucks itself: what we render, it renders; what it refuses, we refuse."""

import json
from typing import Any

import pytest

from bot.domain.nunjucks import render
from bot.errors import InputError, Unsupported
from tests.node.packages import NODE, call
from tests.node.templates import VALUES, templates

RANDOM = 1200


def ours(template: str) -> dict[str, str]:
    try:
        return {"text": render(template, VALUES)}
    except Unsupported as error:
        return {"unsupported": error.message}
    except InputError as error:
        return {"error": error.message}


@pytest.mark.usefixtures("packages")
def test_a_template_gives_what_nunjucks_gives_or_says_that_it_is_not_supported() -> None:
    given = templates(RANDOM)
    rows = json.dumps([{"template": template, "values": VALUES} for template in given])
    theirs: list[dict[str, Any]] = json.loads(call(NODE, "nunjucks.mjs", given=rows))
    found = [(template, ours(template), theirs_) for template, theirs_ in zip(given, theirs, strict=True)]
    unlike = [
        (template, mine, other)
        for template, mine, other in found
        if "unsupported" not in mine and mine.get("text") != other.get("text")
    ]
    assert not unlike, f"{len(unlike)} of {len(given)}, first {unlike[:3]}"
    rendered = [mine for _, mine, other in found if "text" in other]
    unsupported = [mine for mine in rendered if "unsupported" in mine]
    assert len(rendered) > len(given) / 2
    assert len(unsupported) < len(rendered) / 50

"""Every scorer is listed, known types are told from unknown ones, and nothing heavy is imported to start."""

import subprocess
import sys
from pathlib import Path

import pytest

import bot.scorers
from bot.domain.scoring import JUDGED
from bot.errors import Unsupported
from bot.scorers import MODULES, SCORERS
from bot.scorers.known import UNSUPPORTED
from bot.scorers.scorer import AssertionInvalid
from tests.unit.scorers.say import score

FOLDER = Path(bot.scorers.__file__).parent
NO_SCORERS = {"__init__", "grading", "known", "pairwise", "resolving", "scorer", "tools", "verdicts"}


def test_every_module_of_the_folder_is_listed() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - NO_SCORERS
    assert modules == {module.__name__.rpartition(".")[2] for module in MODULES}


def test_every_scorer_has_one_way_to_grade_and_types_of_its_own() -> None:
    listed = [scorer for module in MODULES for scorer in module.SCORERS]
    assert all((scorer.grade is None) is not (scorer.awaited is None) for scorer in listed)
    assert len(SCORERS) == sum(len(scorer.types) for scorer in listed)
    assert not SCORERS.keys() & UNSUPPORTED.keys()
    assert SCORERS.keys() >= JUDGED


@pytest.mark.parametrize("type_", ["webhook", "not-webhook", "trajectory:tool-used", "select-best", "ruby"])
def test_a_known_type_that_is_not_scored_says_so(type_: str) -> None:
    with pytest.raises(Unsupported, match="is not supported: it"):
        score(type_)


@pytest.mark.parametrize("type_", ["contians", "not-not-equals", "not-assert-set", ""])
def test_an_unknown_type_is_an_error(type_: str) -> None:
    with pytest.raises(AssertionInvalid, match="Unknown assertion type"):
        score(type_)


def test_starting_imports_no_heavy_module() -> None:
    code = "import sys, bot.scorers.grading; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our code
    heavy = {"asyncio", "quickjs", "re2", "yaml", "pydantic", "justhtml", "numpy", "rapidfuzz"}
    assert not heavy & set(loaded.split())

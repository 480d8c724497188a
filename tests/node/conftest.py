"""Fixtures of the tests that need Node."""

import pytest

from tests.node.packages import install


@pytest.fixture(scope="module")
def packages() -> None:
    """What package.json pins is there."""
    install()

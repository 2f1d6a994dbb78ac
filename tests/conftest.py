"""What holds for every test."""

import sys
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _main_stays_main() -> Iterator[None]:
    """Undo that AppTest puts the page in the place of `__main__`: new processes would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main

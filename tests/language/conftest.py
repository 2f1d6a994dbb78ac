"""A language besides English, for the tests of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tierlogic.language import speaking

TRANSLATIONS = Path(__file__).parent / "translations"


@pytest.fixture
def german_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(TRANSLATIONS))


@pytest.fixture
def in_german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(TRANSLATIONS))
    with speaking("de"):
        yield

"""What holds for every test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.language.marked import LANGUAGE, write_marked
from tierlogic.language import speaking


@pytest.fixture(autouse=True)
def _main_stays_main() -> Iterator[None]:
    """Undo that AppTest puts the page in the place of `__main__`: new processes would run it."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session")
def marked_translations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the translation that sets each sentence between marks."""
    folder = tmp_path_factory.mktemp("translations")
    write_marked(folder)
    return folder


@pytest.fixture
def in_marks(marked_translations: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Speak that language: here too, since AppTest names choices outside of the page's run."""
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(marked_translations))
    with speaking(LANGUAGE):
        yield

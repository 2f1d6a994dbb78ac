"""The template of translations: every sentence that is said, with the files that say it.

Written anew, in a checkout, by `python -m tierlogic.language.template`.
"""

from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

TEMPLATE = Path(__file__).with_name("tierlogic.pot")
_PACKAGE = Path(__file__).parents[1]
_SAID_BY: dict[str, tuple[int, ...] | None] = {"say": None, "to_say": None, "say_count": (1, 2)}


def sentences_said() -> Catalog:
    """Collect the sentences of the package, in the order of its files and their lines."""
    catalog = Catalog(project="Tierlogic", charset="utf-8", fuzzy=False)
    found = extract_from_dir(_PACKAGE, [("**.py", "python")], keywords=_SAID_BY)
    for file, _line, sentence, comments, _context in sorted(found, key=lambda one: one[:2]):
        catalog.add(sentence, locations=[(f"tierlogic/{file}", 0)], auto_comments=comments)
    return catalog


def as_written() -> bytes:
    """Return the template as its file holds it."""
    written = BytesIO()
    # The header would hold the moment, and no line number stays: both change with no sentence.
    write_po(written, sentences_said(), omit_header=True, include_lineno=False)
    return written.getvalue()


if __name__ == "__main__":
    TEMPLATE.write_bytes(as_written())

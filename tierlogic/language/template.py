"""The template of translations: every sentence that is said, with the files that say it.

Written anew, in a checkout, by `python -m tierlogic.language.template`.
"""

import ast
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

TEMPLATE = Path(__file__).with_name("tierlogic.pot")
_PACKAGE = Path(__file__).parents[1]
_SENTENCES = {"say": 1, "to_say": 1, "say_count": 2}
"""How many of the first arguments are sentences: the second is the plural of the first."""


def sentences_said(folder: Path = _PACKAGE) -> Catalog:
    """Collect the sentences of a folder of code, in the order of its files and their lines."""
    catalog = Catalog(project="Tierlogic", charset="utf-8", fuzzy=False)
    for file in sorted(folder.rglob("*.py")):
        place = file.relative_to(folder.parent).as_posix()
        for sentences in _said(ast.parse(file.read_bytes())):
            catalog.add(sentences if len(sentences) > 1 else sentences[0], locations=[(place, 0)])
    return catalog


def as_written() -> bytes:
    """Return the template as its file holds it."""
    written = BytesIO()
    # The header would hold the moment, and no line number stays: both change with no sentence.
    write_po(written, sentences_said(), omit_header=True, include_lineno=False)
    return written.getvalue()


def _said(code: ast.AST) -> Iterator[tuple[str, ...]]:
    """Find what some code says, in f-strings too, where Babel's own reader does not look."""
    for node in ast.iter_child_nodes(code):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _SENTENCES:
                arguments = node.args[: _SENTENCES[name]]
                texts = [text.value for text in arguments if isinstance(text, ast.Constant)]
                if texts:
                    yield tuple(map(str, texts))
        yield from _said(node)


if __name__ == "__main__":
    TEMPLATE.write_bytes(as_written())

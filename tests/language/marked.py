"""A translation that sets each sentence between marks: what stands outside of them was not said."""

from pathlib import Path

from babel.messages.pofile import write_po

from tierlogic.language.template import sentences_said

LANGUAGE = "eo"
OPENS, CLOSES = "⟦", "⟧"


def write_marked(folder: Path) -> None:
    """Write the translation into a folder."""
    catalog = sentences_said()
    for message in catalog:
        if isinstance(message.id, str):
            message.string = marked(message.id) if message.id else ""
        else:
            message.string = tuple(map(marked, message.id))
    with (folder / f"{LANGUAGE}.po").open("wb") as file:
        write_po(file, catalog)


def marked(sentence: str) -> str:
    """Set a sentence between marks."""
    return f"{OPENS}{sentence}{CLOSES}"


def outside_of_marks(text: str) -> str:
    """Leave out all sentences, and the sentences within them."""
    kept, depth = [], 0
    for letter in text:
        depth += letter == OPENS
        kept.append("" if depth else letter)
        depth -= letter == CLOSES
    return "".join(kept)

"""The template of translations: it has every sentence, and a translation starts from it."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from babel.messages import Catalog
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from tierlogic.language.template import TEMPLATE, as_written, sentences_said

CODE = """
LABELS = {"tier": to_say("Tier")}

def shown(days: int, tier: str) -> str:
    heading = f"**{say('Opens')}** {say_count('{count} day', '{count} days', days)}"
    return say(LABELS[tier]) + heading + say(
        "{tier} opens, "
        "and stays open.", tier=tier,
    )
"""


def forms() -> Iterator[str]:
    for message in sentences_said():
        yield from [message.id] if isinstance(message.id, str) else message.id


def pybabel(command: str, file: Path) -> Catalog:
    """Begin the file of a translation, or carry it over; return it as it then is."""
    words = f"pybabel -q {command} -i {TEMPLATE} -l de -o {file}"
    CommandLineInterface().run(words.split())
    with file.open("rb") as opened:
        return read_po(opened, locale="de")


def test_the_template_is_up_to_date() -> None:
    stale = "write it anew: python -m tierlogic.language.template"
    assert TEMPLATE.read_bytes() == as_written(), stale


def test_names_in_braces_are_plain_words() -> None:
    checked = 0
    for sentence in forms():
        fields = [field for field in Formatter().parse(sentence) if field[1] is not None]
        # Braces around no name at all are those of an example, in a sentence without values.
        if any((name or "").isidentifier() for _, name, *_ in fields):
            checked += 1
            for _, name, form, conversion in fields:
                assert (name or "").isidentifier(), sentence
                assert (form, conversion) == ("", None), sentence
    assert checked


def test_a_translation_is_begun_and_carried_over_as_the_document_says(tmp_path: Path) -> None:
    file, english = tmp_path / "de.po", "Share"
    begun = pybabel("init", file)
    assert {message.id for message in begun} == {message.id for message in sentences_said()}

    empty = f'msgid "{english}"\nmsgstr ""\n'
    text = file.read_text(encoding="utf-8")
    assert empty in text
    file.write_text(text.replace(empty, empty.replace('""', '"Teilen"')), encoding="utf-8")
    message = pybabel("update", file)[english]
    assert message is not None
    assert message.string == "Teilen"


def test_all_that_code_says_is_found_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text(CODE)
    (tmp_path / "a.py").write_text('say("Opens")\nprint("nothing")\nother.say("neither")')
    catalog = sentences_said(tmp_path)
    assert [message.id for message in catalog if message.id] == [
        "Opens",
        "Tier",
        ("{count} day", "{count} days"),
        "{tier} opens, and stays open.",
    ]
    assert [file for file, _ in catalog["Opens"].locations] == [
        f"{tmp_path.name}/a.py",
        f"{tmp_path.name}/b.py",
    ]

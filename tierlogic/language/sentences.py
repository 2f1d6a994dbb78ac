"""Sentences: English in the code, and what a translation says in its place."""

from tierlogic.language.numbers import number
from tierlogic.language.spoken import sentences


def say(english: str, /, **values: object) -> str:
    """Say a sentence.

    Args:
        english: the sentence; a value stands in it as {name}.
        values: what the names stand for, numbers and dates already in words. Without any, braces
            are braces.
    """
    sentence = sentences().gettext(english)
    return sentence.format(**values) if values else sentence


def say_count(one: str, many: str, /, count: float, **values: object) -> str:
    """Say a sentence whose form hangs on a count.

    Args:
        one: the sentence for 1.
        many: the sentence for any other count.
        count: stands in the sentences as {count}, as `number` writes it.
        values: as those of `say`.
    """
    # Half a day takes the form of two.
    sentence = sentences().ngettext(one, many, int(count) if count == int(count) else 2)
    return sentence.format(count=number(count), **values)


def to_say(english: str, /) -> str:
    """Mark a constant that `say` says later, so that the template of translations has it."""
    return english

"""Numbers as a language writes them: 1,234.5 in English, 1.234,5 in German."""

import functools
from decimal import Decimal

from tierlogic.language.spoken import is_english, language


def number(value: Decimal | float, form: str = ",") -> str:
    """Write a number.

    Args:
        value: finite or not.
        form: as `format` takes it: ",.2f", ".3g"; without one, thousands are set apart.
    """
    written = format(value, form)
    return written if is_english() else written.translate(_marks(language()))


@functools.cache
def _marks(language: str) -> dict[int, str]:
    """What stands for the comma and the point of English."""
    # Imported only where it is used: English does without.
    from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415

    return str.maketrans({",": get_group_symbol(language), ".": get_decimal_symbol(language)})

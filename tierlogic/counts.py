"""Counts of tokens and of requests as people say them."""

from tierlogic.language import number, say, to_say

_UNITS = (
    (1e12, to_say("{amount}T")),
    (1e9, to_say("{amount}B")),
    (1e6, to_say("{amount}M")),
    (1e3, to_say("{amount}k")),
)
"""Short names of a trillion, a billion, a million and a thousand."""


def count_in_short(count: float) -> str:
    """Say a count in three digits at most: "139", "80k", "1.25M"."""
    for unit, name in _UNITS:
        # What would round to 1,000 of a unit is one of the next.
        if count >= unit * 0.9995:
            return say(name, amount=_three_digits(count / unit))
    return _three_digits(count)


def _three_digits(value: float) -> str:
    return number(value, ".0f" if value >= 99.95 else ".3g")

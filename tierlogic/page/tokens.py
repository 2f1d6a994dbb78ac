"""Numbers of tokens for people: short names, and the slider's stop next to each."""

from bisect import bisect_left

from tierlogic.language import number, say, to_say
from tierlogic.questions.date_map import TOKEN_STOPS

_SIZES = (
    (1e12, to_say("{amount}T")),
    (1e9, to_say("{amount}B")),
    (1e6, to_say("{amount}M")),
    (1e3, to_say("{amount}k")),
)
"""Short names of a trillion, a billion, a million and a thousand."""


def short(tokens: float) -> str:
    """Name a number of tokens: 1,500 is "1.5k", 80,000 is "80k", 2 million is "2M"."""
    for size, name in _SIZES:
        if tokens >= size:
            return say(name, amount=number(tokens / size, ".3g"))
    return number(tokens, ".3g")


def nearest_stop(tokens: float) -> int:
    """Return the slider's stop next to a number of tokens."""
    above = bisect_left(TOKEN_STOPS, tokens)
    around = TOKEN_STOPS[max(above - 1, 0) : above + 1] or TOKEN_STOPS[-1:]
    return min(around, key=lambda stop: abs(stop - tokens))

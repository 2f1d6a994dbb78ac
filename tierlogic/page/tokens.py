"""The stop of the slider for tokens that is next to a number of them."""

from bisect import bisect_left

from tierlogic.questions.date_map import TOKEN_STOPS


def nearest_stop(tokens: float) -> int:
    """Return the slider's stop next to a number of tokens."""
    above = bisect_left(TOKEN_STOPS, tokens)
    around = TOKEN_STOPS[max(above - 1, 0) : above + 1] or TOKEN_STOPS[-1:]
    return min(around, key=lambda stop: abs(stop - tokens))

"""Numbers of tokens for people: short names, and the slider's stop next to each."""

from bisect import bisect_left

from tierlogic.questions.date_map import TOKEN_STOPS


def short(tokens: float) -> str:
    """Name a number of tokens: 1,500 is "1.5k", 80,000 is "80k", 2 million is "2M"."""
    for size, unit in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if tokens >= size:
            return f"{tokens / size:.3g}{unit}"
    return f"{tokens:.3g}"


def nearest_stop(tokens: float) -> int:
    """Return the slider's stop next to a number of tokens."""
    above = bisect_left(TOKEN_STOPS, tokens)
    around = TOKEN_STOPS[max(above - 1, 0) : above + 1] or TOKEN_STOPS[-1:]
    return min(around, key=lambda stop: abs(stop - tokens))

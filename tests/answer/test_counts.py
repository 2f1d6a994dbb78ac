import pytest

from tierlogic.counts import count_in_short


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0"),
        (0.35, "0.35"),
        (138.9, "139"),
        (999.4, "999"),
        (999.6, "1k"),
        (80_000, "80k"),
        (999_949, "1M"),
        (1_250_000, "1.25M"),
        (2_000_000, "2M"),
        (3e9, "3B"),
    ],
)
def test_counts(count: float, said: str) -> None:
    assert count_in_short(count) == said

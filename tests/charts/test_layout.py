from itertools import pairwise

import numpy as np
import pytest

from tierlogic.charts.layout import (
    MOST_DAYS_DRAWN,
    days_to_draw,
    joined,
    rows_of_labels,
    rows_taken,
    ruler_with_room_above,
    runs,
    spread,
)


def test_labels_apart_stay_where_they_are() -> None:
    assert spread([0.1, 0.5, 0.9], 0.1) == pytest.approx([0.1, 0.5, 0.9])


def test_labels_on_one_spot_move_apart_around_it() -> None:
    assert spread([0.5, 0.5, 0.5], 0.1) == pytest.approx([0.4, 0.5, 0.6])


def test_labels_at_the_ends_stay_inside() -> None:
    assert spread([0, 0, 1, 1], 0.1) == pytest.approx([0, 0.1, 0.9, 1])


def test_labels_are_a_gap_apart_whatever_they_want() -> None:
    rng = np.random.default_rng(1)
    for _ in range(200):
        wanted = np.sort(rng.random(rng.integers(1, 9))).tolist()
        placed = spread(wanted, 0.1)
        assert all(after - before > 0.1 - 1e-9 for before, after in pairwise(placed))
        assert min(placed) > -1e-9
        assert max(placed) < 1 + 1e-9


def test_more_labels_than_fit_share_the_height() -> None:
    assert spread([0.5] * 5, 0.5) == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_labels_that_cover_each_other_go_to_rows_below() -> None:
    narrow, wide = rows_of_labels([0, 0.2, 0.9], ["Tier 4 · 8 Jan"] * 3)
    assert narrow.tolist() == [0, 1, 0]
    assert wide.tolist() == [0, 1, 0]


def test_a_wide_plot_needs_fewer_rows() -> None:
    narrow, wide = rows_of_labels([0, 0.3], ["Tier 4 · 8 Jan"] * 2)
    assert (rows_taken(narrow), rows_taken(wide)) == (2, 1)


def test_labels_without_room_are_left_out() -> None:
    narrow, _ = rows_of_labels([0.001 * index for index in range(9)], ["Tier 4 · 8 Jan"] * 9)
    assert narrow.tolist() == [0, 1, 2, 3, 4, 5, -1, -1, -1]


def test_no_labels_take_no_rows() -> None:
    assert rows_taken(*rows_of_labels([], [])) == 0


@pytest.mark.parametrize("smallest", [None, 2.0])
def test_a_ruler_leaves_the_pixels_asked_for(smallest: float | None) -> None:
    ruler = ruler_with_room_above(500, pixels_above=60, plot_height=240, smallest=smallest)
    assert ruler.place(500) == pytest.approx(1 - 60 / 240)
    assert ruler.value(ruler.place(77)) == pytest.approx(77)
    assert ruler.value(1.01) == ruler.top
    assert ruler.value(-0.01) == ruler.bottom


def test_few_days_are_all_drawn() -> None:
    assert days_to_draw(MOST_DAYS_DRAWN, []).tolist() == list(range(MOST_DAYS_DRAWN))


def test_many_days_are_thinned_but_for_those_to_keep() -> None:
    payments = np.arange(3, 3660, 30)
    drawn = days_to_draw(3660, [17, 1234], rather=payments)
    assert {0, 17, 1234, 3659, *payments.tolist()} <= set(drawn.tolist())
    assert drawn.size <= MOST_DAYS_DRAWN
    assert np.diff(drawn).max() <= 3660 / 100


def test_payments_of_every_day_are_thinned_too() -> None:
    drawn = days_to_draw(3660, [], rather=np.arange(3660))
    assert drawn.size <= MOST_DAYS_DRAWN


def test_the_heaviest_day_of_a_stretch_is_kept() -> None:
    weight = np.zeros(3660)
    weight[[100, 2000]] = 1
    assert {100, 2000} <= set(days_to_draw(3660, [], weight=weight).tolist())


def test_runs_of_days() -> None:
    assert runs(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert runs(np.zeros(3, dtype=bool)) == []


def test_runs_with_an_invisible_gap_are_one() -> None:
    assert joined([(0, 2), (3, 4), (9, 10)], gap=1) == [(0, 4), (9, 10)]
    assert joined([(0, 2), (3, 4)], gap=0) == [(0, 2), (3, 4)]

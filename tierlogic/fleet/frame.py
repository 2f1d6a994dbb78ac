"""A frame of accounts, projected: one row an account, in and out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from tierlogic.engine.block import alike, block_of
from tierlogic.fleet.answers import Answers
from tierlogic.fleet.columns import ACCOUNT, check_columns, scenarios_of
from tierlogic.rules.catalog import ladders, load_ladder
from tierlogic.scenario import Scenario

_ROWS_AT_ONCE = 8192
"""Whose scenarios are in memory together."""


def project_frame(frame: pd.DataFrame, base: Scenario | None = None) -> pd.DataFrame:
    """Project many accounts.

    Pure, and each row by itself: any part of a frame gives that part of the result, with the same
    columns. So it drops into any engine that maps pandas frames.

    Args:
        frame: one row an account. Columns are named as the scenario's fields; those of a usage
            line as the line's, "model" for the first and "model.2" for the second. Lists and
            tables are JSON. "account" is carried along. An empty cell says nothing.
        base: says what a row does not say.

    Returns:
        One row an account, with the frame's index. Days are datetime64 (UTC), amounts are in the
        ladder's currency, tokens are of all days. What cannot be read, or costs more than is
        counted, has its reason in the column "problem" and nothing else.

    Raises:
        FrameError: a ValueError; a column is not known, stands twice or is missing.
    """
    names = [*frame.columns]
    check_columns(names, base)
    answers = Answers(len(frame), _most_tiers(names, base))
    for first in range(0, len(frame), _ROWS_AT_ONCE):
        _project(frame.iloc[first : first + _ROWS_AT_ONCE], base, answers, first)
    found = answers.frame(frame.index)
    if ACCOUNT in names:
        found.insert(0, ACCOUNT, frame[ACCOUNT])
    return found


def _project(part: pd.DataFrame, base: Scenario | None, answers: Answers, first: int) -> None:
    """Project a part of a frame that begins with row number `first`."""
    rows, scenarios = [], []
    for row, read in enumerate(scenarios_of(part, base), start=first):
        if isinstance(read, Scenario):
            rows.append(row)
            scenarios.append(read)
        else:
            answers.refuse(row, read)
    for places in alike(scenarios):
        block = block_of([scenarios[place] for place in places])
        answers.enter(np.array([rows[place] for place in places]), block)


def _most_tiers(names: Sequence[object], base: Scenario | None) -> int:
    """Tiers with gates of the largest ladder that a row may be on."""
    may_be_on = [base.rules] if base else []
    if "ladder" in names:
        may_be_on += [load_ladder(ladder) for ladder in ladders()]
    return max(len(ladder.tiers) for ladder in may_be_on) - 1

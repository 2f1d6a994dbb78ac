"""What was read of the user's own files: sums by day, in this session and nowhere else."""

import pandas as pd
import streamlit as st
from pydantic import ValidationError

from tierlogic.charts import Actual
from tierlogic.imports import (
    Deviation,
    Imported,
    actual_money,
    deviation,
    ends_within,
    is_of_account,
)
from tierlogic.projection import Projection


def imported() -> Imported | None:
    """What was read last; None: nothing, or it was forgotten."""
    read: Imported | None = st.session_state.get("imported")
    return read


def keep(read: Imported | None) -> None:
    """Keep what was read, in place of what was read before; None: forget that."""
    state = st.session_state
    state.imported, state.deviation = read, None
    state.times_read = times_read() + 1


def times_read() -> int:
    """How often something was kept or forgotten: widgets named after it begin anew with it."""
    times: int = st.session_state.get("times_read", 0)
    return times


def beside(projection: Projection) -> Deviation | None:
    """A plan beside what came of it; None where the files tell none of its days."""
    plan, state, read = projection.scenario, st.session_state, imported()
    if read is None or not is_of_account(plan, read) or not ends_within(plan, read):
        return None
    of_plan, found = state.deviation or (None, None)
    if of_plan != plan:
        try:
            found = deviation(projection, read)
        except ValidationError:
            # What was used does not fit a plan: the offer says why.
            found = None
        state.deviation = plan, found
    return found


def drawn_on(projection: Projection) -> Actual | None:
    """What the money chart shows beside a plan: as many days before it as it has, at most."""
    plan, read = projection.scenario, imported()
    if read is None or not is_of_account(plan, read):
        return None
    money = actual_money(plan, read)
    money = money[money.index >= pd.Timestamp(plan.start) - pd.Timedelta(days=plan.days)]
    found = beside(projection)
    return None if money.empty else Actual(money, found.now if found else None)

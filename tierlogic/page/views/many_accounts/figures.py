"""What all accounts say together: tiers over time, and the accounts to act on."""

from datetime import date

import streamlit as st

from tierlogic.charts.tiers_over_time import tiers_chart, tiers_takeaway
from tierlogic.fleet.summary import RUNS_OUT_WITHIN, Why
from tierlogic.page.many_accounts import Table
from tierlogic.page.markdown import plain
from tierlogic.page.views.drawing import draw, theme
from tierlogic.page.views.many_accounts.opening import dates, show_to_open

_SAYS: dict[Why, str] = {
    "runs out": f"Runs out of credit within {RUNS_OUT_WITHIN} days",
    "stuck at a cap": "Stuck at a monthly usage limit",
    "one purchase away": "One small purchase from its next tier",
}


def show_tiers_over_time(read: Table, ladder: str) -> None:
    """Draw how many accounts of a ladder have reached each tier, month after month."""
    of_ladder = read.by_month[read.by_month["ladder"] == ladder]
    draw(tiers_chart(of_ladder, theme()), "Accounts that have reached each tier, by month")
    st.caption(plain(tiers_takeaway(of_ladder)))


def show_to_act_on(read: Table, today: date) -> None:
    """List the accounts to act on, the most urgent first."""
    found = read.to_act_on
    st.markdown("**Accounts to act on**")
    if found.empty:
        st.caption("None runs out soon, is stuck at a limit or one small purchase from a tier.")
        return
    counts = found["why"].value_counts(sort=False)
    st.markdown("\n".join(f"- {_SAYS[why]}: **{counts[why]:,}**" for why in _SAYS if why in counts))
    shown = found.assign(why=found["why"].map(_SAYS)).rename_axis("Row").reset_index()
    if shown["ladder"].nunique() == 1:
        shown = shown.drop(columns="ladder")
    shown = shown.rename(
        columns={
            "account": "Account",
            "why": "Why",
            "ladder": "Rules",
            "tier": "Tier",
            "on": "When",
            "amount": "Purchase",
        }
    )
    show_to_open(
        read,
        shown,
        today,
        key="act_on",
        name="Accounts to act on, with the reason, the day and the purchase",
        columns=dates("When")
        | {"Purchase": st.column_config.NumberColumn("Purchase", format="%.2f")},
    )

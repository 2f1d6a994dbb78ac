"""What all accounts say together: tiers over time, and the accounts to act on."""

import streamlit as st

from tierlogic.charts.tiers_over_time import tiers_chart, tiers_takeaway
from tierlogic.fleet.summary import RUNS_OUT_WITHIN, Why, accounts_by_day
from tierlogic.language import number, say, say_count
from tierlogic.page.many_accounts import Table
from tierlogic.page.markdown import plain
from tierlogic.page.views.drawing import draw, theme
from tierlogic.page.views.many_accounts.opening import dates, show_to_open


def show_tiers_over_time(read: Table, ladder: str) -> None:
    """Draw how many accounts of a ladder have reached each tier, day by day."""
    by_day = accounts_by_day(read.answers[read.answers["ladder"] == ladder])
    draw(tiers_chart(by_day, theme()), say("Accounts that have reached each tier, by day"))
    st.caption(plain(tiers_takeaway(by_day)))


def show_to_act_on(read: Table) -> None:
    """List the accounts to act on, the most urgent first."""
    found = read.to_act_on
    st.markdown(f"**{say('Accounts to act on')}**")
    if found.empty:
        st.caption(
            say("None runs out soon, is stuck at a limit or one small purchase from a tier.")
        )
        return
    reasons, counts = _reasons(), found["why"].value_counts(sort=False)
    st.markdown(
        "\n".join(
            f"- {said}: **{number(counts[why])}**" for why, said in reasons.items() if why in counts
        )
    )
    shown = found.assign(why=found["why"].map(reasons)).rename_axis("row").reset_index()
    if shown["ladder"].nunique() == 1:
        shown = shown.drop(columns="ladder")
    show_to_open(
        read,
        shown,
        key="act_on",
        name=say("Accounts to act on, with the reason, the day and the purchase"),
        columns={
            "account": say("Account"),
            "why": say("Why"),
            "ladder": say("Rules"),
            "tier": say("Tier"),
            "amount": st.column_config.NumberColumn(say("Purchase"), format="%.2f"),
        }
        | dates({"on": say("When")}),
    )


def _reasons() -> dict[Why, str]:
    return {
        "runs out": say_count(
            "Runs out of credit within {count} day",
            "Runs out of credit within {count} days",
            RUNS_OUT_WITHIN,
        ),
        "stuck at a cap": say("Stuck at a monthly usage limit"),
        "one purchase away": say("One small purchase from its next tier"),
    }

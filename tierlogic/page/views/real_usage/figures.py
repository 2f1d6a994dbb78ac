"""What files say: used and paid, the pace with its ranges, the models, and each day's bill."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd
import streamlit as st

from tierlogic.imports import Estimate, Imported
from tierlogic.imports.words import account_in_words, bills_in_words
from tierlogic.page.markdown import plain
from tierlogic.page.tokens import short


def show_figures(told: Imported) -> None:
    """Draw the account so far, the pace, the models and the bills."""
    words, pace = st.columns(2, gap="medium")
    with words:
        st.markdown("**So far**")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in account_in_words(told)))
        _show_models(told)
    with pace:
        st.markdown("**Tokens per day**")
        _show_pace(told)
    _show_bills(told)


def _show_pace(told: Imported) -> None:
    pace = told.pace
    if pace is None:
        st.caption("The files tell no tokens of whole days, so the plan's own rates stay.")
        return
    rows = [
        _row("Level on a weekday", pace.tokens_per_day, short),
        _row("Weekend factor", pace.weekend_factor, "{:.2f}".format),
        _row("Growth in 30 days", pace.growth_per_30_days, "{:+.0%}".format),
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["Figure", "Estimate", "Nine times of ten", "Rests on"]),
        hide_index=True,
        alt="Level, weekend factor and growth, each with its range and the days it rests on",
    )


def _row(name: str, estimate: Estimate | None, say: Callable[[float], str]) -> tuple[str, ...]:
    if estimate is None:
        return name, "not known", "", "too few days"
    between = f"{say(estimate.low)} to {say(estimate.high)}"
    return name, say(estimate.value), between, f"{estimate.days:,} days"


def _show_models(told: Imported) -> None:
    if told.models.empty:
        return
    shares = ["share", "input_share", "cached_share", "output_share"]
    st.dataframe(
        told.models.reset_index().replace({"model": {"": "(not named)"}}),
        hide_index=True,
        alt="Tokens of each model, with its shares of input, cached input and output",
        column_order=["model", "tokens", *shares],
        column_config={
            "model": "Model",
            "tokens": st.column_config.NumberColumn("Tokens", format="compact"),
            "share": st.column_config.NumberColumn("Of all", format="percent"),
            "input_share": st.column_config.NumberColumn("Input", format="percent"),
            "cached_share": st.column_config.NumberColumn("Cached, of input", format="percent"),
            "output_share": st.column_config.NumberColumn("Output", format="percent"),
        },
    )


def _show_bills(told: Imported) -> None:
    if told.days.empty:
        return
    st.markdown("**Billed, and what the tokens cost at each day's prices**")
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in bills_in_words(told)))
    money = ["billed", "computed", "difference"]
    days = told.days.assign(**{name: told.days[name].map(_float) for name in money})
    with st.expander("Day by day", icon=":material/calendar_month:"):
        st.dataframe(
            days,
            placeholder="not known",
            alt="Each day: tokens, what was billed, what the tokens cost, and why the two differ",
            column_config={
                "date": st.column_config.DateColumn("Day", format="localized"),
                "tokens": st.column_config.NumberColumn("Tokens", format="localized"),
                **{
                    name: st.column_config.NumberColumn(name.capitalize(), format="%.6f")
                    for name in money
                },
                "cause": st.column_config.TextColumn("Likely cause", width="large"),
            },
        )


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)

"""What files say: used and paid, the pace with its ranges, the models, and each day's bill."""

from collections.abc import Callable
from decimal import Decimal

import pandas as pd
import streamlit as st

from tierlogic.counts import count_in_short
from tierlogic.imports import Estimate, Imported
from tierlogic.imports.words import account_in_words, bills_in_words
from tierlogic.language import number, say, say_count
from tierlogic.page.dates import date_column
from tierlogic.page.markdown import plain


def show_figures(told: Imported) -> None:
    """Draw the account so far, the pace, the models and the bills."""
    words, pace = st.columns(2, gap="medium")
    with words:
        st.markdown(f"**{say('So far')}**")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in account_in_words(told)))
        _show_models(told)
    with pace:
        st.markdown(f"**{say('Tokens per day')}**")
        _show_pace(told)
    _show_bills(told)


def _show_pace(told: Imported) -> None:
    pace = told.pace
    if pace is None:
        st.caption(say("The files tell no tokens of whole days, so the plan's own rates stay."))
        return
    rows = [
        _row(say("Level on a weekday"), pace.tokens_per_day, count_in_short),
        _row(say("Weekend factor"), pace.weekend_factor, lambda factor: number(factor, ".2f")),
        _row(say("Growth in 30 days"), pace.growth_per_30_days, lambda rate: number(rate, "+.0%")),
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["figure", "estimate", "range", "days"]),
        hide_index=True,
        alt=say("Level, weekend factor and growth, each with its range and the days it rests on"),
        column_config={
            "figure": say("Figure"),
            "estimate": say("Estimate"),
            "range": say("Nine times of ten"),
            "days": say("Rests on"),
        },
    )


def _row(name: str, estimate: Estimate | None, written: Callable[[float], str]) -> tuple[str, ...]:
    if estimate is None:
        return name, say("not known"), "", say("too few days")
    value, low, high = map(written, (estimate.value, estimate.low, estimate.high))
    between = say("{low} to {high}", low=low, high=high)
    return name, value, between, say_count("{count} day", "{count} days", estimate.days)


def _show_models(told: Imported) -> None:
    if told.models.empty:
        return
    shares = ["share", "input_share", "cached_share", "output_share"]
    st.dataframe(
        told.models.reset_index().replace({"model": {"": say("(not named)")}}),
        hide_index=True,
        alt=say("Tokens of each model, with its shares of input, cached input and output"),
        column_order=["model", "tokens", *shares],
        column_config={
            "model": say("Model"),
            "tokens": st.column_config.NumberColumn(say("Tokens"), format="compact"),
            "share": st.column_config.NumberColumn(say("Of all"), format="percent"),
            "input_share": st.column_config.NumberColumn(say("Input"), format="percent"),
            "cached_share": st.column_config.NumberColumn(
                say("Cached, of input"), format="percent"
            ),
            "output_share": st.column_config.NumberColumn(say("Output"), format="percent"),
        },
    )


def _show_bills(told: Imported) -> None:
    if told.days.empty:
        return
    heading = say("Billed, and what the tokens cost at each day's prices")
    st.markdown(f"**{heading}**")
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in bills_in_words(told)))
    money = {
        "billed": say("Billed"),
        "computed": say("Computed"),
        "difference": say("Difference"),
    }
    days = told.days.assign(**{name: told.days[name].map(_float) for name in money})
    with st.expander(say("Day by day"), icon=":material/calendar_month:"):
        st.dataframe(
            days,
            placeholder=say("not known"),
            alt=say(
                "Each day: tokens, what was billed, what the tokens cost, and why the two differ"
            ),
            column_config={
                "date": date_column(say("Day")),
                "tokens": st.column_config.NumberColumn(say("Tokens"), format="localized"),
                **{
                    name: st.column_config.NumberColumn(label, format="%.6f")
                    for name, label in money.items()
                },
                "cause": st.column_config.TextColumn(say("Likely cause"), width="large"),
            },
        )


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)

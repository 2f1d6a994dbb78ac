"""The form: a scenario as the values of the page's widgets, and back.

Streamlit keeps each widget's value in session state under its key. Values are put there before
any widget is drawn, and read from there: a widget never sees the link, nor the link a widget.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from tierlogic.page.tokens import nearest_stop
from tierlogic.prices import known_models, look_up
from tierlogic.rules.catalog import (
    load_ladder,
    load_provider,
    newest_ladder,
    newest_limits,
)
from tierlogic.scenario import Purchase, Scenario, UsageLine

MAX_PREPAY = 2_000
"""Most that the slider buys now; larger purchases go into the table."""
PREPAY_STEP = 5

PURCHASE_COLUMNS = ("on", "amount", "every", "times")
LINE_COLUMNS = (
    "model",
    "tokens_per_day",
    "output_share",
    "cached_share",
    "growth_percent",
    "input_price",
    "cached_price",
    "output_price",
    "starts",
    "ends",
    "tokens_per_request",
    "context_window",
)

_PLAIN = ("reading", "billing", "evaluated", "lag_days", "days", "title")
_FACTORS = ("active_hours", "peak_factor", "weekend_factor")
_BEFORE = ("used_before", "paid_before", "opening_balance", "month_used_before")
PAST_COLUMNS = ("on", "used", "purchased")
_WIDGETS = (
    "provider",
    "ladder",
    "limits",
    "start",
    "first_payment",
    "account_exists",
    "opening_tier",
    "purchased_before",
    "account_created",
    "prepay",
    "recharges",
    "recharge_below",
    "recharge_amount",
    "recharge_limit",
    "tokens_stop",
    *_PLAIN,
    *_FACTORS,
    *_BEFORE,
    *LINE_COLUMNS,
)
_PRICES = {"input_price": "input", "cached_price": "cached_input", "output_price": "output"}


def fill(scenario: Scenario) -> None:
    """Put a scenario into the widgets."""
    state = st.session_state
    state.provider = scenario.rules.provider
    state.ladder, state.limits = scenario.ladder, scenario.limits
    for key in (*_PLAIN, *_FACTORS):
        state[key] = getattr(scenario, key)
    for key in _BEFORE:
        state[key] = float(getattr(scenario, key))
    state.opening_tier = scenario.opening_tier
    purchased = scenario.purchased_before
    state.purchased_before = None if purchased is None else float(purchased)
    state.account_created = scenario.account_created
    for fact in scenario.rules.facts:
        state[fact_key(fact)] = fact not in scenario.lacks
    past = [(day.on, float(day.used), float(day.purchased)) for day in scenario.past]
    state.past_opened = _frame(past, PAST_COLUMNS)
    state.past_now = state.past_opened
    state.start, state.first_payment = scenario.start, scenario.first_payment
    state.account_exists = _account_exists(scenario)
    _fill_recharge(scenario)
    _fill_purchases(scenario)
    _fill_usage(scenario)
    state.followed = _followed()


def plan() -> dict[str, Any]:
    """Read the widgets as the fields of a scenario, not yet checked.

    The tables count as edited once they have been drawn: call this after the widgets.
    """
    state = st.session_state
    start = start_of_plan()
    content: dict[str, Any] = {key: state[key] for key in (*_PLAIN, *_FACTORS)}
    content |= {
        "ladder": state.ladder,
        "limits": state.limits,
        "start": start,
        "first_payment": state.first_payment,
        "auto_recharge": _recharge(),
        "purchases": _purchases(start),
        "usage": _usage(),
    }
    ladder = load_ladder(state.ladder)
    content["lacks"] = [fact for fact in ladder.facts if not state.get(fact_key(fact), True)]
    if state.account_exists:
        content |= {key: _decimal(state[key]) for key in _BEFORE}
        content["purchased_before"] = _decimal(state.get("purchased_before"))
        content["account_created"] = state.get("account_created")
        content["past"] = [
            {
                **row,
                "used": _decimal(row["used"] or 0),
                "purchased": _decimal(row["purchased"] or 0),
            }
            for row in _rows(state.past_now)
            if row["on"] is not None
        ]
    if state.account_exists or ladder.is_opaque:
        content["opening_tier"] = state.opening_tier
    return content


def fact_key(fact: str) -> str:
    """The key of the switch of a fact."""
    return f"fact {fact}"


def is_edited() -> bool:
    """Whether a widget has been changed since the last run."""
    remembered: str | None = st.session_state.get("remembered")
    return remembered is not None and remembered != _values()


def remember() -> None:
    """Note the widgets' values at the end of a run."""
    st.session_state.remembered = _values()


def _values() -> str:
    """All that the user can change, tables too."""
    state = st.session_state
    tables = [f"{table}_{state.tables_opened}" for table in ("purchases", "lines", "past")]
    facts = [fact_key(fact) for fact in load_ladder(state.ladder).facts]
    return repr([state.get(key) for key in (*_WIDGETS, *facts, *tables)])


def start_of_plan() -> date:
    """A new account starts with its first payment; one that exists, on the date it is given."""
    state = st.session_state
    start: date = state.start
    return start if state.account_exists else state.first_payment or start


def follow() -> None:
    """Let defaults follow what they depend on, unless the user has chosen otherwise.

    Rules versions and prices follow the start date, prices follow the model. Call it before the
    widgets are drawn.
    """
    state = st.session_state
    if not state.account_exists and state.first_payment:
        state.start = state.first_payment
    before, now = state.followed, _followed()
    if before == now:
        return
    provider_before, start_before, model_before, per_request_before = before
    provider, start, model, per_request = now
    new_provider = provider != provider_before
    if new_provider:
        state.opening_tier = None
        state.model = model = _first_model(provider, start)
        now = (provider, start, model, per_request)
    if new_provider or state.ladder == newest_ladder(provider, start_before).id:
        state.ladder = newest_ladder(provider, start).id
    if new_provider or state.limits == newest_limits(provider, start_before).id:
        state.limits = newest_limits(provider, start).id
    facts_before = _facts(provider_before, start_before, model_before, per_request_before)
    if model != model_before or _shown_facts() == facts_before:
        for key, value in _facts(provider, start, model, per_request).items():
            state[key] = value
    state.followed = now


def _fill_recharge(scenario: Scenario) -> None:
    state, recharge = st.session_state, scenario.auto_recharge
    state.recharges = recharge is not None
    state.recharge_below = float(recharge.below) if recharge else 5.0
    state.recharge_amount = float(recharge.amount) if recharge else 25.0
    limit = recharge.monthly_limit if recharge else None
    state.recharge_limit = None if limit is None else float(limit)


def _recharge() -> dict[str, Any] | None:
    state = st.session_state
    if not state.recharges:
        return None
    return {
        "below": _decimal(state.recharge_below),
        "amount": _decimal(state.recharge_amount),
        "monthly_limit": _decimal(state.recharge_limit),
    }


def _fill_purchases(scenario: Scenario) -> None:
    """Give the first purchase to the slider if it is a simple one of the first day."""
    state, purchases = st.session_state, list(scenario.purchases)
    now = purchases[0] if purchases and _is_prepay_now(purchases[0], scenario) else None
    state.prepay = int(now.amount) if now else 0
    rows = [
        (buy.on, float(buy.amount), buy.every, buy.times) for buy in purchases[1 if now else 0 :]
    ]
    state.purchases_opened = _frame(rows, PURCHASE_COLUMNS)
    state.purchases_now = state.purchases_opened
    state.tables_opened = state.get("tables_opened", 0) + 1


def _is_prepay_now(purchase: Purchase, scenario: Scenario) -> bool:
    whole = purchase.amount == int(purchase.amount)
    once = purchase.every is None and purchase.times is None
    on_a_stop = whole and purchase.amount % PREPAY_STEP == 0 and purchase.amount <= MAX_PREPAY
    return purchase.on == scenario.start and once and on_a_stop


def _purchases(start: date) -> list[dict[str, Any]]:
    prepay = st.session_state.prepay
    now = [{"on": start, "amount": Decimal(prepay)}] if prepay else []
    return now + [
        {**row, "amount": _decimal(row["amount"])}
        for row in _rows(st.session_state.purchases_now)
        if row["on"] is not None and row["amount"] is not None
    ]


def _fill_usage(scenario: Scenario) -> None:
    state = st.session_state
    first, *others = [_shown_line(line) for line in scenario.usage] or [_empty_line(scenario)]
    for key, value in first.items():
        state[key] = value
    state.tokens_stop = nearest_stop(first["tokens_per_day"])
    state.lines_opened = _frame([tuple(line.values()) for line in others], LINE_COLUMNS)
    state.lines_now = state.lines_opened


def _usage() -> list[dict[str, Any]]:
    first = {key: st.session_state[key] for key in LINE_COLUMNS}
    others = [
        row
        for row in _rows(st.session_state.lines_now)
        if row["model"] and row["tokens_per_day"] is not None
    ]
    return [_read_line(line) for line in (first, *others)]


def _shown_line(line: UsageLine) -> dict[str, Any]:
    """A usage line as the widgets show it: growth in percent, prices as plain numbers."""
    if line.price is None:
        raise ValueError(f"{line.model} of a checked scenario has a price")
    cached = line.price.cached_input
    return {
        "model": line.model,
        "tokens_per_day": line.tokens_per_day,
        "output_share": line.output_share,
        "cached_share": line.cached_share,
        "growth_percent": float(Decimal(str(line.growth_per_30_days)) * 100),
        "input_price": float(line.price.input),
        "cached_price": None if cached is None else float(cached),
        "output_price": float(line.price.output),
        "starts": line.starts,
        "ends": line.ends,
        "tokens_per_request": line.tokens_per_request,
        "context_window": line.context_window,
    }


def _read_line(shown: dict[str, Any]) -> dict[str, Any]:
    line = {key: value for key, value in shown.items() if value is not None}
    growth = shown["growth_percent"]
    price = {field: _decimal(line.pop(key)) for key, field in _PRICES.items() if key in line}
    line.pop("growth_percent", None)
    line |= {"growth_per_30_days": None if growth is None else float(Decimal(str(growth)) / 100)}
    line |= {key: shown[key] for key in ("tokens_per_day", "context_window")}
    return line | ({"price": price} if price else {})


def _empty_line(scenario: Scenario) -> dict[str, Any]:
    """The first line of a plan that uses nothing."""
    table = scenario.limits_table
    line = UsageLine(model=table.models[0], tokens_per_day=0)
    return _shown_line(scenario.but(usage=[line]).usage[0])


def _followed() -> tuple[str, date, str, float | None]:
    state = st.session_state
    return state.provider, start_of_plan(), state.model, state.tokens_per_request


def _first_model(provider: str, start: date) -> str:
    """A model to begin with at another provider."""
    table = newest_limits(provider, start)
    named = [name for name in table.models if "*" not in name]
    priced = known_models(load_provider(provider).prices)
    limited = [name for name in priced if table.row_for(name)]
    both = [name for name in named if name in priced]
    return (*both, *reversed(limited), *named, *priced, "any model")[0]


def _facts(
    provider: str, start: date, model: str, tokens_per_request: float | None
) -> dict[str, float | int | None]:
    """Prices and context window as the widgets would show them, had the user changed nothing."""
    prices = load_provider(provider).prices
    known = look_up(model, prices, start, tokens_per_request) if model else None
    price = known.price if known else None
    facts: dict[str, float | int | None] = {
        key: None if price is None else _float(getattr(price, field))
        for key, field in _PRICES.items()
    }
    return facts | {"context_window": known.context_window if known else None}


def _shown_facts() -> dict[str, float | int | None]:
    state = st.session_state
    return {key: state[key] for key in (*_PRICES, "context_window")}


def _account_exists(scenario: Scenario) -> bool:
    opaque = scenario.rules.is_opaque
    brings = (
        any(getattr(scenario, key) for key in _BEFORE)
        or bool(scenario.past or scenario.account_created or scenario.purchased_before)
        or (scenario.opening_tier is not None and not opaque)
    )
    return brings or scenario.first_payment not in {None, scenario.start}


def _frame(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    for column in columns:
        if column in {"on", "starts", "ends"}:
            frame[column] = pd.to_datetime(frame[column])
        elif column in {"model", "every"}:
            frame[column] = frame[column].astype("object")
        else:
            frame[column] = frame[column].astype("float64")
    return frame


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of an edited table; empty cells are None, dates are dates."""
    return [
        {str(key): _cell(value) for key, value in row.items()} for row in frame.to_dict("records")
    ]


def _cell(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else value


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)

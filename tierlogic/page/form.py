"""The form: a scenario as the values of the page's widgets, and back.

Streamlit keeps each widget's value in session state under its key. Values are put there before
any widget is drawn, and read from there: a widget never sees the link, nor the link a widget.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pandas as pd
import streamlit as st

from tierlogic.calendar import Every
from tierlogic.page import asking
from tierlogic.page.edited import Columns, Row, frame_of, rows_of
from tierlogic.page.percents import to_percent, to_share
from tierlogic.page.tokens import nearest_stop
from tierlogic.prices import known_models, look_up
from tierlogic.rules.catalog import (
    load_provider,
    newest_ladder,
    newest_limits,
    prices_of,
    providers,
)
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.own import ladder_of, limits_not_known, limits_of, own_ladder, own_limits
from tierlogic.scenario import Noise, Purchase, Scenario, UsageLine

PREPAY_STOPS = range(0, 2_001, 5)
"""What the slider buys now, in whole units of money; other purchases go into the table."""

_LINE: Columns = {
    "model": "text",
    "tokens_per_day": "number",
    "output_share": "number",
    "cached_share": "number",
    "growth_percent": "number",
    "input_price": "number",
    "cached_price": "number",
    "output_price": "number",
    "starts": "date",
    "ends": "date",
    "tokens_per_request": "number",
    "context_window": "number",
}
Table = Literal["purchases", "lines", "past"]
_COLUMNS: dict[Table, Columns] = {
    "purchases": {"on": "date", "amount": "number", "every": "text", "times": "number"},
    "lines": _LINE,
    "past": {"on": "date", "used": "number", "purchased": "number"},
}

Kind = Literal["ladder", "limits"]
KINDS: tuple[Kind, ...] = ("ladder", "limits")

_PLAIN = ("reading", "billing", "evaluated", "lag_days", "days", "title")
_FACTORS = ("active_hours", "peak_factor", "weekend_factor")
_BEFORE = ("used_before", "paid_before", "opening_balance", "month_used_before")
_WIDGETS = (
    "provider",
    "ladder",
    "limits",
    "own_ladder",
    "own_limits",
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
    "noise_percent",
    *_PLAIN,
    *_FACTORS,
    *_BEFORE,
    *_LINE,
)
_ANY_MODEL = "any model"
"""Where no name of a model is known."""
_PRICES = {"input_price": "input", "cached_price": "cached_input", "output_price": "output"}


def fill(scenario: Scenario) -> None:
    """Put a scenario into the widgets."""
    state = st.session_state
    state.provider = scenario.rules.provider
    state.ladder, state.limits = scenario.ladder, scenario.limits
    state.own_ladder, state.own_limits = scenario.own_ladder, scenario.own_limits
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
    state.past_opened = [
        {"on": day.on, "used": float(day.used), "purchased": float(day.purchased)}
        for day in scenario.past
    ]
    state.start, state.first_payment = scenario.start, scenario.first_payment
    state.account_exists = _account_exists(scenario)
    noise = scenario.noise or Noise(spread=0, seed=1)
    state.noise_percent, state.noise_seed = to_percent(noise.spread), noise.seed
    _fill_recharge(scenario)
    _fill_purchases(scenario)
    _fill_usage(scenario)
    state.followed = _followed()


def plan() -> dict[str, Any]:
    """Read the widgets as the fields of a scenario, not yet checked."""
    state = st.session_state
    start = start_of_plan()
    content: dict[str, Any] = {key: state[key] for key in (*_PLAIN, *_FACTORS)}
    content |= {
        "own_ladder": _own_text_in_use("ladder"),
        "own_limits": _own_text_in_use("limits"),
        "ladder": state.ladder,
        "limits": state.limits,
        "start": start,
        "first_payment": state.first_payment,
        "noise": _noise(),
        "auto_recharge": _recharge(),
        "purchases": _purchases(start),
        "usage": _usage(),
    }
    ladder = chosen_ladder()
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
            for row in rows("past")
            if row["on"] is not None
        ]
    if state.account_exists or ladder.is_opaque:
        content["opening_tier"] = state.opening_tier
    return content


def chosen_ladder() -> Ladder:
    """The ladder in use."""
    return ladder_of(st.session_state.ladder, _own_text_in_use("ladder"))


def chosen_limits() -> LimitsTable:
    """The limits table in use."""
    return limits_of(st.session_state.limits, _own_text_in_use("limits"))


def offered_own(kind: Kind) -> Ladder | LimitsTable | None:
    """The ladder or limits table of one's own that the chosen provider offers."""
    text: str | None = st.session_state[f"own_{kind}"]
    rules = _own(kind, text) if text is not None else None
    return rules if rules and rules.provider == st.session_state.provider else None


def uses_own_rules() -> bool:
    """Whether the plan is on rules of one's own."""
    return any(_own_text_in_use(kind) is not None for kind in KINDS)


def offered_providers() -> tuple[str, ...]:
    """All published providers, and that of an own ladder."""
    text: str | None = st.session_state.own_ladder
    own = () if text is None else (own_ladder(text).provider,)
    return tuple(dict.fromkeys((*providers(), *own)))


def take_ladder(text: str) -> None:
    """Use a ladder of one's own; where nobody gives the limits of its provider, none are known."""
    state, ladder = st.session_state, own_ladder(text)
    own_table = state.own_limits
    if own_table is not None and own_limits(own_table).provider != ladder.provider:
        state.own_limits = None
    if state.own_limits is None and ladder.provider not in providers():
        state.own_limits = limits_not_known(ladder)
    state.own_ladder, state.provider, state.ladder = text, ladder.provider, ladder.id
    if not _is_of(ladder.provider, state.limits):
        state.limits = _first_limits()
    _forget_other_tiers()


def take_limits(text: str) -> None:
    """Use limits of one's own, of a provider that is offered."""
    state, table = st.session_state, own_limits(text)
    own = state.own_ladder
    if own is not None and own_ladder(own).provider != table.provider:
        state.own_ladder = None
    state.own_limits, state.provider, state.limits = text, table.provider, table.id
    if not _is_of(table.provider, state.ladder):
        state.ladder = _first_ladder()
    _forget_other_tiers()
    if state.model == _ANY_MODEL:
        # Not as one who chooses a model would: prices that were given stay.
        state.model = _first_model()
        state.followed = _followed()


def leave_own_rules() -> None:
    """Forget the files, and go back to published rules where they were in use."""
    state = st.session_state
    leaves = {kind: _own_text_in_use(kind) is not None for kind in KINDS}
    state.own_ladder = state.own_limits = None
    published = state.provider in providers()
    if not published:
        state.provider = providers()[0]
    if leaves["ladder"] or not published:
        state.ladder = _first_ladder()
    if leaves["limits"] or not published:
        state.limits = _first_limits()
    _forget_other_tiers()


def add_purchase(on: date, amount: float, every: Every | None) -> None:
    """Put one more purchase into the table, after those that are there."""
    state = st.session_state
    one_more = {"on": on, "amount": amount, "every": every, "times": None}
    # The tables are drawn anew, all with what they hold now.
    opened = {table: rows(table) for table in _COLUMNS}
    opened["purchases"].append(one_more)
    for table, its_rows in opened.items():
        state[f"{table}_opened"] = its_rows
    state.tables_opened += 1


def rows(table: Table) -> list[Row]:
    """What a table holds, whether its group was ever opened or not."""
    state = st.session_state
    return rows_of(state[f"{table}_opened"], state.get(editor(table), {}), _COLUMNS[table])


def opened_table(table: Table) -> pd.DataFrame:
    """The frame that a table's editor opens; its edits are beside it."""
    return frame_of(st.session_state[f"{table}_opened"], _COLUMNS[table])


def editor(table: Table) -> str:
    """The key of a table's editor: another one each time that the tables are filled."""
    return f"{table}_{st.session_state.tables_opened}"


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
    tables = map(editor, _COLUMNS)
    facts = [fact_key(fact) for fact in chosen_ladder().facts]
    return repr([state.get(key) for key in (*_WIDGETS, *asking.WIDGETS, *facts, *tables)])


def start_of_plan() -> date | None:
    """A new account starts with its first payment; one that exists, on the date it is given."""
    state = st.session_state
    start: date | None = state.start
    return start if state.account_exists else state.first_payment or start


def _day_of_rules() -> date:
    """The day by which rules and prices are chosen: the last plan's where the start is empty."""
    last: Scenario = st.session_state.last_good
    return start_of_plan() or last.start


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
    if new_provider or state.ladder == _first_ladder(start_before):
        state.ladder = _first_ladder(start)
    if new_provider or state.limits == _first_limits(start_before):
        state.limits = _first_limits(start)
    if new_provider:
        state.model = model = _first_model()
        now = (provider, start, model, per_request)
    facts_before = _facts(provider_before, start_before, model_before, per_request_before)
    if model != model_before or _shown_facts() == facts_before:
        for key, value in _facts(provider, start, model, per_request).items():
            state[key] = value
    state.followed = now


def _first_ladder(start: date | None = None) -> str:
    """The id of the own ladder of the chosen provider, or of its newest published one."""
    own = offered_own("ladder")
    return own.id if own else newest_ladder(st.session_state.provider, start or _day_of_rules()).id


def _first_limits(start: date | None = None) -> str:
    """The id of the own limits table of the chosen provider, or of its newest published one."""
    own = offered_own("limits")
    return own.id if own else newest_limits(st.session_state.provider, start or _day_of_rules()).id


def _own(kind: Kind, text: str) -> Ladder | LimitsTable:
    return own_ladder(text) if kind == "ladder" else own_limits(text)


def _own_text_in_use(kind: Kind) -> str | None:
    """The text of an own file, if it is the one chosen."""
    text: str | None = st.session_state[f"own_{kind}"]
    chosen = text is not None and _own(kind, text).id == st.session_state[kind]
    return text if chosen else None


def _is_of(provider: str, rules: str) -> bool:
    """Whether an id is of a provider's rules."""
    return rules.startswith(f"{provider}/")


def _forget_other_tiers() -> None:
    """Leave no present tier that the ladder in use lacks."""
    if st.session_state.opening_tier not in chosen_ladder().tier_names:
        st.session_state.opening_tier = None


def _noise() -> dict[str, Any] | None:
    spread = to_share(st.session_state.noise_percent or 0)
    return {"spread": spread, "seed": st.session_state.noise_seed} if spread else None


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
    state.purchases_opened = [
        {"on": buy.on, "amount": float(buy.amount), "every": buy.every, "times": buy.times}
        for buy in purchases[1 if now else 0 :]
    ]
    state.tables_opened = state.get("tables_opened", 0) + 1


def _is_prepay_now(purchase: Purchase, scenario: Scenario) -> bool:
    once = purchase.every is None and purchase.times is None
    return purchase.on == scenario.start and once and purchase.amount in PREPAY_STOPS


def _purchases(start: date | None) -> list[dict[str, Any]]:
    prepay = st.session_state.prepay
    now = [{"on": start, "amount": Decimal(prepay)}] if prepay else []
    return now + [
        {**row, "amount": _decimal(row["amount"])}
        for row in rows("purchases")
        if row["on"] is not None and row["amount"] is not None
    ]


def _fill_usage(scenario: Scenario) -> None:
    state = st.session_state
    first, *others = [_shown_line(line) for line in scenario.usage] or [_empty_line(scenario)]
    for key, value in first.items():
        state[key] = value
    state.tokens_stop = nearest_stop(first["tokens_per_day"])
    state.lines_opened = others


def _usage() -> list[dict[str, Any]]:
    first = {key: st.session_state[key] for key in _LINE}
    others = [row for row in rows("lines") if row["model"] and row["tokens_per_day"] is not None]
    return [_read_line(line) for line in (first, *others)]


def _shown_line(line: UsageLine) -> dict[str, Any]:
    """A usage line as the widgets show it: growth in percent, prices as plain numbers."""
    prices = {key: _float(getattr(line.price, field, None)) for key, field in _PRICES.items()}
    return {
        "model": line.model,
        "tokens_per_day": line.tokens_per_day,
        "output_share": line.output_share,
        "cached_share": line.cached_share,
        "growth_percent": to_percent(line.growth_per_30_days),
        **prices,
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
    line |= {"growth_per_30_days": None if growth is None else to_share(growth)}
    line |= {key: shown[key] for key in ("tokens_per_day", "context_window")}
    return line | ({"price": price} if price else {})


def _empty_line(scenario: Scenario) -> dict[str, Any]:
    """The first line of a plan that uses nothing."""
    named = [name for name in scenario.limits_table.models if "*" not in name]
    line = UsageLine(model=(*named, _ANY_MODEL)[0], tokens_per_day=0)
    facts = _facts(scenario.rules.provider, scenario.start, line.model, None)
    return _shown_line(line) | facts


def _followed() -> tuple[str, date, str, float | None]:
    state = st.session_state
    return state.provider, _day_of_rules(), state.model, state.tokens_per_request


def _first_model() -> str:
    """A model to begin with at another provider."""
    table = chosen_limits()
    named = [name for name in table.models if "*" not in name]
    priced = known_models(prices_of(table.provider))
    limited = [name for name in priced if table.row_for(name)]
    both = [name for name in named if name in priced]
    many_use = _model_that_many_use()
    first = [many_use] if many_use in priced else []
    return (*first, *both, *reversed(limited), *named, *priced, _ANY_MODEL)[0]


def _model_that_many_use() -> str | None:
    """That of the chosen provider, where its rules name one; one's own rules name none."""
    provider: str = st.session_state.provider
    return load_provider(provider).first_model if provider in providers() else None


def _facts(
    provider: str, start: date, model: str, tokens_per_request: float | None
) -> dict[str, float | int | None]:
    """Prices and context window as the widgets would show them, had the user changed nothing."""
    prices = prices_of(provider)
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


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)

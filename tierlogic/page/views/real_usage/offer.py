"""The plan that files make: offered, with what no file tells left to be filled in."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

import streamlit as st
from pydantic import ValidationError

from tierlogic.answer import headline
from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.exports.assumptions import unusual_assumptions
from tierlogic.imports import Imported, ImportFileError, is_of_provider
from tierlogic.imports.base import known_provider, plain_plan
from tierlogic.imports.words import mix_in_words
from tierlogic.language import day_in_words, say, to_say
from tierlogic.money import CENT, SYMBOLS
from tierlogic.page import actuals, asking
from tierlogic.page.answers import answer_to
from tierlogic.page.aside import Before, take
from tierlogic.page.markdown import plain
from tierlogic.page.presets import newcomer
from tierlogic.scenario import FIRST_DAY, LAST_DAY, Scenario, problems

Base = Literal["open", "new"]
"""The plan that files are put into."""
_BASES: dict[Base, str] = {
    "open": to_say("The plan that is open"),
    "new": to_say("A new plan, on the newest rules"),
}


def show_offer(scenario: Scenario, told: Imported, today: date) -> None:
    """Draw the plan, its answer, and the button that puts it into the inputs."""
    st.markdown(f"**{say('The plan that they make')}**")
    bases = _bases(scenario, told, today)
    if not bases:
        st.warning(plain(_no_rules(told)), icon=":material/info:")
        return
    put_into = _choose(bases, usual="new" if scenario == newcomer(today) else "open")
    base = bases[put_into]
    try:
        offered = told.scenario(base)
        offered = offered.but(**_what_no_file_tells(offered, told, put_into))
        answered = answer_to(offered)
    except ValidationError as error:
        said = "; ".join(str(problem) for problem in problems(error))
        why = say("The files do not fit a plan: {problems}", problems=plain(said))
        st.error(why, icon=":material/error:")
        return
    except (ImportFileError, PlanTooLargeError) as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    # Days before the plan may be hundreds.
    without_past = offered.model_copy(update={"past": ()})
    sentences = [
        *(
            say("{name}: {value}.", name=name, value=value)
            for name, value in unusual_assumptions(without_past)
        ),
        *mix_in_words(told.usage(base), base.ladder),
    ]
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
    st.markdown(f"**{plain(headline(answered))}**")
    st.button(
        say("Use this plan"),
        key="use_usage",
        type="primary",
        icon=":material/input:",
        on_click=_use,
        args=((scenario, asking.asked()), offered),
        help=say("It goes into the inputs, where everything can be edited."),
    )


def _no_rules(told: Imported) -> str:
    if told.provider is None:
        return say(
            "No rules of this provider in {currency} are known here. "
            "Open a plan of the provider that these files are of.",
            currency=told.currency,
        )
    return say(
        "No rules of {provider} in {currency} are known here. "
        "Open a plan of the provider that these files are of.",
        provider=told.provider,
        currency=told.currency,
    )


def _bases(scenario: Scenario, told: Imported, today: date) -> dict[Base, Scenario]:
    """The plans that the files fit: the open one, and a new one of their provider."""
    bases: dict[Base, Scenario] = {"open": scenario} if is_of_provider(scenario, told) else {}
    provider = known_provider(told.provider or scenario.rules.provider)
    if provider:
        new = plain_plan(provider, told.start or today)
        if is_of_provider(new, told):
            bases["new"] = new
    return bases


def _choose(bases: dict[Base, Scenario], usual: Base) -> Base:
    """Let one of several be chosen."""
    if len(bases) == 1:
        return next(iter(bases))
    return st.segmented_control(
        say("What the files do not say is that of"),
        [*bases],
        default=usual,
        format_func=lambda base: say(_BASES[base]),
        required=True,
        key=f"usage_base_{actuals.times_read()}",
    )


def _what_no_file_tells(offered: Scenario, told: Imported, put_into: Base) -> dict[str, Any]:
    """Ask for what is left of the credit, and where no file tells payments, for those.

    The fields begin anew with what was read, and with the plan that it is put into.
    """
    asked: dict[str, Any] = {}
    which, symbol = f"{put_into}_{actuals.times_read()}", SYMBOLS[offered.rules.currency]
    with st.container(horizontal=True):
        if offered.billing == "prepaid":
            asked["opening_balance"] = _amount(
                say(
                    "Credit left on {day}, {symbol}",
                    day=day_in_words(offered.start),
                    symbol=plain(symbol),
                ),
                f"usage_balance_{which}",
                offered.opening_balance,
                say(
                    "What the provider's billing page shows. No export tells it; where the files "
                    "tell every payment and all use since the first, it is their difference."
                ),
            )
        if not told.payments and told.used and not offered.paid_before:
            asked["paid_before"] = _amount(
                say("Paid so far, {symbol}", symbol=plain(symbol)),
                f"usage_paid_{which}",
                offered.used_before,
                say("No file tells payments: at least what was used."),
            )
            asked["first_payment"] = st.date_input(
                say("First payment"),
                next(day.on for day in told.each_day if day.used),
                FIRST_DAY,
                LAST_DAY,
                key=f"usage_first_payment_{which}",
                format="YYYY-MM-DD",
                help=say("No file tells payments: the first day with use at the latest."),
            )
    return asked


def _amount(label: str, key: str, told: Decimal, help_text: str) -> Decimal:
    value = st.number_input(
        label,
        0.0,
        None,
        float(told),
        key=key,
        step=5.0,
        format="%.2f",
        help=help_text,
        width=220,
    )
    return Decimal(str(value)).quantize(CENT)


def _use(before: Before, offered: Scenario) -> None:
    take(before, offered)
    st.session_state.mode = asking.PLAN

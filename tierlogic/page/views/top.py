"""The top of the page: its name, the ways in and out, and what could not be read."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tierlogic.answer import Answer
from tierlogic.language import number, say, to_say
from tierlogic.links import NOTHING_ASKED, Asked, as_query, to_parameters
from tierlogic.page import asking, form, many_accounts
from tierlogic.page.address import accept_repairs, opened_link
from tierlogic.page.aside import Before, bring_back, plan_before, put_aside
from tierlogic.page.current import lacks_only_prices
from tierlogic.page.markdown import plain
from tierlogic.page.presets import EXAMPLES, newcomer
from tierlogic.page.views.downloads import show_downloads
from tierlogic.page.views.many_accounts import show_way_back
from tierlogic.page.views.open import show_open
from tierlogic.page.views.share import show_share
from tierlogic.scenario import Problem, Scenario

_MODES = {
    asking.PLAN: to_say("I have a plan"),
    asking.TARGET: to_say("I have a target"),
    asking.USAGE: to_say("I have bills"),
}
_MOST_SHOWN = 12


def place_of_title() -> DeltaGenerator:
    """Keep the line in which `show_title` draws."""
    return st.container(horizontal=True, vertical_alignment="center")


def show_title(answered: Answer, asked: Asked, today: date) -> None:
    """Draw the name, the plan's title, and the ways in and out, side by side."""
    st.header("Tierlogic", anchor=False, width="content")
    title = plain(answered.scenario.title) or say("When does the next usage tier open?")
    st.caption(title, width="stretch")
    st.segmented_control(
        say("What you have"),
        _MODES,
        key="mode",
        format_func=lambda mode: say(_MODES[mode]),
        required=True,
        label_visibility="collapsed",
    )
    _show_ways_in(answered.scenario, asked, today)
    show_share(answered.scenario, asked)
    show_downloads(answered, asked, today)


def _show_ways_in(scenario: Scenario, asked: Asked, today: date) -> None:
    """Draw one button that opens to all that can take this plan's place."""
    icon = ":material/file_open:"
    with st.popover(
        say("Open"), type="tertiary", icon=icon, key="Open", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        _offer_examples(today)
        _offer_own_files(scenario)
        show_open()
        _offer_to_start_over(scenario, asked, today)


def show_notices(
    scenario: Scenario, found: list[Problem], complaints: list[str], today: date
) -> None:
    """Say what could not be read of the link, and which inputs stand in the way.

    Args:
        scenario: the plan that is shown.
        found: what is wrong with the inputs.
        complaints: the same in words.
        today: the day of the example of a new account.
    """
    if show_problems():
        _offer_repairs(today)
    if complaints:
        what = (
            say("What you see counts what is paid, and no use of the model.")
            if lacks_only_prices(found)
            else say("An input cannot be used. What you see is the last plan that holds.")
        )
        _warn(what, complaints, ":material/edit_off:")
    _offer_undo(scenario)
    show_way_back()


def show_problems() -> bool:
    """Say what could not be read of the link; return whether there was anything."""
    opened = opened_link()
    what = (
        say("Parts of this link could not be read. The rest is opened.")
        if opened.scenario
        else say("This link could not be opened. An example stands in its place.")
    )
    listed = [
        f"`{_quoted(problem.parameter)}` = `{_quoted(problem.given)}`: {plain(problem.message)}"
        for problem in opened.problems
    ]
    if listed:
        _warn(what, listed, ":material/link_off:")
    return bool(listed)


def _warn(what: str, listed: list[str], icon: str) -> None:
    if len(listed) == 1:
        st.warning(f"{what} {listed[0]}", icon=icon)
        return
    shown = listed[:_MOST_SHOWN]
    more = len(listed) - len(shown)
    rest = [say("and {count} more", count=number(more))] if more else []
    st.warning("\n".join([what, "", *(f"- {entry}" for entry in [*shown, *rest])]), icon=icon)


def _offer_repairs(today: date) -> None:
    with st.container(horizontal=True):
        st.button(
            say("Put what you see into the address"),
            key="accept_repairs",
            icon=":material/build:",
            on_click=accept_repairs,
        )
        st.button(
            say("Open the example of a new account"),
            key="open_default",
            icon=":material/restart_alt:",
            on_click=_start_over,
            args=(None, newcomer(today)),
        )


def _offer_examples(today: date) -> None:
    """Draw each example as a link: Streamlit opens links in a new tab, so this plan stays."""
    st.markdown(say("**Examples**, each in a new tab"))
    for example in EXAMPLES:
        parameters = to_parameters(example.plan(today), example.asks(today))
        st.link_button(
            plain(say(example.name)),
            f"?{as_query(parameters)}",
            type="tertiary",
            icon=":material/lightbulb:",
            help=plain(say(example.help)),
        )


def _offer_own_files(scenario: Scenario) -> None:
    st.markdown(f"**{say('Your own files')}**")
    st.button(
        say("Exports of usage, costs or payments"),
        key="open_usage",
        type="tertiary",
        icon=":material/receipt_long:",
        on_click=_choose_real_usage,
        help=say("What a provider or a gateway exports, read into a plan."),
    )
    st.button(
        say("A table of many accounts"),
        key="open_many_accounts",
        type="tertiary",
        icon=":material/groups:",
        on_click=many_accounts.show_view,
        args=(scenario,),
        help=say("One row an account: when its tiers open, and which accounts to act on."),
    )


def _choose_real_usage() -> None:
    st.session_state.mode = asking.USAGE


def _offer_to_start_over(scenario: Scenario, asked: Asked, today: date) -> None:
    """Ask first: a switch arms the button."""
    st.toggle(say("Put this plan aside and start over"), key="sure_to_start_over")
    st.button(
        say("Start over"),
        key="start_over",
        icon=":material/restart_alt:",
        on_click=_start_over,
        args=((scenario, asked), newcomer(today)),
        disabled=not st.session_state.sure_to_start_over,
        help=say("The example of a new account takes its place. You can undo it."),
    )


def _start_over(before: Before | None, anew: Scenario) -> None:
    put_aside(before, anew)
    st.session_state.sure_to_start_over = False
    form.fill(anew)
    asking.fill(NOTHING_ASKED, anew)
    accept_repairs()


def _offer_undo(scenario: Scenario) -> None:
    """Offer the plan before, for as long as nothing else is done."""
    before = plan_before(scenario)
    if before is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(say("Your plan was put aside."), width="content")
        st.button(
            say("Undo"),
            key="undo",
            type="tertiary",
            icon=":material/undo:",
            on_click=bring_back,
            args=before,
        )


def _quoted(given: str) -> str:
    return given.replace("`", "'")

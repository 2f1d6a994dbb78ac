"""Groups that nobody has opened make no inputs; what they hold counts all the same."""

from streamlit.testing.v1 import AppTest

from tests.page.pages import APP, GROUPS, PLAN, as_shown, headline, move, parameter, run


def test_closed_groups_make_no_inputs_and_what_the_link_gave_them_counts() -> None:
    page = _closed_page(used_before="45", paid_before="45")
    assert [each.key for each in page.number_input] == ["tokens_per_day"]
    # $45 and $11.25 a day: Tier 2 asks for $50, Tier 3 for $100, used on the 5th day ($101.25).
    assert headline(page).startswith("Tier 3 opens on 5 Jun 2026")
    move(page, "prepay", 200)
    assert parameter(page, "used_before") == ["45"]


def test_a_group_makes_its_inputs_when_it_opens_and_keeps_them_when_it_closes() -> None:
    page = _closed_page(growth="0.5")
    page.session_state["Usage and prices"] = True
    assert run(page).number_input(key="growth_percent").value == 50
    changed = run(page.number_input(key="growth_percent").set_value(20))
    changed.session_state["Usage and prices"] = False
    assert run(changed).number_input(key="growth_percent").value == 20
    assert parameter(changed, "growth") == ["0.2"]


def _closed_page(**parameters: str) -> AppTest:
    page = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in (PLAN | parameters).items():
        page.query_params[name] = value
    opened = run(page)
    assert not any(opened.session_state[name] for name in GROUPS)
    return opened


def test_closed_popovers_make_no_buttons_and_no_links() -> None:
    page = _closed_page()
    keys = {button.key for button in page.button}
    assert keys.isdisjoint({"start_over", "open_usage"})
    assert not page.get("link_button")
    page.session_state["Open"] = True
    assert as_shown(run(page).get("link_button")[0].proto.label) == "Buy it or use it?"


def test_a_model_without_a_known_price_opens_the_group_that_asks_for_it() -> None:
    page = _closed_page()
    run(page.selectbox(key="provider").set_value("alibaba"))
    assert page.session_state["Usage and prices"]
    assert "no price of" in page.error[0].value

    page.session_state["Usage and prices"] = False
    assert not run(page).session_state["Usage and prices"], "it can be closed all the same"
    run(page.number_input(key="input_price").set_value(2.0))
    run(page.number_input(key="output_price").set_value(8.0))
    assert not page.error
    assert parameter(page, "input_price") == ["2"]


def test_an_error_stands_beside_the_field_to_change_while_its_own_group_is_closed() -> None:
    page = _closed_page(paid_before="60", used_before="10")
    run(page.date_input(key="first_payment").set_value(None))
    kinds = [part.type for part in page.main if part.type != "flex_container"]
    assert kinds[kinds.index("date_input") + 1] == "error"
    assert as_shown(page.error[0].value).startswith("Paid so far: 60 was paid, so First payment")


def test_what_belongs_together_follows_each_other_where_columns_stand_beneath_each_other() -> None:
    page = _closed_page()
    page.session_state["Usage and prices"] = True
    keys = [key for part in run(page).main if (key := getattr(part, "key", None))]
    first = keys.index("output_share")
    assert keys[first : first + 5] == [
        *("output_share", "cached_share"),
        *("growth_percent", "weekend_factor", "active_hours"),
    ]

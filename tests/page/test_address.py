"""What the address holds when a change comes before the page is whole."""

from streamlit.testing.v1 import AppTest

from tests.page.pages import PLAN, parameter


def test_a_change_that_breaks_off_the_first_run_is_written() -> None:
    page = AppTest.from_function(_broken_off_once, default_timeout=60)
    for name, value in PLAN.items():
        page.query_params[name] = value
    page.run()
    assert parameter(page, "buy") == ["2026-06-01_100"]

    page.session_state["prepay"] = 105
    page.run()

    assert not page.exception
    assert parameter(page, "buy") == ["2026-06-01_105"]


def _broken_off_once() -> None:
    from datetime import UTC, datetime  # noqa: PLC0415 - a script of its own

    import streamlit as st  # noqa: PLC0415

    from tierlogic.page import asking  # noqa: PLC0415
    from tierlogic.page.address import open_address, write_address  # noqa: PLC0415
    from tierlogic.page.current import current_answer  # noqa: PLC0415

    open_address(datetime.now(UTC).date())
    if "broken_off" not in st.session_state:
        st.session_state.broken_off = True
        st.stop()
    write_address(current_answer()[0].scenario, asking.asked())

"""A fault of the page: a sentence for the user, the exception and the link for the log."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

from tierlogic.page.faults import SENTENCE


def failing_page() -> None:
    from tierlogic.page.faults import told  # noqa: PLC0415 - AppTest runs this as a script

    with told():
        raise ZeroDivisionError("a secret path")


def test_a_fault_shows_a_sentence_and_logs_the_link(caplog: pytest.LogCaptureFixture) -> None:
    page = AppTest.from_function(failing_page)
    page.query_params["ladder"] = "openai/2026-05"
    with caplog.at_level(logging.ERROR, logger="tierlogic.page"):
        page.run()

    assert not page.exception
    (shown,) = page.error
    assert shown.value == SENTENCE
    (logged,) = (record for record in caplog.records if record.name == "tierlogic.page")
    assert logged.getMessage() == "The page failed on ?ladder=openai/2026-05"
    assert logged.exc_info
    assert logged.exc_info[0] is ZeroDivisionError

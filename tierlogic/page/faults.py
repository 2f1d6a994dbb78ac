"""A fault of the page itself: told to the user in words, and to the log with the link."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import streamlit as st

from tierlogic.language import say, to_say

SENTENCE = to_say(
    "Something went wrong on our side. Your plan is in the address: reload to open it again, "
    "or send the address to whoever runs this page."
)
_log = logging.getLogger("tierlogic.page")


@contextmanager
def told() -> Iterator[None]:
    """Show a sentence in place of an exception, and log the exception with the plan's link."""
    try:
        yield
    except Exception:
        query = {name: st.query_params.get_all(name) for name in st.query_params}
        _log.exception("The page failed on ?%s", urlencode(query, doseq=True, safe="/:"))
        st.error(say(SENTENCE), icon=":material/error:")

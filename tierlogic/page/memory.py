"""Memory of the server: what stays loaded is not scanned again, threads share what is free."""

import ctypes
import gc
import platform
from datetime import date

import streamlit as st

from tierlogic.charts import DARK, LIGHT, account_chart
from tierlogic.page.answers import answer_to
from tierlogic.page.presets import newcomer

_M_ARENA_MAX = -8
"""The number of that parameter in glibc's malloc.h."""


@st.cache_resource(show_spinner=False)
def settle(_today: date) -> None:
    """Settle, once per server: first visitors wait for one to do so."""
    settle_now(_today)


def settle_now(today: date) -> None:
    """Read the rules and the prices, make the templates of the charts in sight, and freeze all."""
    _share_free_memory()
    answered = answer_to(newcomer(today))
    for theme in (LIGHT, DARK):
        account_chart(answered.chosen, theme)
    gc.collect()
    # Scanning it costs 80 ms a time.
    gc.freeze()


def _share_free_memory() -> None:
    """Keep two pools of memory for all threads, where glibc would keep up to eight a processor.

    Each run of the page is a thread of its own: what one gives back should serve the next.
    """
    if platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)

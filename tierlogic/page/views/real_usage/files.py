"""The way in for files: what each was recognised as, and the rows that could not be read."""

from datetime import date

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from tierlogic.imports import Imported, ImportFileError, read
from tierlogic.imports.files import Progress
from tierlogic.language import number, say, say_count
from tierlogic.page import actuals
from tierlogic.page.markdown import plain
from tierlogic.page.turns import out_of_turn

_MOST_SHOWN = 200


def show_files(today: date) -> None:
    """Draw the upload, and read what comes by it."""
    largest = st.get_option("server.maxUploadSize")
    files = st.file_uploader(
        say("Exports of usage or costs, and lists of payments, as CSV, TSV or JSON"),
        accept_multiple_files=True,
        key=f"usage_files_{st.session_state.get('uploads_left', 0)}",
        help=say(
            "OpenAI, Anthropic, OpenRouter, LiteLLM, DeepSeek, or a table with a date and tokens, "
            "costs or an amount paid. Give all files at once: they are put together."
        ),
    )
    st.caption(
        say(
            "Files of up to {size} MB each; larger ones are for the shell: "
            "`tierlogic import FILE...`. No file is stored. What stays are sums by day, in this "
            "session; a link holds only the figures of the plan that you make of them.",
            size=largest,
        )
    )
    told = actuals.imported()
    provider = currency = None
    if told:
        provider = _choose(
            say("The files tell of several; the provider that is counted"),
            told.providers,
            told.provider,
            "usage_provider",
        )
        currency = _choose(
            say("The files tell of several; the currency that is counted"),
            told.currencies,
            told.currency,
            "usage_currency",
        )
    if files:
        _read_if_new(files, provider, currency, today)
    if told:
        _show_recognised(told)
        st.button(
            say("Forget what was read"),
            key="forget_usage",
            type="tertiary",
            icon=":material/delete:",
            on_click=_forget,
        )


def _choose(label: str, told: tuple[str, ...], counted: str | None, key: str) -> str | None:
    """Let one of several providers or currencies be chosen; a plan has one."""
    if len(told) < 2:
        return counted
    return st.segmented_control(
        label,
        told,
        default=counted,
        key=f"{key}_{actuals.times_read()}",
        required=True,
    )


def _read_if_new(
    files: list[UploadedFile], provider: str | None, currency: str | None, today: date
) -> None:
    """Read files, unless they were read already for this provider and currency."""
    state = st.session_state
    names = tuple(file.file_id for file in files)
    names_before, provider_before, currency_before = state.get("usage_read") or ((), None, None)
    if names != names_before:
        provider = currency = None
    elif provider != provider_before:
        currency = None
    elif currency == currency_before:
        _say_fault()
        return
    told = _read(files, provider, currency, today)
    if told is None:
        state.usage_read = names, provider, currency
        _say_fault()
        return
    state.usage_read = names, told.provider, told.currency
    actuals.keep(told)
    # The charts above have the actual line from now on.
    st.rerun()


def _read(
    files: list[UploadedFile], provider: str | None, currency: str | None, today: date
) -> Imported | None:
    """Read files; None where one of them cannot be read, which is kept to be said."""
    state, bar = st.session_state, st.progress(0.0, say("Reading the files"))
    try:
        with out_of_turn():
            told = read(
                files,
                today=today,
                provider=provider,
                currency=currency,
                progress=_shown_on(bar, sum(file.size for file in files)),
            )
    except ImportFileError as error:
        state.usage_fault = str(error)
        return None
    finally:
        bar.empty()
    state.usage_fault = None
    return told


def _shown_on(bar: DeltaGenerator, size: int) -> Progress:
    """Show how much of all files is read, a percent at a time."""
    read_of: dict[str, int] = {}
    shown = 0

    def show(name: str, read_so_far: int, _: int | None) -> None:
        nonlocal shown
        read_of[name] = read_so_far
        percent = min(100, sum(read_of.values()) * 100 // max(size, 1))
        if percent > shown:
            shown = percent
            bar.progress(percent, say("Reading {file}", file=plain(name)))

    return show


def _say_fault() -> None:
    fault: str | None = st.session_state.get("usage_fault")
    if fault:
        nothing_read = say("{fault}. Nothing new was read.", fault=plain(fault))
        st.error(nothing_read, icon=":material/error:")


def _show_recognised(told: Imported) -> None:
    rows = [(file.name, say(file.format), file.rows, file.unread) for file in told.files]
    st.dataframe(
        pd.DataFrame(rows, columns=["file", "format", "read", "unread"]),
        hide_index=True,
        alt=say("Files with what each was recognised as, and how many of its rows were read"),
        column_config={
            "file": say("File"),
            "format": say("Recognised as"),
            "read": st.column_config.NumberColumn(say("Rows read"), format="localized"),
            "unread": st.column_config.NumberColumn(say("Rows not read"), format="localized"),
        },
    )
    for note in told.notes:
        st.caption(plain(note))
    if not told.unread_count:
        return
    not_read = say_count(
        "{count} row was not read; the rest is used",
        "{count} rows were not read; the rest is used",
        told.unread_count,
    )
    with st.expander(not_read, icon=":material/warning:"):
        listed = [(row.file, row.line, row.reason) for row in told.unread[:_MOST_SHOWN]]
        st.dataframe(
            pd.DataFrame(listed, columns=["file", "line", "why"]),
            hide_index=True,
            alt=say("Rows that could not be read, with their line and the reason"),
            column_config={
                "file": say("File"),
                "line": say("Line"),
                "why": st.column_config.TextColumn(say("Why"), width="large"),
            },
        )
        if more := told.unread_count - len(listed):
            st.caption(say("And {count} more.", count=number(more)))


def _forget() -> None:
    state = st.session_state
    actuals.keep(None)
    state.usage_read = state.usage_fault = None
    state.uploads_left = state.get("uploads_left", 0) + 1

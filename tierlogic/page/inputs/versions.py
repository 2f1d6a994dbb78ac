"""A picker of dated rules: the versions of one provider, with their dates and confidence."""

from collections.abc import Callable, Sequence

import streamlit as st

from tierlogic.rules.document import RulesFile


def version_picker(
    label: str,
    key: str,
    versions: Sequence[str],
    load: Callable[[str], RulesFile],
    help_text: str,
) -> None:
    """Draw a choice among the versions of the chosen provider."""

    def name(version: str) -> str:
        rules = load(version)
        return f"{rules.in_force_from:%b %Y} · {rules.title} · {rules.confidence} confidence"

    of_provider = [v for v in versions if v.startswith(f"{st.session_state.provider}/")]
    st.selectbox(label, of_provider, key=key, format_func=name, help=help_text)

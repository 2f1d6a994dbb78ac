"""A picker of dated rules: the versions of one provider, with their dates and confidence."""

from collections.abc import Callable, Sequence

import streamlit as st

from tierlogic.language import say, short_month_in_words, to_say
from tierlogic.page import form
from tierlogic.rules.document import RulesFile
from tierlogic.rules.limits import LimitsTable

_HOW_SURE = {
    "high": to_say("high confidence"),
    "medium": to_say("medium confidence"),
    "low": to_say("low confidence"),
}


def version_picker(
    label: str,
    key: form.Kind,
    versions: Sequence[str],
    load: Callable[[str], RulesFile],
    help_text: str,
) -> None:
    """Draw a choice among the versions of the chosen provider, a file of one's own too."""
    own = form.offered_own(key)

    def name(version: str) -> str:
        if own and version == own.id:
            nothing_known = isinstance(own, LimitsTable) and not own.rows
            if nothing_known:
                return say("Not known")
            return say("{id} (your file) · {title}", id=own.id, title=own.title)
        rules = load(version)
        month = short_month_in_words(rules.in_force_from)
        return f"{month} · {rules.title} · {say(_HOW_SURE[rules.confidence])}"

    of_provider = [v for v in versions if v.startswith(f"{st.session_state.provider}/")]
    offered = dict.fromkeys([*of_provider, *([own.id] if own else [])])
    st.selectbox(label, list(offered), key=key, format_func=name, help=help_text)

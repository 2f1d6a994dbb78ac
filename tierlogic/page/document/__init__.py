"""The document around the page: its language, and what calls for a run though no input changes."""

import streamlit as st

from tierlogic.language import language_tag
from tierlogic.page.beside import text_beside

_DOCUMENT = st.components.v2.component(
    "tierlogic_document", js=text_beside(__file__, "document.js")
)


def tend_document() -> None:
    """Say the page's language, and run the page when its server or its theme is another.

    It shows nothing. Call it last, for it takes the place of a line.
    """
    _DOCUMENT(
        key="document", data={"language": language_tag()}, height=1, on_runs_change=lambda: None
    )

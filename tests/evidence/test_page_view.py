"""The view of the evidence, drawn without a browser."""

from streamlit.testing.v1 import AppTest

import tierlogic as tl
from tests.page.pages import as_shown, text


def evidence_page() -> None:
    from tierlogic.page.views.evidence import (  # noqa: PLC0415 - AppTest runs this as a script
        show_evidence,
    )

    show_evidence()


def test_every_report_is_shown_with_its_words_and_its_source() -> None:
    page = AppTest.from_function(evidence_page, default_timeout=60).run()
    assert not page.exception
    shown = text(page)
    found = tl.evidence()
    told = [*(judged.report for judged in found.judged), *found.not_simulated]
    assert len(page.expander) == len(told)
    for report, expander in zip(told, page.expander, strict=True):
        assert as_shown(expander.label) == f"{report.title} ({report.when})"
        for words in (report.facts, report.seen, report.strength_because, report.source.url):
            assert words in shown
    for sentence in (
        *found.sentences,
        *(one for judged in found.judged for one in judged.sentences),
    ):
        assert sentence in shown
    for report in found.not_simulated:
        assert str(report.not_simulated) in shown
    (scores,) = page.dataframe
    assert list(scores.value["contradicted"]) == list(found.scores["contradicted"])

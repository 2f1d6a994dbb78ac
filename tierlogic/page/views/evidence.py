"""Do the rules hold in practice? Field reports beside every way to take the rules."""

import functools

import streamlit as st

from tierlogic.evidence_reports import Report
from tierlogic.evidence_verdicts import VERDICTS, Evidence, Judged, evidence
from tierlogic.language import day_in_words
from tierlogic.page.markdown import plain

_READINGS = {"paid": "Buying credit", "used": "Only using it"}
_EVALUATIONS = {"daily": "Every day", "at_payment": "Only when paying"}


def show_evidence() -> None:
    """Draw the counts, then each report with its words, source, strength and what fits."""
    found = _of_the_package()
    st.subheader("Do the rules hold in practice?", anchor=False)
    st.markdown(
        "Users have reported when their tiers opened. Each report is simulated here with both "
        "readings, both evaluations and delays of up to a week. Where it leaves open what decides, "
        "it counts as undecided."
    )
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in found.sentences))
    _show_scores(found)
    for judged in found.judged:
        _show_judged(judged)
    for report in found.not_simulated:
        _show_too_little(report)


@functools.cache
def _of_the_package() -> Evidence:
    return evidence()


def _show_scores(found: Evidence) -> None:
    names: dict[str, str] = {verdict: verdict.capitalize() for verdict in VERDICTS}
    scores = found.scores.assign(
        reading=found.scores["reading"].map(_READINGS),
        evaluated=found.scores["evaluated"].map(_EVALUATIONS),
    )
    st.dataframe(
        scores,
        hide_index=True,
        alt="Reports that each combination of reading, evaluation and delay gives",
        column_config={
            "reading": "What counts",
            "evaluated": "Accounts are looked at",
            "lag_days": "Delay, days",
            **names,
        },
    )


def _show_judged(judged: Judged) -> None:
    report = judged.report
    with _expander(report):
        _show_words(report)
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in judged.sentences))
        _show_list("Left open, and tried in turn:", [case.says for case in report.cases])
        _show_list("Taken to be so, since the report does not say:", report.assumes)


def _show_too_little(report: Report) -> None:
    with _expander(report):
        _show_words(report)
        st.markdown(f"Not simulated: {plain(report.not_simulated or '')}")


def _expander(report: Report) -> st.delta_generator.DeltaGenerator:
    return st.expander(f"{plain(report.title)} ({plain(report.when)})")


def _show_words(report: Report) -> None:
    source = report.source
    read = plain(f"read {day_in_words(source.read)}")
    cited = f"[{read}]({source.url})" if source.url.startswith("https://") else plain(source.url)
    quote = f' "{plain(report.quote)}"' if report.quote else ""
    st.markdown(f"{plain(report.facts)} **Seen:** {plain(report.seen)}{quote} {cited}")
    st.caption(f"Strength {report.strength}: {plain(report.strength_because)}")
    if source.note:
        st.caption(plain(source.note))


def _show_list(title: str, said: list[str] | tuple[str, ...]) -> None:
    if said:
        st.caption("\n".join([title, *(f"- {plain(sentence)}" for sentence in said)]))

"""Do the rules hold in practice? Field reports beside every way to take the rules."""

import streamlit as st

from tierlogic.evidence_reports import Report
from tierlogic.evidence_verdicts import Evidence, Judged, evidence
from tierlogic.language import day_in_words, kept_by_language, say, to_say
from tierlogic.page.markdown import plain

_READINGS = {"paid": to_say("Buying credit"), "used": to_say("Only using it")}
_EVALUATIONS = {"daily": to_say("Every day"), "at_payment": to_say("Only when paying")}
_SCORES = {
    "reading": to_say("What counts"),
    "evaluated": to_say("Accounts are looked at"),
    "lag_days": to_say("Delay, days"),
    "reproduced": to_say("Reproduced"),
    "contradicted": to_say("Contradicted"),
    "undecided": to_say("Undecided"),
}


def show_evidence() -> None:
    """Draw the counts, then each report with its words, source, strength and what fits."""
    found = _of_the_package()
    st.subheader(say("Do the rules hold in practice?"), anchor=False)
    st.markdown(
        say(
            "Users have reported when their tiers opened. Each report is simulated here with both "
            "readings, both evaluations and delays of up to a week. Where it leaves open what "
            "decides, it counts as undecided."
        )
    )
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in found.sentences))
    _show_scores(found)
    for judged in found.judged:
        _show_judged(judged)
    for report in found.not_simulated:
        _show_too_little(report)


@kept_by_language(None)
def _of_the_package() -> Evidence:
    return evidence()


def _show_scores(found: Evidence) -> None:
    scores = found.scores.assign(
        reading=found.scores["reading"].map(_READINGS).map(say),
        evaluated=found.scores["evaluated"].map(_EVALUATIONS).map(say),
    )
    st.dataframe(
        scores,
        hide_index=True,
        alt=say("Reports that each combination of reading, evaluation and delay gives"),
        column_config={column: say(heading) for column, heading in _SCORES.items()},
    )


def _show_judged(judged: Judged) -> None:
    report = judged.report
    with _expander(report):
        _show_words(report)
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in judged.sentences))
        _show_list(say("Left open, and tried in turn:"), [case.says for case in report.cases])
        _show_list(say("Taken to be so, since the report does not say:"), report.assumes)


def _show_too_little(report: Report) -> None:
    with _expander(report):
        _show_words(report)
        st.markdown(say("Not simulated: {why}", why=plain(report.not_simulated or "")))


def _expander(report: Report) -> st.delta_generator.DeltaGenerator:
    return st.expander(f"{plain(report.title)} ({plain(report.when)})")


def _show_words(report: Report) -> None:
    source = report.source
    read = plain(say("read {day}", day=day_in_words(source.read)))
    cited = f"[{read}]({source.url})" if source.url.startswith("https://") else plain(source.url)
    quote = f' "{plain(report.quote)}"' if report.quote else ""
    seen = f"**{say('Seen:')}** {plain(report.seen)}"
    st.markdown(f"{plain(report.facts)} {seen}{quote} {cited}")
    because = plain(report.strength_because)
    st.caption(say("Strength {grade}: {because}", grade=report.strength, because=because))
    if source.note:
        st.caption(plain(source.note))


def _show_list(title: str, said: list[str] | tuple[str, ...]) -> None:
    if said:
        st.caption("\n".join([title, *(f"- {plain(sentence)}" for sentence in said)]))

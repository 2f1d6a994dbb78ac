"""tierlogic evidence: whether the rules hold in practice."""

import argparse

from tierlogic.evidence_verdicts import VERDICTS, Evidence, evidence
from tierlogic.rules.words import days_in_words
from tierlogic.shell.parser import Commands, add_command, add_forms
from tierlogic.shell.printing import FORMS, Said, Table, say

_EVALUATED = {"daily": "every day", "at_payment": "only when paying"}


def add(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "evidence",
        "say which ways to take the rules fit what users reported",
        ["tierlogic evidence", "tierlogic evidence --format csv"],
    )
    add_forms(
        parser,
        FORMS,
        "table: sentences and counts, if left out; csv: the counts; json: every report too; "
        "markdown: a summary",
    )
    parser.set_defaults(command=_evidence)


def _evidence(arguments: argparse.Namespace) -> int:
    return say(_said(evidence()), arguments)


def _said(found: Evidence) -> Said:
    scores = found.scores.to_dict("records")
    return Said(
        kind="evidence",
        sentences=found.sentences,
        tables=[
            Table(
                ("counts", "evaluated", "delay", *VERDICTS),
                [
                    (
                        score["reading"],
                        _EVALUATED[score["evaluated"]],
                        days_in_words(score["lag_days"]),
                        *(str(score[verdict]) for verdict in VERDICTS),
                    )
                    for score in scores
                ],
            )
        ],
        figures=[{str(name): value for name, value in score.items()} for score in scores],
        record={
            "sentences": found.sentences,
            "scores": scores,
            "reports": [
                {
                    "id": one.report.id,
                    "title": one.report.title,
                    "source": one.report.source.url,
                    "strength": one.report.strength,
                    "sentences": one.sentences,
                }
                for one in found.judged
            ],
            "not_simulated": [
                {"id": report.id, "title": report.title, "because": report.not_simulated}
                for report in found.not_simulated
            ],
        },
    )

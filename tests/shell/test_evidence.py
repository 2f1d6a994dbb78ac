import pytest

import tierlogic as tl
from tests.shell.running import run


def test_the_sentences_and_the_counts(capsys: pytest.CaptureFixture[str]) -> None:
    found = tl.evidence()
    words, table = run(capsys, "evidence").out.split("\n\n")
    assert tuple(words.splitlines()) == found.sentences
    assert len(table.splitlines()) == 1 + len(found.scores)

    record = run(capsys, "evidence", "--format", "json").record
    assert tuple(record["sentences"]) == found.sentences
    assert record["scores"] == found.scores.to_dict("records")
    assert len(record["reports"]) == len(found.judged)
    assert len(record["not_simulated"]) == len(found.not_simulated)

    rows = run(capsys, "evidence", "--csv").rows
    assert [int(row["reproduced"]) for row in rows] == found.scores["reproduced"].tolist()

"""Every command and code block of the documents is run, or says why not."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import tierlogic as tl
from tests.docs.blocks import DOCUMENTS, FaultyBlockError, Runner, blocks_of
from tierlogic.links import to_parameters
from tierlogic.plan_file import to_plan_file

SAMPLES = Path(__file__).parents[1] / "imports" / "samples"
FILES = {
    "costs.csv": SAMPLES / "openai_console.costs.tsv",
    "usage.csv": SAMPLES / "openai_console.usage.tsv",
    "payments.csv": SAMPLES / "payments.csv",
}
"""Exports that a reader of the documents has, by the name that they use for each."""
PLAN = (
    "v=1&ladder=openai/2023-11&limits=openai/2024-06&start=2024-06-10&model=gpt-4o&tokens=1000000"
)
ACCOUNTS = {"account": ["shop", "search"], "first_payment": ["2024-06-01", "2024-06-05"]}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, file in FILES.items():
        shutil.copy(file, tmp_path / name)
    plan = to_plan_file(to_parameters(tl.Scenario.from_query(PLAN)))
    (tmp_path / "plan.json").write_text(plan, encoding="utf-8")
    pd.DataFrame(ACCOUNTS).to_parquet(tmp_path / "accounts.parquet")
    monkeypatch.chdir(tmp_path)


def run_all(document: str, text: str | None = None) -> None:
    runner = Runner()
    for block in blocks_of(document, text):
        runner.run(block)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_block_holds(document: str) -> None:
    run_all(document)


def test_the_documents_are_found() -> None:
    assert {"README.md", "docs/imports.md", "docs/links.md", "data/README.md"} <= set(DOCUMENTS)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("```python\n>>> 1 + 1\n3\n```", "Expected:\n    3\nGot:\n    2"),
        ("```python\n1 + 1\n```", "has no example"),
        ("```sh\ntierlogic project nothing\n```", "ends with 2: tierlogic: PLAN: holds no plan"),
        ("```sh\ncat nowhere | sort\n```", "ends with 1: cat: nowhere: No such file"),
        ("```sh\necho 1 && apt-get install x\n```", "starts apt-get; a test starts cat, cut"),
        ("```sh\ntierlogic rules schema --help\n```\n```text\nusage\n```", "print:\nusage: tier"),
        ("```sh\necho 1\n```\n```json\n1\n```\n```text\n1\n```", "is what nothing prints"),
        ("```toml\na = \n```", "Invalid value"),
        ("```json\n{\n```", "Expecting property name"),
        ("```console\n$ ls\n```", "is of kind 'console'"),
        ("```\nls\n```", "is of kind ''"),
    ],
)
def test_a_block_that_does_not_hold_is_found(text: str, says: str) -> None:
    with pytest.raises(FaultyBlockError) as found:
        run_all("a.md", f"# A\n\n{text}\n")
    assert says in str(found.value)
    assert str(found.value).startswith("a.md:")


def test_a_block_that_says_why_is_not_run() -> None:
    text = "<!-- not run: it ends the machine -->\n<!-- test -->\n```sh\nfalse\n```\n"
    (block,) = blocks_of("a.md", text)
    assert block.not_run == "it ends the machine"
    Runner().run(block)

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("marker", "ends_with"),
    [("run", "streamlit run app.py"), ("test", "python -m pytest -n 2 --dist worksteal")],
)
def test_readme_has_one_command_each_to_run_and_to_test(marker: str, ends_with: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(rf"^<!-- {marker} -->\n```sh\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)

    assert readme.count(f"<!-- {marker} -->") == len(blocks) == 1
    (command,) = blocks[0].splitlines()
    assert command.startswith("python3 -m venv .venv && ")
    assert command.endswith(ends_with)


def test_every_requirements_file_of_a_command_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    files = set(re.findall(r"-r (\S+)", readme))
    assert files
    assert all((ROOT / file).is_file() for file in files)

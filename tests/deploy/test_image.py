"""The image: its steps give a page that runs as nobody and writes nothing."""

import http.client
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.deploy.image import EMPTY, Image, command, instructions
from tests.deploy.team import DEPLOY, free_port, unit, wait_until

ENSURES = "import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 11))"


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """The image's file system, in a folder that any user may read."""
    python = shutil.which("python3", path=EMPTY["PATH"])
    usable = python and subprocess.run([python, "-c", ENSURES], check=False).returncode == 0
    if not usable and os.environ.get("CI"):
        pytest.fail("no Python 3.11 with venv in /usr: under CI the image's steps must run")
    if not usable:
        pytest.skip("no Python 3.11 with venv in /usr; apt-get install python3-venv")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Image(Path(folder))


def test_the_steps_give_a_page_that_runs_as_nobody_and_writes_nothing(
    image: Image, tmp_path: Path
) -> None:
    before, port, log = image.files(), free_port(), tmp_path / "log"

    def ask(path: str) -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()

    running = image.start(port, log)
    try:
        wait_until(lambda: ask("/_stcore/health") == (200, b"ok"))
        assert b"<script" in ask("/")[1]
        owner = Path(f"/proc/{running.pid}").stat().st_uid
    finally:
        running.terminate()
        running.wait()
    assert owner != 0
    assert image.files() == before
    assert "Error" not in log.read_text("utf-8")


def test_the_image_and_the_unit_run_the_same() -> None:
    by_unit = unit()["ExecStart"].removeprefix(f"{unit()['WorkingDirectory']}/").split()
    by_image = command()

    place = by_unit.index("--host") + 1
    assert (by_unit[place], by_unit[place + 2]) == ("127.0.0.1", "%i")
    # A container has a loopback of its own.
    by_unit[place], by_unit[place + 2] = by_image[place], "8501"
    assert by_unit == by_image


def test_the_image_is_not_run_by_root() -> None:
    assert dict(instructions())["USER"].split(":")[0] not in {"0", "root"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for path in DEPLOY.glob("tierlogic*@.*"):
        installed = path.read_text("utf-8")
        for missing in ("/opt/tierlogic/.venv/bin/python", "/usr/bin/curl"):
            installed = installed.replace(missing, "/bin/sh")
        (tmp_path / path.name).write_text(installed, "utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (len(units), said.returncode, said.stderr) == (3, 0, "")

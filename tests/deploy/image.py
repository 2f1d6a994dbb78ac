"""The steps of deploy/Dockerfile in an empty environment, where there is no engine to build it."""

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.browser.chromium import ROOT
from tests.deploy.team import DEPLOY

EMPTY = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
_OF_PIP = ("PIP_", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
"""How this machine reaches its package index."""


def instructions() -> Iterator[tuple[str, str]]:
    """Read the Dockerfile: each instruction with what it is given."""
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, given = line.partition(" ")
            yield name, given


def command() -> list[str]:
    """What the image runs."""
    started: list[str] = json.loads(dict(instructions())["CMD"])
    return started


class Image:
    """A folder in the place of the image's file system."""

    def __init__(self, root: Path) -> None:
        """Do the steps."""
        self._root = self.folder = root
        self.variables = dict(EMPTY)
        self.user = ""
        for name, given in instructions():
            if name == "WORKDIR":
                self.folder = root / given.lstrip("/")
                self.folder.mkdir(parents=True)
            elif name == "COPY":
                self._copy(*shlex.split(given))
            elif name == "RUN":
                self._build(given)
            elif name == "ENV":
                self.variables |= dict(pair.split("=", 1) for pair in shlex.split(given))
            elif name == "USER":
                self.user = given

    def start(self, port: int, log: Path) -> subprocess.Popen[bytes]:
        """Run what the image runs, on loopback and a free port, as its user if this may be."""
        here = {"0.0.0.0": "127.0.0.1", "8501": str(port)}  # noqa: S104 - of the image alone
        user, group = map(int, self.user.split(":"))
        may_be = os.geteuid() == 0
        with log.open("wb") as opened:
            return subprocess.Popen(
                [here.get(part, part) for part in command()],
                cwd=self.folder,
                env=self.variables,
                user=user if may_be else None,
                group=group if may_be else None,
                extra_groups=[] if may_be else None,
                stdin=subprocess.DEVNULL,
                stdout=opened,
                stderr=opened,
            )

    def files(self) -> dict[str, tuple[int, int]]:
        """Every file with its size and the time of its last change."""
        found = (path for path in self._root.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in found}

    def _copy(self, source: str, target: str) -> None:
        if (ROOT / source).is_dir():
            leave_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / source, self.folder / target, ignore=leave_out)
        else:
            shutil.copy(ROOT / source, self.folder / target)

    def _build(self, script: str) -> None:
        of_pip = {name: value for name, value in os.environ.items() if name.startswith(_OF_PIP)}
        ran = subprocess.run(
            ["sh", "-euc", script],
            cwd=self.folder,
            env=self.variables | of_pip,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, f"{script}\n{ran.stdout}{ran.stderr}"

"""A team's installation on this machine: nginx and two processes, as deploy/ says."""

import configparser
import http.client
import os
import shlex
import shutil
import socket
import ssl
import string
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.chromium import ROOT

DEPLOY = ROOT / "deploy"
RELEASED = ("app.py", ".streamlit", "data", "tierlogic")
"""What the Dockerfile copies."""
NAMES = ("first", "second")
"""Of the processes, as the cookie has them."""
_SECONDS_TO_START = 60

NGINX = """\
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/tierlogic.conf;
}}
"""


def find_nginx() -> str | None:
    """Find nginx, which Debian keeps out of a user's path; None where there is none."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def require_nginx() -> None:
    """Skip the test where nginx or openssl is missing; under CI fail it."""
    missing = [
        name
        for name, found in (("nginx", find_nginx()), ("openssl", shutil.which("openssl")))
        if found is None
    ]
    if missing and os.environ.get("CI"):
        pytest.fail(f"no {' and '.join(missing)}: under CI the tests of deploy/ must run")
    if missing:
        pytest.skip(f"no {' and '.join(missing)}; apt-get install {' '.join(missing)}")


def example_settings() -> dict[str, str]:
    """The settings of deploy/tierlogic.env."""
    lines = (DEPLOY / "tierlogic.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def unit(name: str = "tierlogic@.service") -> configparser.SectionProxy:
    """The [Service] section of a unit."""
    reader = configparser.RawConfigParser(strict=False, delimiters="=")
    reader.optionxform = str  # type: ignore[assignment,method-assign]
    reader.read(DEPLOY / name, encoding="utf-8")
    return reader["Service"]


def variables_of_unit() -> dict[str, str]:
    """What the unit sets, beside the file of settings."""
    return dict(pair.split("=", 1) for pair in unit()["Environment"].split())


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    text: str


class Team:
    """Two processes of one release behind nginx with TLS."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        self.release = folder / "release"
        copy_release(self.release)
        self._ports = dict(zip(NAMES, (free_port(), free_port()), strict=True))
        port = free_port()
        self.host = f"127.0.0.1:{port}"
        self.settings = {
            **example_settings(),
            "TIERLOGIC_NAME": "localhost 127.0.0.1",
            "TIERLOGIC_LISTEN": self.host,
            "TIERLOGIC_CERTIFICATE": str(folder / "tls.crt"),
            "TIERLOGIC_KEY": str(folder / "tls.key"),
            "TIERLOGIC_FIRST": f"127.0.0.1:{self._ports['first']}",
            "TIERLOGIC_SECOND": f"127.0.0.1:{self._ports['second']}",
            "TIERLOGIC_LOG": str(folder / "access.log"),
            **settings,
        }
        self.base = self.settings["TIERLOGIC_BASE_PATH"]
        self.address = f"https://{self.host}{self.base}"
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._make_certificate()
        self._write_nginx()

    @property
    def trust(self) -> ssl.SSLContext:
        """Trusts this installation's certificate alone."""
        context = ssl.create_default_context(cafile=self.settings["TIERLOGIC_CERTIFICATE"])
        # TLS 1.3 sends tickets after the handshake: read in one thread while another writes the
        # first request, as the websocket's client does, they can hold it up for ever.
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        return context

    def start(self) -> None:
        """Start all, and wait until each process answers."""
        self.start_processes(*NAMES)
        nginx = find_nginx()
        assert nginx, "install nginx"
        self._run("nginx", [nginx, "-e", "stderr", "-c", "nginx.conf", "-p", str(self.folder)])
        wait_until(lambda: self.ask("/_stcore/health").status == 200)

    def start_processes(self, *names: str) -> None:
        """Start processes as the unit does."""
        for name in names:
            self._run(name, self._command(name), cwd=self.release)
        for name in names:
            wait_until(lambda name=name: self.ask_process(name, "/_stcore/health") == 200)  # type: ignore[misc]

    def kill(self, name: str) -> None:
        """End a process at once, as a crash does."""
        self._processes[name].kill()
        self._processes[name].wait()

    def restart(self, name: str) -> None:
        """Restart a process as the unit does, and wait until it answers."""
        self._processes[name].terminate()
        self._processes[name].wait(timeout=float(unit()["TimeoutStopSec"]))
        self.start_processes(name)

    def stop(self) -> None:
        """End all."""
        for process in self._processes.values():
            process.terminate()
        for name, process in self._processes.items():
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill(name)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask nginx for a path below the base, exactly as it is written."""
        secured = http.client.HTTPSConnection(self.host, context=self.trust, timeout=30)
        with closing(secured) as connection:
            with suppress(BrokenPipeError, ConnectionResetError):
                # Refused before all is sent: the answer is there all the same.
                connection.request(method, f"{self.base}{path}", body, headers or {})
            got = connection.getresponse()
            return Answer(got.status, got.headers, got.read().decode("utf-8", "replace"))

    def ask_process(self, name: str, path: str) -> int:
        """Ask a process itself, past nginx; return the status."""
        plain = http.client.HTTPConnection("127.0.0.1", self._ports[name], timeout=10)
        with closing(plain) as connection:
            connection.request("GET", f"{self.base}{path}")
            return connection.getresponse().status

    def log(self, name: str) -> str:
        """What a process, or nginx, has written."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8")

    def megabytes(self) -> float:
        """Memory that both processes hold now (Linux)."""
        return sum(_megabytes(self._processes[name].pid) for name in NAMES)

    def _command(self, name: str) -> list[str]:
        said = unit()["ExecStart"].replace("%i", str(self._ports[name]))
        venv = f"{unit()['WorkingDirectory']}/.venv/bin/python"
        return [sys.executable if part == venv else part for part in shlex.split(said)]

    def _run(self, name: str, command: list[str], cwd: Path | None = None) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                command,
                cwd=cwd or self.folder,
                env={"PATH": os.environ["PATH"], **variables_of_unit(), **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _make_certificate(self) -> None:
        files = [self.settings["TIERLOGIC_KEY"], self.settings["TIERLOGIC_CERTIFICATE"]]
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", "/CN=localhost", "-keyout", files[0], "-out", files[1]),
                *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            ],
            check=True,
            capture_output=True,
        )

    def _write_nginx(self) -> None:
        site = string.Template((DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
        filled_in = site.safe_substitute(self.settings)
        (self.folder / "tierlogic.conf").write_text(filled_in, encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        main = f"daemon off;\n{NGINX.format(user=user, folder=self.folder)}"
        (self.folder / "nginx.conf").write_text(main, encoding="utf-8")


@contextmanager
def team_in(folder: Path, page: str | None = None, **settings: str) -> Iterator[Team]:
    """Start an installation in a folder, and stop it afterwards.

    Args:
        folder: an empty one.
        page: the text of another page in the place of app.py.
        settings: those that differ from the example's.
    """
    team = Team(folder, settings)
    if page is not None:
        (team.release / "app.py").write_text(page, encoding="utf-8")
    try:
        team.start()
        yield team
    finally:
        team.stop()


def copy_release(folder: Path) -> None:
    """Copy what the Dockerfile copies."""
    folder.mkdir()
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in RELEASED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=leave_out)
        else:
            shutil.copy(source, folder / name)


def wait_until(holds: Callable[[], bool]) -> None:
    """Try until it holds; a server that does not listen yet does not.

    Raises:
        TimeoutError: it did not within a minute.
    """
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        with suppress(ConnectionError, TimeoutError, http.client.HTTPException):
            if holds():
                return
        time.sleep(0.05)
    raise TimeoutError(f"not within {_SECONDS_TO_START} seconds")


def _megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1000

"""What browser tests need of the machine: a Chromium, and the page served on a free port."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[2]
PLACES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
_SECONDS_TO_START = 60


def find_chromium() -> str | None:
    """Find a Chromium or Chrome; None where there is none."""
    return next((found for place in PLACES if (found := shutil.which(place))), None)


class Served:
    """A page that is served from its own folder, with the settings there, on a free port."""

    def __init__(self, page: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._page = page
        self.address = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        """Start the server, anew after it was killed.

        Raises:
            TimeoutError: it did not start within a minute.
        """
        options = ["headless=true", "address=127.0.0.1", f"port={self._port}"]
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", self._page.name),
                *(f"--server.{option}" for option in options),
            ],
            cwd=self._page.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait_until_healthy(self.address)

    def kill(self) -> None:
        """End the server at once, as a crash does."""
        self._process.kill()
        self._process.wait()

    def megabytes(self) -> float:
        """Memory that the server holds now (Linux)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1000


@contextmanager
def serve_page(page: Path = ROOT / "app.py") -> Iterator[Served]:
    """Serve a page and end its server afterwards."""
    served = Served(page)
    try:
        yield served
    finally:
        served.kill()


def _wait_until_healthy(address: str) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
                return
        except (URLError, TimeoutError, ConnectionError):
            continue
    raise TimeoutError(f"the page did not start within {_SECONDS_TO_START} seconds")

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


@contextmanager
def serve_page(page: Path = ROOT / "app.py") -> Iterator[str]:
    """Serve a page from its own folder, with the settings there, and yield its address.

    Raises:
        TimeoutError: it did not start within a minute.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", page.name]
    options = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    with subprocess.Popen(
        [*command, *options], cwd=page.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_healthy(address)
            yield address
        finally:
            server.terminate()


def _wait_until_healthy(address: str) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):  # noqa: S310
                return
        except (URLError, TimeoutError, ConnectionError):
            continue
    raise TimeoutError(f"the page did not start within {_SECONDS_TO_START} seconds")

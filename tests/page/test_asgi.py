"""The served page: who may frame it, and a log that holds faults and no plan."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAULT = """\
import logging
from tierlogic.page import asgi
log, amount = logging.getLogger("tierlogic.page"), "731" + "31"
try:
    int(amount + " dollars")
except ValueError:
    log.exception("The page failed on ?%s", f"v=1&buy={amount}&tokens=9")
"""


def test_a_fault_is_logged_without_what_the_plan_holds() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FAULT], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert "The page failed on ?v&buy&tokens\n" in ran.stderr
    assert 'File "<string>", line 5' in ran.stderr
    assert "ValueError" in ran.stderr
    assert "73131" not in ran.stderr


FRAMES = """\
from tierlogic.page.asgi import HEADERS
print(HEADERS["Content-Security-Policy"].rpartition("; ")[2])
"""


@pytest.mark.parametrize(
    ("given", "policy", "left_out"),
    [
        ("", "'self'", []),
        (
            "https://wiki.example.com https://*.example.org:8443",
            "'self' https://wiki.example.com https://*.example.org:8443",
            [],
        ),
        ("https://wiki.example.com; script-src *", "'self'", ["com;", "script-src", "*"]),
    ],
)
def test_the_sites_that_are_named_may_frame_the_page(
    given: str, policy: str, left_out: list[str]
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", FRAMES],
        cwd=ROOT,
        env={**os.environ, "TIERLOGIC_FRAMES": given},
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == f"frame-ancestors {policy}\n"
    said = [line for line in ran.stderr.splitlines() if "TIERLOGIC_FRAMES" in line]
    assert len(said) == len(left_out)
    for line, site in zip(said, left_out, strict=True):
        assert f"{site}' is no site and is left out; write https://" in line

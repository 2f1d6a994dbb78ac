"""The log of the served page: a fault is there, a plan is not."""

import subprocess
import sys
from pathlib import Path

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

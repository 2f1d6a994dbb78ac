"""Memory of the server: freed memory of one thread serves the next."""

import platform
import re
import subprocess
import sys

import pytest

THREADS = 12
POOLS_AFTER_SETTLING = f"""
import ctypes, sys, threading
from datetime import date
from tierlogic.page.memory import settle_now

settle_now(date(2026, 6, 1))
libc = ctypes.CDLL(None)
all_at_once = threading.Barrier({THREADS})

def take_memory():
    all_at_once.wait()
    libc.malloc(1000)
    all_at_once.wait()

threads = [threading.Thread(target=take_memory) for _ in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="asks the memory of glibc")
def test_all_threads_take_memory_from_two_pools() -> None:
    told = subprocess.run(
        [sys.executable, "-c", POOLS_AFTER_SETTLING], capture_output=True, text=True, check=True
    ).stdout

    assert len(re.findall("<heap nr=", told)) == 2

"""Visitors who come while a server that has just started is still importing."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Eight visitors, each a little later than the one before; a server runs a script a thread.
VISIT = """
import ast, sys, threading, time
import altair, pandas, streamlit

script = ast.parse(open("app.py", encoding="utf-8").read())
script.body = [line for line in script.body if isinstance(line, (ast.Import, ast.ImportFrom))]
imports = compile(script, "app.py", "exec")
came = []

def visit(after):
    time.sleep(after)
    exec(imports, {})
    came.append(after)

visitors = [threading.Thread(target=visit, args=(number / 10,)) for number in range(8)]
for visitor in visitors:
    visitor.start()
for visitor in visitors:
    visitor.join()
print(len(came))
"""


def test_all_of_them_get_the_page() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", VISIT], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (ended.stdout, ended.stderr) == ("8\n", "")

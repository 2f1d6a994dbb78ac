"""Plans and tables that several tests start from."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import tierlogic as tl
from tierlogic.imports import Imported, read

FIRST = date(2026, 9, 7)
"""A Monday."""


def plan(**changes: Any) -> tl.Scenario:
    """$5 paid on 1 June, an empty past, nothing planned."""
    fields: dict[str, Any] = {
        "ladder": "openai/2026-05",
        "limits": "openai/2026-09",
        "start": date(2026, 10, 1),
        "first_payment": date(2026, 6, 1),
        "paid_before": 5,
    }
    return tl.Scenario.model_validate({**fields, **changes})


def daily_tokens(counts: Iterable[float], first: date = FIRST, model: str = "gpt-4o") -> Imported:
    """Read a table of input tokens, one row a day, each day billed at $2.50 a million."""
    rows = [
        f"{first + timedelta(days=n)},{model},{round(count)},{round(count) * 2.5 / 1e6:.9f}"
        for n, count in enumerate(counts)
    ]
    table = "\n".join(["date,model,input_tokens,cost", *rows])
    return read([table.encode()], provider="openai")

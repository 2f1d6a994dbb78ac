"""Plans that several tests of the charts start from."""

import json
from datetime import date
from typing import Any

import tierlogic as tl

START = date(2023, 11, 20)


def usage(**changes: Any) -> dict[str, Any]:
    line = {
        "model": "gpt-4-1106-preview",
        "tokens_per_day": 200_000,
        "price": {"input": 10, "output": 30},
        "context_window": 128_000,
    }
    return {**line, **changes}


def seed(**changes: Any) -> tl.Scenario:
    """$150 prepaid at Tier 3, $3 used a day: Tier 4 needs $250."""
    fields = {
        "ladder": "openai/2023-11",
        "limits": "openai/2023-11",
        "start": START,
        "first_payment": date(2023, 11, 6),
        "opening_tier": "Tier 3",
        "used_before": 100,
        "paid_before": 100,
        "purchases": [{"on": START, "amount": 150}],
        "usage": [usage()],
    }
    return tl.Scenario.model_validate({**fields, **changes})


def new_account(**changes: Any) -> tl.Scenario:
    """Nothing used, paid or planned."""
    fields = {"ladder": "openai/2023-11", "limits": "openai/2023-11", "start": START}
    return tl.Scenario.model_validate({**fields, **changes})


def spec_text(chart: dict[str, Any]) -> str:
    """A chart's spec without its data."""
    return json.dumps({key: part for key, part in chart.items() if key != "datasets"})

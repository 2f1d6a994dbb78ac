"""A plan with every field, to be changed one field at a time."""

import copy
from typing import Any

WHOLE: dict[str, Any] = {
    "ladder": "openai/2023-11",
    "limits": "openai/2023-11",
    "start": "2024-01-01",
    "days": 30,
    "first_payment": "2023-12-20",
    "reading": "used",
    "used_before": "40.50",
    "paid_before": "60",
    "purchased_before": "50",
    "past": [{"on": "2023-12-30", "used": "1.50", "purchased": "10"}],
    "account_created": "2023-12-01",
    "lacks": [],
    "opening_balance": "19.50",
    "month_used_before": "0",
    "opening_tier": "Tier 1",
    "purchases": [{"on": "2024-01-02", "amount": "25", "every": "week", "times": 2}],
    "auto_recharge": {"below": "5", "amount": "10", "monthly_limit": "100"},
    "billing": "prepaid",
    "usage": [
        {
            "model": "gpt-4",
            "tokens_per_day": 20_000,
            "output_share": 0.25,
            "cached_share": 0.1,
            "price": {"input": "30", "cached_input": "15", "output": "60"},
            "growth_per_30_days": 0.1,
            "starts": "2024-01-01",
            "ends": "2024-01-20",
            "tokens_per_request": 800,
            "context_window": 8192,
        }
    ],
    "active_hours": 8,
    "peak_factor": 2,
    "weekend_factor": 0.5,
    "evaluated": "daily",
    "lag_days": 0,
    "noise": {"spread": 0.3, "seed": 7},
    "title": "Every field",
    "own_ladder": None,
    "own_limits": None,
}


def with_changes(changes: dict[str, Any]) -> dict[str, Any]:
    """Return the whole plan with the fields at some dotted paths set to other values."""
    plan = copy.deepcopy(WHOLE)
    for path, value in changes.items():
        place: Any = plan
        *way, last = path.split(".")
        for part in way:
            place = place[int(part) if part.isdigit() else part]
        place[last] = value
    return plan

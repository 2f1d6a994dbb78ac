"""The questions beside a plain loop over tl.project that projects the same plans one by one."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import tierlogic as tl
from tests.benchmark.engine import seconds
from tests.benchmark.script import answer_and_views, times_of_a_rerun
from tierlogic import projection
from tierlogic.engine.block import Block
from tierlogic.engine.walk import Outcome, walk

PLAN = (
    "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-06-01&first_payment=2026-06-01"
    "&days=365&model=gpt-5.4&input_price=2.5&output_price=15&buy=2026-06-01_50&tokens=1000000"
)


def speed_of_the_questions(*, quick: bool) -> Iterator[str]:
    """Compare each question with its loop, and with what one rerun of the page takes."""
    repeats, sample = (3, 50) if quick else (9, 200)
    rerun = answer_and_views(times_of_a_rerun(10 if quick else 40))
    yield "The questions, a plan of one year with one usage line"
    yield "  baseline of each: tl.project for the same plans one by one"
    yield f"  one rerun of the page, answer and views alone: {rerun * 1000:.0f} ms"
    for name, (ask, plan) in _questions().items():
        walked = _plans_walked(ask, plan)
        took = seconds(ask, plan, repeats)
        chosen = walked[:: max(len(walked) // sample, 1)]
        loop = seconds(_one_by_one, chosen, 1) / len(chosen) * len(walked)
        yield f"  {name}: {took * 1000:.0f} ms for {len(walked):,} projections,"
        yield f"    {took / loop:.3f} of its baseline of {loop * 1000:,.0f} ms"
        yield f"    {took / rerun:.1f} times the rerun"


def _questions() -> dict[str, tuple[Callable[[tl.Scenario], object], tl.Scenario]]:
    plan = tl.Scenario.from_query(PLAN)
    in_half_a_year = plan.start + timedelta(days=180)
    others = [
        plan.but(purchases=(tl.Purchase(on=plan.start, amount=Decimal(amount)),))
        for amount in (100, 250, 500)
    ]
    within = tl.Ranges(tokens=(-0.2, 0.3), price=(-0.1, 0.1), noise=0.2, draws=1_000)
    goal = tl.Goal(by=in_half_a_year, tier="Tier 4")
    full = tl.Goal(by=in_half_a_year, full_request=True)
    return {
        "tl.target, a tier": (lambda plan: tl.target(plan, goal), plan),
        "tl.target, a full request": (lambda plan: tl.target(plan, full), plan),
        "tl.compare, 4 plans": (lambda plan: tl.compare([plan, *others]), plan),
        "tl.ranges, 1,000 draws": (lambda plan: tl.ranges(plan, within), plan),
        "tl.sensitivity": (tl.sensitivity, plan),
        "tl.date_map, 40 x 40": (tl.date_map, plan),
    }


def _one_by_one(plans: list[tl.Scenario]) -> None:
    for plan in plans:
        tl.project(plan)


def _plans_walked(ask: Callable[[tl.Scenario], object], plan: tl.Scenario) -> list[tl.Scenario]:
    """The plans that a question gives to the engine, in order."""
    walked: list[tl.Scenario] = []

    def noted(block: Block, **named: Any) -> Outcome:
        walked.extend(block.scenarios)
        return walk(block, **named)

    with patch.object(projection, "walk", noted):
        ask(plan)
    return walked

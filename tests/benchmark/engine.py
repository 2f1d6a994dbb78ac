"""The engine beside the plain one of the tests, which walks one scenario day by day."""

import gc
import json
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from statistics import median
from time import perf_counter
from typing import TypeVar

import tierlogic as tl
from tests import plain_engine
from tierlogic.scenario import Reading

BATCH, SMALL_BATCH = 10_000, 2_500
MEGABYTE = 1_000_000

Given = TypeVar("Given")


def scenarios(count: int, days: int = 365) -> list[tl.Scenario]:
    """Scenarios with one usage line; amounts, tokens, growth and reading vary."""
    chance = random.Random(1)  # noqa: S311 - a fixed draw, no secret
    readings: tuple[Reading, ...] = ("used", "paid")
    start = date(2026, 1, 1)
    price = tl.Price(input=Decimal("2.5"), cached_input=Decimal("1.25"), output=Decimal(10))
    return [
        tl.Scenario(
            ladder="openai/2024-10",
            limits="openai/2024-10",
            start=start,
            days=days,
            reading=chance.choice(readings),
            purchases=(
                tl.Purchase(on=start, amount=Decimal(chance.randint(500, 100_000)) / 100),
                tl.Purchase(on=start, amount=Decimal(chance.randint(5, 500)), every="month"),
            ),
            usage=(
                tl.UsageLine(
                    model="gpt-4o",
                    tokens_per_day=chance.uniform(1e5, 2e7),
                    growth_per_30_days=chance.uniform(-0.2, 0.5),
                    price=price,
                    context_window=128_000,
                ),
            ),
        )
        for _ in range(count)
    ]


def speed_of_a_batch(*, quick: bool) -> Iterator[str]:
    """Compare tl.project_many with the plain engine, in scenarios a second."""
    repeats = 2 if quick else 5
    sample = scenarios(20 if quick else 40)
    plain = len(sample) / seconds(_one_by_one, sample, repeats)
    batch = scenarios(BATCH)
    alone = BATCH / seconds(tl.project_many, batch, repeats)
    read = BATCH / seconds(_many_unlocks, batch, repeats)
    yield f"A batch of {BATCH:,} scenarios of one year with one usage line"
    yield f"  plain engine, one by one (baseline; {len(sample)} of them): {plain:,.0f} a second"
    yield f"  tl.project_many: {alone:,.0f} a second, {alone / plain:,.0f} times the baseline"
    yield f"  and every .unlocks: {read:,.0f} a second, {read / plain:,.0f} times the baseline"


def memory_of_a_batch(*, quick: bool) -> Iterator[str]:
    """Compare the memory of a small and a large batch, each in a process of its own."""
    del quick
    (small_peak, small_kept), (large_peak, large_kept) = map(_measured_apart, (SMALL_BATCH, BATCH))
    small, large = small_peak - small_kept, large_peak - large_kept
    yield f"Memory of tl.project_many, the scenarios themselves not counted: {BATCH:,} scenarios"
    yield f"beside {SMALL_BATCH:,} (baseline)"
    yield f"  peak: {_megabytes(large_peak, small_peak)}"
    yield f"  of it kept in the projections: {_megabytes(large_kept, small_kept)}"
    yield f"  of it working memory: {_megabytes(large, small)}"


def speed_of_one_scenario(*, quick: bool) -> Iterator[str]:
    """Compare tl.project with the plain engine for one scenario of one and of three years."""
    repeats = 5 if quick else 31
    for years in (1, 3):
        (scenario,) = scenarios(1, days=365 * years)
        plain = seconds(plain_engine.project, scenario, repeats)
        yield f"One scenario of {years} year{'s' if years > 1 else ''}"
        yield f"  plain engine (baseline): {plain * 1000:.1f} ms"
        for name, task in _OF_ONE.items():
            took = seconds(task, scenario, repeats)
            yield f"  {name}: {took * 1000:.1f} ms, {took / plain:.2f} of the baseline"


_OF_ONE: dict[str, Callable[[tl.Scenario], object]] = {
    "tl.project(s).unlocks": lambda scenario: tl.project(scenario).unlocks,
    "tl.project(s).daily": lambda scenario: tl.project(scenario).daily,
}


def _one_by_one(batch: list[tl.Scenario]) -> None:
    for scenario in batch:
        plain_engine.project(scenario)


def _many_unlocks(batch: list[tl.Scenario]) -> None:
    for projection in tl.project_many(batch):
        _ = projection.unlocks


def seconds(task: Callable[[Given], object], given: Given, repeats: int) -> float:
    """Median time of a task, after one run that fills its caches."""
    task(given)
    times = []
    for _ in range(repeats):
        gc.collect()
        began = perf_counter()
        task(given)
        times.append(perf_counter() - began)
    return median(times)


def _megabytes(large: int, small: int) -> str:
    return (
        f"{large / MEGABYTE:.1f} MB, {large / small:.2f} times the baseline's "
        f"{small / MEGABYTE:.1f} MB"
    )


def _measured_apart(count: int) -> tuple[int, int]:
    """Peak and kept bytes of a batch, in a fresh process."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.benchmark.engine", str(count)],
        capture_output=True,
        check=True,
    )
    peak, kept = json.loads(ran.stdout)
    return peak, kept


def _measure_memory(count: int) -> tuple[int, int]:
    batch = scenarios(count)
    tl.project_many(batch[:40])  # what is loaded once, is loaded before
    gc.collect()
    tracemalloc.start()
    projections = tl.project_many(batch)
    _, peak = tracemalloc.get_traced_memory()
    gc.collect()
    kept, _ = tracemalloc.get_traced_memory()
    del projections
    return peak, kept


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_measure_memory(int(sys.argv[1]))))

"""Many sessions on one server: each sees its own plan, and memory stays bounded."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import parse_qs

import pytest

import tierlogic as tl
from tests.browser.chromium import Served, serve_page
from tests.browser.visitor import Visitor, visit
from tierlogic.answer import answer, headline
from tierlogic.page.markdown import plain

SESSIONS, STEPS = 50, 4
RERUNS = 200
PLAN = (
    "v=1&ladder=openai/2026-05&limits=openai/2026-09&start=2026-06-01&first_payment=2026-06-01"
    "&days=90&model=gpt-5.4&input_price=2.5&output_price=15&buy=2026-06-01_100"
)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve_page() as page:
        yield page


def test_fifty_sessions_that_drag_at_once_each_see_their_own_plan(served: Served) -> None:
    with ExitStack() as open_until_the_end, ThreadPoolExecutor(SESSIONS) as at_once:

        def arrive(number: int) -> tuple[int, Visitor]:
            visitor = visit(served.address, f"{PLAN}&tokens={number + 1}00000")
            return number, open_until_the_end.enter_context(visitor)

        def drag(session: tuple[int, Visitor]) -> None:
            number, visitor = session
            for step in range(1, STEPS + 1):
                prepay = 5 * (number + 1) + 300 * step
                visitor.drag_to(prepay)
                said = parse_qs(visitor.query)
                assert said["tokens"] == [f"{number + 1}00000"]
                assert said["buy"] == [f"2026-06-01_{prepay}"]
                plan = tl.Scenario.from_query(visitor.query)
                assert visitor.headline == plain(headline(answer(plan)))

        sessions = list(at_once.map(arrive, range(SESSIONS)))
        assert len(list(at_once.map(drag, sessions))) == SESSIONS


def test_reruns_and_sessions_that_ended_leave_nothing_behind(served: Served) -> None:
    with visit(served.address, f"{PLAN}&tokens=2000000") as visitor:
        stops = list(visitor.stops())
        for stop in stops[:50]:
            visitor.drag_to(stop)
        before = served.megabytes()
        for stop in stops[50 : 50 + RERUNS]:
            visitor.drag_to(stop)
        grown = served.megabytes() - before
    # A rerun's charts and tables are some 0.2 MB: kept, they would be 40 MB.
    assert grown < 20

"""python -m tests.benchmark: print how fast engine, questions and page are. It asserts nothing."""

import argparse
import sys
from collections.abc import Callable, Iterator

from tests.benchmark import drag, engine, fleet, page, questions, sessions, team


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a first impression")
    quick: bool = parser.parse_args().quick
    parts: list[Callable[..., Iterator[str]]] = [
        engine.speed_of_a_batch,
        engine.memory_of_a_batch,
        engine.speed_of_one_scenario,
        fleet.speed_of_files,
        fleet.overhead_of_dask,
        questions.speed_of_the_questions,
        page.speed_of_a_rerun,
        sessions.speed_of_many_sessions,
        sessions.memory_of_sessions,
        drag.speed_of_a_drag,
        team.load_of_a_team,
    ]
    for part in parts:
        for line in part(quick=quick):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()

"""python -m tests.benchmark: print how fast the engine and the page are. It asserts nothing."""

import argparse
import sys
from collections.abc import Callable, Iterator

from tests.benchmark import engine, page


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats: a first impression")
    quick: bool = parser.parse_args().quick
    parts: list[Callable[..., Iterator[str]]] = [
        engine.speed_of_a_batch,
        engine.memory_of_a_batch,
        engine.speed_of_one_scenario,
        page.speed_of_a_rerun,
    ]
    for part in parts:
        for line in part(quick=quick):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()

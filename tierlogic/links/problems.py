"""What cannot be read of a link."""

from collections.abc import Sequence
from dataclasses import dataclass

from tierlogic.language import say


@dataclass(frozen=True)
class LinkProblem:
    """One parameter that could not be read as it stands."""

    parameter: str
    given: str
    message: str

    def __str__(self) -> str:
        """Name the parameter, what was given and what is wrong with it."""
        return f"{self.parameter}={self.given}: {self.message}"


class LinkError(ValueError):
    """A link that cannot be read as it stands; `problems` lists every reason."""

    def __init__(self, found: Sequence[LinkProblem]) -> None:
        """Carry every problem of the link."""
        super().__init__("; ".join(str(problem) for problem in found))
        self.problems = tuple(found)


def stands_too_often(times: int) -> str:
    """Say that a parameter stands more than once where it may not."""
    return say("stands {times} times, once is allowed", times=times)

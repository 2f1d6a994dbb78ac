"""Gates: the conditions of a tier, as a rules file says them. Gates nest with all and any."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, StrictInt, Tag, model_validator

from tierlogic.language import say
from tierlogic.money import CENT, Amount, PositiveAmount
from tierlogic.rules.document import RuleModel, Words

Money = Literal["paid", "purchased", "used"]
Counted = Money | Literal["contested"]
Clock = Literal["first payment", "first purchase", "account creation"]


class Since(RuleModel):
    """What was counted from a fixed day on."""

    since: date


class RollingDays(RuleModel):
    """What was counted in the last days, today included."""

    rolling_days: Annotated[StrictInt, Field(ge=1, le=366)]


class BestOfMonths(RuleModel):
    """The largest of the last calendar months, this one included."""

    best_of_months: Annotated[StrictInt, Field(ge=1, le=24)]


Window = Literal["lifetime", "month to date", "month before"] | Since | RollingDays | BestOfMonths


class MoneyGate(RuleModel):
    """Holds once enough money is counted."""

    counts: Counted
    """Which money. A contested gate follows the scenario's reading: used or paid."""
    at_least: PositiveAmount | None = None
    """In the ladder's currency. Give this or more_than."""
    more_than: Amount | None = None
    """0: any amount at all."""
    over: Window = "lifetime"

    @property
    def amount(self) -> Decimal:
        """The threshold, whether it is to be reached or passed."""
        threshold = self.at_least if self.at_least is not None else self.more_than
        if threshold is None:
            raise AssertionError("a checked gate has a threshold")
        return threshold

    @property
    def enough(self) -> Decimal:
        """The least amount in whole cents with which it holds."""
        return self.amount if self.more_than is None else self.amount + CENT

    @model_validator(mode="after")
    def _has_one_threshold(self) -> Self:
        if (self.at_least is None) == (self.more_than is None):
            raise ValueError(say("give either at_least or more_than"))
        return self


class WaitingGate(RuleModel):
    """Holds once enough days have passed."""

    days_since: Clock
    at_least: Annotated[StrictInt, Field(ge=1, le=3660)]
    """Days."""


class FactGate(RuleModel):
    """Holds where something is true of the account: a payment method, a plan that was chosen."""

    fact: Annotated[str, Field(pattern=r"^[a-z][a-z -]{0,38}[a-z]$")]


class AllOf(RuleModel):
    """Holds when all of its gates hold."""

    all: Annotated[tuple["Gate", ...], Field(min_length=1)]


class AnyOf(RuleModel):
    """Holds when any of its gates holds."""

    any: Annotated[tuple["Gate", ...], Field(min_length=1)]


class Opaque(RuleModel):
    """A rule that is not public: the tier is the account's, and nothing is predicted."""

    opaque: Words
    """What the provider says instead."""


_KINDS = {
    "counts": "money",
    "days_since": "waiting",
    "fact": "fact",
    "all": "all",
    "any": "any",
    "opaque": "opaque",
}


def _kind_of_gate(gate: Any) -> str:
    keys = gate if isinstance(gate, dict) else getattr(type(gate), "model_fields", ())
    return next((kind for key, kind in _KINDS.items() if key in keys), "money")


Gate = Annotated[
    Annotated[MoneyGate, Tag("money")]
    | Annotated[WaitingGate, Tag("waiting")]
    | Annotated[FactGate, Tag("fact")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")],
    Discriminator(_kind_of_gate),
]
Opening = Annotated[
    Annotated[MoneyGate, Tag("money")]
    | Annotated[WaitingGate, Tag("waiting")]
    | Annotated[FactGate, Tag("fact")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Opaque, Tag("opaque")],
    Discriminator(_kind_of_gate),
]
"""What opens a tier: one gate, gates joined by all or any, or an opaque rule."""


def leaves(gate: object) -> Iterator[MoneyGate | WaitingGate | FactGate]:
    """Walk the money gates, waiting gates and facts of a tier's opening."""
    if isinstance(gate, AllOf):
        for inner in gate.all:
            yield from leaves(inner)
    elif isinstance(gate, AnyOf):
        for inner in gate.any:
            yield from leaves(inner)
    elif isinstance(gate, MoneyGate | WaitingGate | FactGate):
        yield gate

"""A ladder: a provider's tiers and the gates that open each, as in force from a date."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from tierlogic.money import PositiveAmount
from tierlogic.rules.document import RuleModel, RulesFile, Source, Words


class MoneyGate(RuleModel):
    """Holds once enough money is counted over the account's lifetime."""

    counts: Literal["paid", "used", "contested"]
    """Which money. A contested gate follows the scenario's reading."""
    at_least: PositiveAmount
    """In the ladder's currency."""


class WaitingGate(RuleModel):
    """Holds once enough days have passed."""

    days_since: Literal["first payment"]
    at_least: Annotated[int, Field(ge=1, le=3660)]
    """Days."""


def _kind_of_gate(gate: Any) -> str:
    keys = gate if isinstance(gate, dict) else getattr(type(gate), "model_fields", ())
    return "waiting" if "days_since" in keys else "money"


Gate = Annotated[
    Annotated[MoneyGate, Tag("money")] | Annotated[WaitingGate, Tag("waiting")],
    Discriminator(_kind_of_gate),
]


class Opening(RuleModel):
    """What opens a tier: every gate listed must hold."""

    all: Annotated[tuple[Gate, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _at_most_one_of_each_kind(self) -> Self:
        for kind in (MoneyGate, WaitingGate):
            if sum(isinstance(gate, kind) for gate in self.all) > 1:
                raise ValueError(
                    f"a tier can have one {kind.__name__} at most; keep the stricter of the two"
                )
        return self


class Tier(RuleModel):
    """One step of a ladder."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    wording: Words
    """The rule in the provider's own words."""
    source: str
    """Key of the file's sources."""
    opens_when: Opening | None = None
    """None: in force from the account's first day."""
    monthly_usage_limit: PositiveAmount | None = None
    """Most that can be used in one calendar month. None: not known, binds nothing."""
    smallest_purchase: PositiveAmount | None = None
    largest_purchase: PositiveAmount | None = None
    largest_balance: PositiveAmount | None = None
    """Most that a purchase may lift the credit balance to."""

    @property
    def money_gate(self) -> MoneyGate | None:
        """The tier's money gate, if it has one."""
        gates = self.opens_when.all if self.opens_when else ()
        return next((gate for gate in gates if isinstance(gate, MoneyGate)), None)

    @property
    def waiting_gate(self) -> WaitingGate | None:
        """The tier's waiting gate, if it has one."""
        gates = self.opens_when.all if self.opens_when else ()
        return next((gate for gate in gates if isinstance(gate, WaitingGate)), None)

    @property
    def waiting_days(self) -> int:
        """Days to wait after the first payment; 0 without a waiting gate."""
        return self.waiting_gate.at_least if self.waiting_gate else 0


class Ladder(RulesFile):
    """A provider's tiers, lowest first, as in force from a date."""

    currency: Literal["USD"]
    keeping: Literal["for good"]
    """Whether a tier, once open, stays."""
    scope: Words
    """What holds the tier: an organisation, an account."""
    credit_expiry_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    """Days after which purchased credit lapses. None: it does not, or it is not known."""
    credit_source: str | None = None
    """Key of the source for purchases and the expiry of credit."""
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=20)]

    @property
    def tier_names(self) -> tuple[str, ...]:
        """Names of the tiers, lowest first."""
        return tuple(tier.name for tier in self.tiers)

    @property
    def contested(self) -> bool:
        """Whether any gate follows the scenario's reading."""
        gates = [tier.money_gate for tier in self.tiers]
        return any(gate is not None and gate.counts == "contested" for gate in gates)

    def source_of(self, tier: Tier) -> Source:
        """Where a tier's rule was read."""
        return self.sources[tier.source]

    def cited(self) -> Iterable[tuple[str, str]]:
        """List every place that names a source, with the key it names."""
        yield from super().cited()
        yield from ((f"tier {tier.name!r}", tier.source) for tier in self.tiers)
        if self.credit_source:
            yield "credit_source", self.credit_source

    @model_validator(mode="after")
    def _only_the_first_tier_is_without_gates(self) -> Self:
        first, *others = self.tiers
        if first.opens_when is not None:
            raise ValueError(
                f"the first tier, {first.name!r}, has gates; "
                "start with the tier that is in force without any"
            )
        for tier in others:
            if tier.opens_when is None:
                raise ValueError(
                    f"tier {tier.name!r} has no gates; only the first may go without: "
                    "give it opens_when"
                )
        return self

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Self:
        for name in self.tier_names:
            if self.tier_names.count(name) > 1:
                raise ValueError(f"two tiers are named {name!r}; give each a name of its own")
        return self

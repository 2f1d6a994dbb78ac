"""A ladder: a provider's tiers and the gates that open each, as in force from a date."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, field_validator, model_validator

from tierlogic.language import say
from tierlogic.money import PositiveAmount
from tierlogic.rules.document import LagDays, RuleModel, RulesFile, Source, Words
from tierlogic.rules.gates import FactGate, MoneyGate, Opaque, Opening, WaitingGate, leaves

MonthlyLimit = PositiveAmount | tuple[PositiveAmount, PositiveAmount]
"""An amount, or the least and the most where the provider gives a range."""


class OnDayOfMonth(RuleModel):
    """A tier that has been earned is given on this day of the month."""

    day_of_month: Annotated[StrictInt, Field(ge=1, le=28)]


class AfterDays(RuleModel):
    """A tier that has been earned is given some days later: the least and the most of them."""

    lag_days: LagDays


class Tier(RuleModel):
    """One step of a ladder."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    wording: Words
    """The rule in the provider's own words."""
    source: str
    """Key of the file's sources."""
    opens_when: Opening | None = None
    """None: in force from the account's first day."""
    monthly_usage_limit: MonthlyLimit | None = None
    """Most that can be used in one calendar month. None: not known, binds nothing."""
    smallest_purchase: PositiveAmount | None = None
    largest_purchase: PositiveAmount | None = None
    largest_balance: PositiveAmount | None = None
    """Most that a purchase may lift the credit balance to."""

    @field_validator("monthly_usage_limit")
    @classmethod
    def _range_goes_up(cls, limit: MonthlyLimit | None) -> MonthlyLimit | None:
        if isinstance(limit, tuple) and limit[0] >= limit[1]:
            raise ValueError(say("must rise: write [least, most]"))
        return limit

    @property
    def least_monthly_limit(self) -> Decimal | None:
        """The monthly usage limit, or the least of its range."""
        limit = self.monthly_usage_limit
        return limit[0] if isinstance(limit, tuple) else limit

    @property
    def money_gates(self) -> tuple[MoneyGate, ...]:
        """The tier's money gates, nested ones too."""
        return tuple(gate for gate in leaves(self.opens_when) if isinstance(gate, MoneyGate))

    @property
    def waiting_gates(self) -> tuple[WaitingGate, ...]:
        """The tier's waiting gates, nested ones too."""
        return tuple(gate for gate in leaves(self.opens_when) if isinstance(gate, WaitingGate))

    @property
    def facts(self) -> tuple[str, ...]:
        """What must be true of the account."""
        return tuple(gate.fact for gate in leaves(self.opens_when) if isinstance(gate, FactGate))

    @property
    def is_opaque(self) -> bool:
        """Whether what opens the tier is not public."""
        return isinstance(self.opens_when, Opaque)


class Ladder(RulesFile):
    """A provider's tiers, lowest first, as in force from a date."""

    currency: Literal["USD", "CNY", "EUR"]
    keeping: Literal["for good", "re-evaluated"]
    """Whether a tier, once open, stays, or falls when its gates no longer hold."""
    activation: Literal["at once", "at a click"] | OnDayOfMonth | AfterDays = "at once"
    """When a tier that has been earned is given. At a click: the user asks for it."""
    money_excludes: tuple[Words, ...] = ()
    """Money that does not count: tax, vouchers, granted credit."""
    money_scope: Words | None = None
    """Whose use counts, where it is more or less than the use of the models."""
    links: tuple[Words, ...] = ()
    """Pages of the provider where the rules stand today."""
    scope: Words
    """What holds the tier: an organisation, an account."""
    credit_expiry_days: Annotated[StrictInt, Field(ge=1, le=3660)] | None = None
    """Days after which purchased credit lapses. None: it does not, or it is not known."""
    credit_source: str | None = None
    """Key of the source for purchases and the expiry of credit."""
    tiers: Annotated[tuple[Tier, ...], Field(min_length=1, max_length=20)]

    @property
    def tier_names(self) -> tuple[str, ...]:
        """Names of the tiers, lowest first."""
        return tuple(tier.name for tier in self.tiers)

    @property
    def lag_days(self) -> tuple[int, int]:
        """The least and the most days between an evaluation and the tier that it opens."""
        return self.activation.lag_days if isinstance(self.activation, AfterDays) else (0, 0)

    def lag_for(self, expected: int) -> int:
        """Days by which later unlocks are shifted: those expected, and no less than the least."""
        return max(expected, self.lag_days[0])

    @property
    def contested(self) -> bool:
        """Whether any gate follows the scenario's reading."""
        return any(gate.counts == "contested" for tier in self.tiers for gate in tier.money_gates)

    @property
    def facts(self) -> tuple[str, ...]:
        """Everything that some tier asks to be true of the account."""
        return tuple(dict.fromkeys(fact for tier in self.tiers for fact in tier.facts))

    @property
    def is_opaque(self) -> bool:
        """Whether some tier's rule is not public, so that no tier is predicted."""
        return any(tier.is_opaque for tier in self.tiers)

    def source_of(self, tier: Tier) -> Source:
        """Where a tier's rule was read."""
        return self.sources[tier.source]

    def rules_cited(self) -> Iterable[str]:
        """List the sources of the tiers."""
        return [tier.source for tier in self.tiers]

    def cited(self) -> Iterable[tuple[str, str]]:
        """List every place that names a source, with the key it names."""
        yield from super().cited()
        for tier in self.tiers:
            yield say("tier {tier}", tier=repr(tier.name)), tier.source
        if self.credit_source:
            yield "credit_source", self.credit_source

    @model_validator(mode="after")
    def _only_the_first_tier_is_without_gates(self) -> Self:
        first, *others = self.tiers
        if first.opens_when is not None:
            raise ValueError(
                say(
                    "the first tier, {tier}, has gates; "
                    "start with the tier that is in force without any",
                    tier=repr(first.name),
                )
            )
        for tier in others:
            if tier.opens_when is None:
                raise ValueError(
                    say(
                        "tier {tier} has no gates; only the first may go without: "
                        "give it opens_when",
                        tier=repr(tier.name),
                    )
                )
        return self

    @model_validator(mode="after")
    def _names_are_distinct(self) -> Self:
        for name in self.tier_names:
            if self.tier_names.count(name) > 1:
                raise ValueError(
                    say("two tiers are named {tier}; give each a name of its own", tier=repr(name))
                )
        return self

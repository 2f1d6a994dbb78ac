"""Credit bought now: the one purchase of the first day that a plan begins with."""

from decimal import Decimal

from tierlogic.scenario import Purchase, Scenario


def prepaid_now(scenario: Scenario) -> Decimal:
    """Return what the plan buys now: its first purchase, if that is one of the first day alone."""
    return scenario.purchases[0].amount if _begins_with_one(scenario) else Decimal(0)


def prepaying(scenario: Scenario, amount: Decimal) -> tuple[Purchase, ...]:
    """Return the plan's purchases with this amount bought now instead; 0 buys nothing now."""
    others = scenario.purchases[1:] if _begins_with_one(scenario) else scenario.purchases
    return (Purchase(on=scenario.start, amount=amount), *others) if amount else others


def _begins_with_one(scenario: Scenario) -> bool:
    return bool(scenario.purchases) and (
        scenario.purchases[0].on == scenario.start and scenario.purchases[0].every is None
    )

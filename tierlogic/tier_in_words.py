"""What a tier asks for, in words, as a scenario's reading counts it."""

from tierlogic.language import say
from tierlogic.rules.gates import AllOf, AnyOf, FactGate, Money, MoneyGate, WaitingGate
from tierlogic.rules.ladder import Tier
from tierlogic.rules.words import (
    Leaf,
    clock_in_words,
    days_in_words,
    gates_in_words,
    money_gate_in_words,
)
from tierlogic.scenario import Scenario


def money_in_words(scenario: Scenario, tier: Tier) -> str:
    """Say what money a tier asks for: "$250 used", "$50 used or $50 purchased"."""
    return gates_in_words(tier.opens_when, lambda gate: _money(gate, scenario)) or say("no money")


def waits_in_words(tier: Tier) -> str:
    """Say what a tier waits for: "14 days after the first payment"; empty for no wait."""
    return gates_in_words(tier.opens_when, _wait)


def rule_in_words(scenario: Scenario, tier: Tier) -> str:
    """Say all that a tier asks for: "$250 used and 14 days after the first payment"."""

    def words(gate: Leaf) -> str:
        return gate.fact if isinstance(gate, FactGate) else _wait(gate) or _money(gate, scenario)

    return gates_in_words(tier.opens_when, words)


def counted_by(gate: MoneyGate, scenario: Scenario) -> Money:
    """Which money a gate counts under the scenario's reading."""
    return scenario.reading if gate.counts == "contested" else gate.counts


def leaves_a_choice(gate: object) -> bool:
    """Whether one of several gates will do, and not all of them count money."""
    if isinstance(gate, AnyOf):
        return not all(isinstance(inner, MoneyGate) for inner in gate.any)
    return isinstance(gate, AllOf) and any(leaves_a_choice(inner) for inner in gate.all)


def _money(gate: Leaf, scenario: Scenario) -> str:
    if not isinstance(gate, MoneyGate):
        return ""
    return money_gate_in_words(gate, counted_by(gate, scenario), scenario.rules.currency)


def _wait(gate: Leaf) -> str:
    if not isinstance(gate, WaitingGate):
        return ""
    days, moment = days_in_words(gate.at_least), clock_in_words(gate.days_since)
    return say("{days} after {moment}", days=days, moment=moment)

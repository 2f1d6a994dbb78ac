"""Compute all published figures in a changed world: python -m tests.links.worlds NAME FOLDER.

A world is changed before anything is read, in a process of its own. FOLDER holds the rules of that
world. Printed are the blocks of the list, and last what a new plan without a link shows there.
"""

import copy
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from genai_prices.data_snapshot import DataSnapshot, get_snapshot, set_custom_snapshot
from pydantic import BaseModel

import tierlogic as tl
from tests.links.published import Published, figures_of, published_links
from tierlogic.page.presets import newcomer
from tierlogic.rules import catalog

_VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)
_DAY = re.compile(r"^in_force_from = (.+)$", re.MULTILINE)
_AMOUNT = re.compile(r"\b(at_least|more_than|tpm|rpm|input_tpm|output_tpm|tpd|rpd) = (\d+)")


def new_plan() -> str:
    """What somebody who comes without a link is shown."""
    try:
        plan = newcomer(date(2026, 12, 1))
        return f"{plan.to_query()} {tl.Ranges()} {tl.ladders()} {tl.limits()}"
    except ValueError as error:
        return str(error)


# Defaults


def _other_defaults() -> None:
    """Every field of a plan that has a default gets another one."""
    changed: dict[type[BaseModel], dict[str, Any]] = {
        tl.UsageLine: {
            "output_share": 0.5,
            "cached_share": 0.9,
            "price": tl.Price(input=Decimal(77), output=Decimal(99)),
            "growth_per_30_days": 1.0,
            "starts": date(2030, 1, 1),
            "ends": date(2030, 1, 2),
            "tokens_per_request": 100_000_000.0,
            "context_window": 77,
        },
        tl.Scenario: {
            "own_ladder": "",
            "own_limits": "",
            "days": 77,
            "first_payment": date(2020, 1, 1),
            "reading": "paid",
            "used_before": Decimal(77),
            "paid_before": Decimal(77),
            "purchased_before": Decimal(7),
            "past": (tl.PastDay(on=date(2020, 1, 1), used=Decimal(7)),),
            "account_created": date(2020, 1, 1),
            "lacks": ("payment method",),
            "opening_balance": Decimal(77),
            "month_used_before": Decimal(7),
            "opening_tier": "Tier 5",
            "purchases": (tl.Purchase(on=date(2030, 1, 1), amount=Decimal(7)),),
            "auto_recharge": tl.AutoRecharge(below=Decimal(7), amount=Decimal(77)),
            "billing": "monthly_invoice",
            "usage": (),
            "active_hours": 1.0,
            "peak_factor": 77.0,
            "weekend_factor": 0.0,
            "noise": tl.Noise(spread=1.0, seed=7),
            "evaluated": "at_payment",
            "lag_days": 77,
            "title": "Another default",
        },
        tl.Ranges: {
            "tokens": (-0.7, 7.0),
            "price": (-0.7, 7.0),
            "growth": (-0.7, 7.0),
            "output_share": (-0.7, 0.7),
            "noise": 0.7,
            "lag_days": (7, 77),
            "draws": 777,
            "seed": 7,
        },
    }
    for model, defaults in changed.items():
        optional = {name for name, field in model.model_fields.items() if not field.is_required()}
        assert defaults.keys() == optional, "a default that is not changed"
        for name, value in defaults.items():
            model.model_fields[name].default = value
        model.model_rebuild(force=True)


# Rules


def _newer_rules(folder: Path) -> None:
    """Every provider gets a ladder and a limits table that are newer, with other numbers."""
    _publish_own_provider(folder)
    for kind in ("ladders", "limits"):
        for newest in _newest(folder, kind):
            text = newest.read_text("utf-8")
            day = date.fromisoformat(_DAY.findall(text)[0]) + timedelta(days=1)
            text = _DAY.sub(
                f"in_force_from = {day}", _VERSION.sub('version = "2099-01"', text, 1), 1
            )
            other = _AMOUNT.sub(lambda found: f"{found[1]} = {int(found[2]) * 3 + 1}", text)
            (newest.parent / "2099-01.toml").write_text(other, "utf-8")


def _publish_own_provider(folder: Path) -> None:
    """A provider of an own ladder's name is published, with rules of its very ids."""
    shutil.copytree(folder / "openai", folder / "acme")
    for path in (folder / "acme").rglob("*.toml"):
        text = path.read_text("utf-8").replace('provider = "openai"', 'provider = "acme"', 1)
        text = text.replace('id = "openai"', 'id = "acme"', 1)
        path.write_text(text, "utf-8")
    for kind, newest in (("ladders", "2026-05"), ("limits", "2026-09")):
        path = folder / "acme" / kind / f"{newest}.toml"
        text = _VERSION.sub('version = "2026-11"', path.read_text("utf-8"), 1)
        path.unlink()
        (path.parent / "2026-11.toml").write_text(text, "utf-8")


def _newest(folder: Path, kind: str) -> Iterator[Path]:
    for provider in sorted(path.parent for path in folder.glob("*/provider.toml")):
        files = (provider / kind).glob("*.toml")
        yield max(files, key=lambda path: _DAY.findall(path.read_text("utf-8"))[0])


def _renamed(folder: Path, kind: str) -> None:
    """Every ladder or every limits table gets another id; the old ones stay as aliases."""
    for number, path in enumerate(sorted(folder.glob(f"*/{kind}/*.toml"))):
        version, provider = f"{2060 + number}-07", path.parent.parent.name
        text = _VERSION.sub(f'version = "{version}"', path.read_text("utf-8"), 1)
        path.unlink()
        path.with_name(f"{version}.toml").write_text(text, "utf-8")
        catalog.RENAMED[f"{provider}/{path.stem}"] = f"{provider}/{version}"


# Prices


def _other_prices() -> None:
    """Every price is doubled, and every context window another one."""
    providers = copy.deepcopy(get_snapshot().providers)
    for model in (model for provider in providers for model in provider.models):
        model.context_window = (model.context_window or 0) + 77
        dated = model.prices if isinstance(model.prices, list) else [model]
        for prices in (each.prices for each in dated):
            for name, rate in vars(prices).items():
                setattr(prices, name, _doubled(rate))
    set_custom_snapshot(DataSnapshot(providers=providers, from_auto_update=False))


def _doubled(rate: Any) -> Any:
    if isinstance(rate, Decimal):
        return 2 * rate
    if hasattr(rate, "tiers"):
        rate.base *= 2
        for step in rate.tiers:
            step.price *= 2
    return rate


def _no_models() -> None:
    """The price list knows nothing any more."""
    set_custom_snapshot(DataSnapshot(providers=[], from_auto_update=False))


WORLDS: dict[str, Callable[[Path], None]] = {
    "other defaults": lambda _: _other_defaults(),
    "newer rules": _newer_rules,
    "renamed ladders": lambda folder: _renamed(folder, "ladders"),
    "renamed limits": lambda folder: _renamed(folder, "limits"),
    "other prices": lambda _: _other_prices(),
    "no models": lambda _: _no_models(),
}


if __name__ == "__main__":
    world, rules = WORLDS[sys.argv[1]], Path(sys.argv[2])
    catalog.DATA = rules
    world(rules)
    for link in published_links():
        print(Published(link.name, link.link, figures_of(link.link)), end="\n\n")
    print(new_plan())

"""An organisation's own rules: a folder laid out as data/, beside the rules of the package.

What is faulty there is named in the log and refused; the rest is used. A published id stays what it
is, so that a link that names it shows the same figures here as anywhere.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from tierlogic.rules.check import Rules, misplaced, parse
from tierlogic.rules.faults import Fault, FaultyRulesError
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.limits import LimitsTable
from tierlogic.rules.provider import Provider

PLACES: dict[str, type[Rules]] = {
    "*/provider.toml": Provider,
    "*/ladders/*.toml": Ladder,
    "*/limits/*.toml": LimitsTable,
}
"""Where a folder of rules has its files, and of which kind they are."""

_log = logging.getLogger("tierlogic.rules")


def read_mounted(folder: Path, published: Collection[Rules]) -> tuple[Rules, ...]:
    """Return the rules of a folder that can be used beside the published ones.

    The log names every file that is refused, with its line, the key, what was given and the fix.
    """
    if not folder.is_dir():
        _log.error("%s: is no folder; only the published rules are used", folder)
        return ()
    _name_strays(folder)
    sound = dict(_read_sound(folder))
    new = {
        path: rules for path, rules in sound.items() if not _is_published(path, rules, published)
    }
    return tuple(_of_whole_providers(new, published))


def _name_strays(folder: Path) -> None:
    looked_at = {path for place in PLACES for path in folder.glob(place)}
    for path in sorted({*folder.rglob("*.toml")} - looked_at):
        _refuse(path, [Fault("", f"is not looked at; rules stand in {', '.join(PLACES)}")])


def _read_sound(folder: Path) -> Iterator[tuple[Path, Rules]]:
    for place, kind in PLACES.items():
        for path in sorted(folder.glob(place)):
            try:
                rules = parse(path.read_text("utf-8"), kind)
            except (OSError, UnicodeDecodeError) as error:
                _refuse(path, [Fault("", f"cannot be read: {error}")])
            except FaultyRulesError as error:
                _refuse(path, error.faults)
            else:
                faults = misplaced(path, rules)
                _refuse(path, faults)
                if not faults:
                    yield path, rules


def _is_published(path: Path, rules: Rules, published: Collection[Rules]) -> bool:
    """Say whether the package has rules of this kind and id; if so, name the file."""
    found = any(type(other) is type(rules) and other.id == rules.id for other in published)
    if found:
        fix = "leave it out" if isinstance(rules, Provider) else "give yours another version"
        _refuse(path, [Fault("", f"{rules.id} is published with Tierlogic; {fix}")])
    return found


def _of_whole_providers(new: dict[Path, Rules], published: Collection[Rules]) -> Iterator[Rules]:
    """Yield the rules whose provider has all that a plan needs; name the files of the others."""
    there = {(_provider(rules), type(rules)) for rules in (*new.values(), *published)}
    for path, rules in new.items():
        lacking = [place for place, kind in PLACES.items() if (_provider(rules), kind) not in there]
        if lacking:
            places = ", ".join(place.replace("*", _provider(rules), 1) for place in lacking)
            _refuse(path, [Fault("", f"cannot be used alone; there is no sound {places}")])
        else:
            yield rules


def _provider(rules: Rules) -> str:
    return rules.id if isinstance(rules, Provider) else rules.provider


def _refuse(path: Path, faults: Iterable[Fault]) -> None:
    for fault in faults:
        _log.error("Refused: %s", fault.at(str(path)))

"""Hostile links, drawn from a seed: real ones cut, doubled and bent, and plain noise."""

import random
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from tests.links.published import published_links

OLDEST: list[str] = [
    link["link"]
    for link in tomllib.loads((Path(__file__).parent / "v1.toml").read_text(encoding="utf-8"))[
        "link"
    ]
]
PUBLISHED = [each.link for each in published_links()]
ASKING = [link for link in PUBLISHED if "&by=" in link or "&range_" in link or ".title=" in link]
REAL = [*OLDEST * 5, *PUBLISHED]
"""The oldest stand as often as the others in all, for they are the shortest."""
NAMES = sorted(
    {name for link in REAL for name, _ in parse_qsl(link, keep_blank_values=True)}
    | {"b.past", "c.days", "f.model", "g.days", "b.by", "b.v", "b.", "amp;days", "plan"}
)
VALUES = [
    "",
    " ",
    "none",
    "None",
    "null",
    "undefined",
    "nan",
    "-inf",
    "1e309",
    "-1",
    "-0",
    "0.1",
    "9" * 30,
    "9" * 4_000,
    "1e-999",
    "0x10",
    "1_000",
    "1,5",
    "\u0661\u0662\u0663",
    "\uff11\uff12",
    "2026-02-30",
    "2026-1-1",
    "9999-12-31",
    "0001-01-01",
    "2024-02-29_25_month_400",
    "2026-01-01_0.001",
    "2026-01-01_1e3",
    "2026-01-01_5_year",
    "2026-01-01_5_week_999999999",
    "openai/2026-05",
    "2026-06-30",
    "Tier 2",
    "full",
    "-0.2_0.5",
    "0_2",
    "b",
    "anthropic/2026-04",
    "openai/../../etc/passwd",
    "../data",
    "Tier 9",
    "monthly_invoice",
    "at_payment",
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "{{constructor.constructor('return 1')()}}",
    '{"$schema": "https://vega.github.io/schema/vega-lite/v6.json"}',
    '=HYPERLINK("http://evil.example")',
    "' OR 1=1 --",
    "line\nbreak\r\n",
    "\x00\x01\x7f",
    "\u202eevil",
    "\U0001f600" * 40,
    "e\u0301" * 200,
]


BENDS = ["", "&", "=", "%", "%00", "%ff", "+", "_", "-", ".", "9", "&v=1", "amp;", "\n", "b."]


def hostile_links(seed: int, count: int) -> Iterator[str]:
    """Yield queries; the same seed gives the same ones."""
    chance = random.Random(seed)  # noqa: S311 - a fixed draw, no secret
    for _ in range(count):
        yield chance.choice(KINDS)(chance)


def _cut(chance: random.Random) -> str:
    link = chance.choice(REAL)
    return link[: chance.randrange(len(link) + 1)]


def _bent(chance: random.Random) -> str:
    """A real link with a few characters put in, left out or swapped."""
    link = chance.choice(REAL)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(link) + 1)
        inserted = chance.choice(BENDS)
        link = link[:at] + inserted + link[at + chance.randint(0, 3) :]
    return link


def _revalued(chance: random.Random) -> str:
    """A real link whose values are replaced by hostile ones."""
    pairs = parse_qsl(chance.choice(REAL), keep_blank_values=True)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(pairs))
        pairs[at] = (pairs[at][0], chance.choice(VALUES))
    return urlencode(pairs)


def _doubled(chance: random.Random) -> str:
    pairs = parse_qsl(chance.choice(REAL), keep_blank_values=True)
    extra = [(chance.choice(NAMES), chance.choice(VALUES)) for _ in range(chance.randint(1, 5))]
    mixed = [*pairs, *extra]
    chance.shuffle(mixed)
    return urlencode(mixed)


def _nested(chance: random.Random) -> str:
    inner = quote(chance.choice(REAL))
    return f"{chance.choice(REAL)}&{chance.choice(NAMES)}={inner}&{chance.choice(NAMES)}[]={inner}"


def _noise(chance: random.Random) -> str:
    data = chance.randbytes(chance.randint(0, 300))
    return quote(data) if chance.random() < 0.5 else data.decode("latin-1")


def _made_up(chance: random.Random) -> str:
    """Known names in any order with hostile values."""
    names = [
        chance.choice(NAMES) + chance.choice(["", ".2", ".8", ".9", ".x"])
        for _ in range(chance.randint(1, 30))
    ]
    return urlencode([(name, chance.choice(VALUES)) for name in names])


def _many(chance: random.Random) -> str:
    """Far more of something than a plan has."""
    name, value = chance.choice(
        [("buy", "2026-06-01_1"), ("past", "2026-01-01_1_1"), ("lacks", "x"), ("x", "y")]
    )
    return f"{chance.choice(REAL)}&" + "&".join([f"{name}={value}"] * chance.choice([401, 10_000]))


Kind = Callable[[random.Random], str]
KINDS: list[Kind] = [*(_cut, _bent, _revalued, _doubled, _nested, _noise, _made_up) * 30, _many]

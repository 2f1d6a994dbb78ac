"""Two thousand own rules files bent at random: each is used or refused, with its fault named."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import tierlogic as tl
from tierlogic.rules.faults import FaultyRulesError
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.own import limits_not_known, own_rules, text_of

OWN = [path.read_bytes() for path in sorted((Path(__file__).parent / "own").glob("*.toml"))]
FILES, RUNS = 2_000, 4
BENDS = [
    *(b"", b'"', b"'", b"[", b"]", b"{", b"}", b"=", b"\n", b"#", b'"""', b"\\", b"\x00", b"\xff"),
    *(
        b"\\u0000",
        b"\\uD800",
        b"9" * 5_000,
        b"1e400",
        b"nan",
        b"-1",
        b"0",
        b"0.001",
        b"true",
        b"[]",
    ),
    *(b"2024-13-01", b"2024-01-01", b"1_000", b"0x1F", "٣".encode(), b"[[tiers]]", b"a.b.c = 1"),
    *(b"[[[[[[[[" * 900, b"a = 1\n", b"opens_when.all = []", b"over = { rolling_days = 0 }"),
]


def bent_files(seed: int, count: int) -> list[bytes]:
    chance = random.Random(seed)  # noqa: S311 - a fixed draw, no secret
    files = []
    for _ in range(count):
        lines = chance.choice(OWN).split(b"\n")
        for _ in range(chance.randint(0, 2)):
            at, other = chance.randrange(len(lines)), chance.choice(lines)
            lines[at : at + chance.randint(0, 1)] = [other] * chance.randint(0, 2)
        data = bytearray(b"\n".join(lines))
        for _ in range(chance.randint(0, 3)):
            at = chance.randrange(len(data) + 1)
            data[at : at + chance.randint(0, 4)] = chance.choice(BENDS)
        files.append(bytes(data))
    return files


def unlocks_of(text: str, ladder: Ladder) -> tuple[str, ...]:
    plan = tl.Scenario(
        own_ladder=text,
        own_limits=limits_not_known(ladder),
        ladder=ladder.id,
        limits=ladder.id,
        start=date(2026, 11, 2),
        days=30,
        purchases=(tl.Purchase(on=date(2026, 11, 2), amount=Decimal(100)),),
    )
    assert tl.Scenario.from_query(plan.to_query()) == plan
    return tuple(unlock.why for unlock in tl.project(plan).unlocks)


@pytest.mark.parametrize("run", range(RUNS))
def test_a_bent_file_is_used_or_refused_and_never_more(run: int) -> None:
    used, faults = 0, []
    for data in bent_files(run, FILES // RUNS):
        try:
            text = text_of(data)
            rules = own_rules(text)
        except FaultyRulesError as error:
            faults.append(str(error))
            continue
        used += 1
        if isinstance(rules, Ladder):
            assert all(unlocks_of(text, rules))
    assert all(0 < len(said) < 20_000 for said in faults)
    assert min(used, len(faults)) > 10

import pytest

import tierlogic as tl
from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN

# The fewest draws are enough here.
FEW = ("--draws", "100", "--seed", "7")
ALL = (
    *("--tokens", "-20", "+50", "--price", "-2.5", "0", "--growth", "-5", "10"),
    *("--output-share", "0", "10", "--noise", "20", "--lag", "0", "2"),
)
WITHIN = tl.Ranges(
    tokens=(-0.2, 0.5),
    price=(-0.025, 0),
    growth=(-0.05, 0.1),
    output_share=(0, 0.1),
    noise=0.2,
    lag_days=(0, 2),
    draws=100,
    seed=7,
)


def test_percent_are_read_as_shares(capsys: pytest.CaptureFixture[str]) -> None:
    found = tl.ranges(PLAN, WITHIN)
    record = run(capsys, "ranges", LINK, *ALL, *FEW, "--format", "json").record
    assert tl.Ranges.model_validate(record["within"]) == WITHIN
    assert record["headline"] == found.headline
    for reading, tiers in found.tiers.items():
        assert [
            (one["tier"], one["earliest"], one["likely"], one["latest"], one["share"])
            for one in record["readings"][reading]["tiers"]
        ] == [
            (
                one.tier,
                *(day and day.isoformat() for day in (one.earliest, one.likely, one.latest)),
                one.share,
            )
            for one in tiers
        ]
    money = record["readings"]["used"]["money"]
    assert (money[0]["on"], money[-1]["on"], len(money)) == ("2026-01-31", "2026-04-30", 90)
    assert money[-1]["low"] <= money[-1]["median"] <= money[-1]["high"] == 250


def test_without_ranges_every_draw_is_the_plan(capsys: pytest.CaptureFixture[str]) -> None:
    rows = run(capsys, "ranges", LINK, *FEW, "--csv").rows
    by_tier = {row["tier"]: row for row in rows if row["reading"] == "used"}
    # $8.75 a day: $250 is used on the 29th day.
    tier_4 = by_tier["Tier 4"]
    days = {tier_4[name] for name in ("planned", "earliest", "likely", "latest", "most_likely")}
    assert days == {"2026-02-28"}
    assert (tier_4["share"], by_tier["Tier 5"]["share"]) == ("1.0", "0.0")


def test_the_table_says_the_headline_first(capsys: pytest.CaptureFixture[str]) -> None:
    ran = run(capsys, "ranges", LINK, *ALL, *FEW, "--tier", "Tier 4")
    words, used, paid = ran.out.split("\n\n")
    first, basis = words.splitlines()
    assert first.startswith("Tier 4 opens ")
    assert basis.startswith("100 draws (seed 7) around the plan: tokens per day -20 to +50%; ")
    assert used.startswith("if only used money counts")
    assert paid.startswith("if buying credit counts")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--tokens", "20", "50"], "--tokens: runs from 0.2 to 0.5, without the plan itself"),
        (["--tokens", "50", "-20"], "--tokens: runs from 0.5 down to -0.2"),
        (["--tokens", "-101", "0"], "--tokens: runs from -1.01 to 0; stay within -1 and 9"),
        (["--tokens", "-20"], "argument --tokens: expected 2 arguments"),
        (["--price", "a", "b"], "argument --price: 'a' is no number of percent; write it as 20"),
        (["--growth", "0", "nan"], "argument --growth: 'nan' is no number of percent"),
        (["--lag", "2", "0"], "--lag: runs from 2 to 0 days"),
        (["--lag", "0", "1.5"], "argument --lag: invalid int value: '1.5'"),
        (["--noise", "101"], "--noise: must be at most 1"),
        (["--draws", "99"], "--draws: must be at least 100"),
        (["--seed", "-1"], "--seed: must be at least 0"),
        (["--tier", "Free"], "--tier: openai/2024-10 has no tier 'Free' with gates; it has Tier 1"),
    ],
)
def test_ranges_that_cannot_be_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert says in refused(capsys, "ranges", LINK, *arguments)

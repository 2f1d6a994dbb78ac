import tierlogic as tl
from tests.charts.plans import new_account, seed, spec_text
from tierlogic.charts import DARK, LIGHT
from tierlogic.charts.sensitivity import sensitivity_chart, sensitivity_takeaway


def test_bars_point_left_where_the_tier_opens_sooner() -> None:
    # $150 at $3 a day: 50 days. Bought at once, it counts 49 days sooner; at $2.70 a day 56 days.
    data = sensitivity_chart(tl.sensitivity(seed()), LIGHT)["datasets"]["steps"]
    rows = data.set_index("change")[["result", "side", "shift"]]
    assert rows.loc["If buying credit counts"].tolist() == ["49 days sooner", "sooner", -49]
    assert rows.loc["10% fewer tokens"].tolist() == ["6 days later", "later", 6]
    assert data["text"].iloc[0] == "$50 less now: no longer opens within the plan."


def test_a_bar_without_days_runs_to_the_end_of_the_axis() -> None:
    data = sensitivity_chart(tl.sensitivity(seed()), LIGHT)["datasets"]
    end = data["frame"]["shift"].max()
    lost = data["steps"].iloc[0]
    assert (lost["result"], lost["shift"]) == ("no longer opens", end)
    assert lost["is_endless"]
    assert end > 49
    short = seed(purchases=[{"on": "2023-11-20", "amount": 100}])
    won = sensitivity_chart(tl.sensitivity(short), LIGHT)["datasets"]["steps"].iloc[0]
    assert won["result"] == "only with this, 8 Jan 2024"
    assert won["shift"] < 0


def test_the_largest_twelve_are_drawn_and_none_that_changes_nothing() -> None:
    steps = sensitivity_chart(tl.sensitivity(seed()), LIGHT)["datasets"]["steps"]
    assert len(steps) == 12
    assert steps["row"].tolist() == list(range(12))
    assert (steps["shift"] != 0).all()


def test_the_spec_depends_on_the_number_of_bars_alone() -> None:
    full, other = (sensitivity_chart(tl.sensitivity(seed(days=days)), LIGHT) for days in (180, 365))
    assert spec_text(full) == spec_text(other)
    few = sensitivity_chart(tl.sensitivity(new_account()), LIGHT)
    assert few["height"] < full["height"]
    assert spec_text(sensitivity_chart(tl.sensitivity(seed()), DARK)) != spec_text(full)


def test_where_nothing_matters() -> None:
    found = tl.sensitivity(seed(opening_tier="Tier 5"))
    chart = sensitivity_chart(found, LIGHT)
    assert chart["datasets"]["steps"].empty
    assert list(chart["datasets"]["steps"].columns) == [
        "change",
        "result",
        "text",
        "side",
        "shift",
        "is_endless",
        "row",
    ]
    assert sensitivity_takeaway(found) == found.summary


def test_the_takeaway_says_how_much_more_is_of_use() -> None:
    short = seed(purchases=[{"on": "2023-11-20", "amount": 20}])
    assert sensitivity_takeaway(tl.sensitivity(short)).endswith(
        "Beyond $130 more now nothing is gained: the pace of use holds it until 8 Jan 2024."
    )

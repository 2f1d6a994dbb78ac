import subprocess
import sys
from pathlib import Path

import pytest

from tests.shell.running import refused, run
from tests.shell.test_commands import LINK, PLAN, ROOT
from tierlogic.answer import answer
from tierlogic.charts import DARK, LIGHT, rates_chart
from tierlogic.charts.sensitivity import sensitivity_chart
from tierlogic.exports import chart_data, chart_png, chart_svg
from tierlogic.questions.sensitivity import sensitivity


def test_the_ending_of_the_file_says_what_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    chosen = answer(PLAN).chosen
    light, dark = rates_chart(chosen, LIGHT), rates_chart(chosen, DARK)
    for name, more, expected in (
        ("rates.svg", (), chart_svg(light, LIGHT).encode()),
        ("rates.PNG", ("--dark",), chart_png(dark, DARK)),
        ("rates.zip", (), chart_data(light)),
    ):
        ran = run(capsys, "chart", "rates", LINK, "--out", str(tmp_path / name), *more)
        assert ran == (0, "", [])
        assert (tmp_path / name).read_bytes() == expected


def test_steps_aim_at_a_tier(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "steps.zip"
    for more, tier in (((), None), (("--tier", "Tier 5"), "Tier 5")):
        assert run(capsys, "chart", "steps", LINK, "--out", str(out), *more).code == 0
        assert out.read_bytes() == chart_data(sensitivity_chart(sensitivity(PLAN, tier), LIGHT))


@pytest.mark.parametrize(
    ("asks", "name"),
    [("&b.tokens=1000", "compared-money"), ("&range_tokens=-0.2_0.5", "ranges")],
)
def test_what_a_link_asks_has_charts_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, asks: str, name: str
) -> None:
    out = str(tmp_path / "chart.zip")
    assert run(capsys, "chart", name, LINK + asks, "--out", out).code == 0
    said = refused(capsys, "chart", name, LINK, "--out", out)
    assert f"has no chart '{name}'; it has money, rates, steps, map" in said


def test_a_file_that_is_no_picture_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said = refused(capsys, "chart", "money", LINK, "--out", str(tmp_path / "money.gif"))
    assert "money.gif ends in none of .png, .svg, .zip" in said


def test_without_the_renderer_it_says_how_to_get_it(tmp_path: Path) -> None:
    out = tmp_path / "money.svg"
    without = "import sys; sys.modules['vl_convert'] = None; from tierlogic.shell import main; "
    ran = subprocess.run(
        [
            *(sys.executable, "-c", f"{without}sys.exit(main(sys.argv[1:]))"),
            *("chart", "money", LINK, "--out", str(out)),
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    )
    assert ran.returncode == 2
    assert not out.exists()
    assert 'pip install "tierlogic[pictures]"; a .zip of the figures needs none' in ran.stderr

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image

import tierlogic as tl
from tests.exports.plans import contested
from tests.exports.readers import Page
from tierlogic.charts import DARK, LIGHT, Theme, money_chart, rates_chart
from tierlogic.exports import can_draw, chart_data, chart_png, chart_svg

ROOT = Path(__file__).parents[2]


def money(theme: Theme = LIGHT) -> dict[str, Any]:
    return money_chart(tl.project(contested()), theme)


def rates(theme: Theme = LIGHT) -> dict[str, Any]:
    return rates_chart(tl.project(contested()), theme)


def image(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_the_tests_have_the_renderer() -> None:
    assert can_draw()


def test_an_svg_holds_its_labels_as_text() -> None:
    texts = Page(chart_svg(money(), LIGHT)).texts["text"]
    assert {"Tier 4 · 28 Feb", "Tier 5 · $1k", "Used $250"} <= set(texts)
    assert {"limit not known", "Full 128k request"} <= set(
        Page(chart_svg(rates(), LIGHT)).texts["text"]
    )


def test_labels_stay_within_the_picture() -> None:
    dear = contested(purchases=[{"on": "2026-01-31", "amount": "249000"}], reading="paid")
    svg = chart_svg(money_chart(tl.project(dear), LIGHT), LIGHT)
    assert "Tiers 1–5 · $5–$1k" in Page(svg).texts["text"]  # noqa: RUF001
    picture = image(chart_png(money_chart(tl.project(dear), LIGHT), LIGHT, scale=1))
    edge = picture.crop((picture.width - 2, 0, picture.width, picture.height))
    assert edge.getcolors() == [(2 * picture.height, (255, 255, 255))]


@pytest.mark.parametrize(
    ("theme", "paper"), [(LIGHT, (255, 255, 255)), (DARK, (14, 17, 23))], ids=["light", "dark"]
)
def test_a_picture_has_a_background_and_ink_on_it(theme: Theme, paper: tuple[int, ...]) -> None:
    for chart, height in ((money(theme), 320), (rates(theme), 250)):
        picture = image(chart_png(chart, theme))
        assert picture.size == (1440, 2 * height)
        assert picture.getpixel((0, 0)) == paper
        ink = tuple(bytes.fromhex(theme.ink[1:]))
        counts = {colour: count for count, colour in picture.getcolors(1 << 20) or []}
        assert counts[ink] > 100
        assert counts[paper] > picture.width * picture.height / 2


@pytest.mark.parametrize("scale", [1, 3])
def test_the_scale_is_the_pixels_for_each_of_the_chart(scale: float) -> None:
    assert image(chart_png(money(), LIGHT, scale)).size == (720 * scale, 320 * scale)


def test_days_are_the_same_wherever_the_picture_is_drawn() -> None:
    drawn = """
import sys
from tests.exports.test_pictures import money
from tierlogic.charts import LIGHT
from tierlogic.exports import chart_svg
sys.stdout.buffer.write(chart_svg(money(), LIGHT).encode())
"""
    here = [text for text in Page(chart_svg(money(), LIGHT)).texts["text"] if "Feb" in text]
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        ran = subprocess.run(
            [sys.executable, "-c", drawn],
            cwd=ROOT,
            env={"TZ": zone, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        )
        texts = Page(ran.stdout.decode()).texts["text"]
        assert [text for text in texts if "Feb" in text] == here
    assert here


def test_the_data_of_a_chart_is_a_file_a_frame() -> None:
    chart = money()
    with ZipFile(io.BytesIO(chart_data(chart))) as together:
        assert together.namelist() == [f"{name}.csv" for name in chart["datasets"]]
        unlocks = list(csv.DictReader(io.StringIO(together.read("unlocks.csv").decode())))
        days = list(csv.DictReader(io.StringIO(together.read("days.csv").decode())))
    assert [(row["date"], row["label"]) for row in unlocks][-1] == ("2026-02-28", "Tier 4 · 28 Feb")
    assert len(days) == 90
    assert days[0] | {"tier": ""} == {
        "date": "2026-01-31",
        "tier": "",
        "used": "8.75",
        "paid": "250.0",
        "balance": "241.25",
    }


def test_the_same_chart_gives_the_same_data_file() -> None:
    assert chart_data(money()) == chart_data(money())


def test_drawing_leaves_the_chart_as_it_was() -> None:
    chart = money()
    chart_svg(chart, LIGHT)
    assert set(chart["datasets"]["days"].columns) == {"date", "tier", "used", "paid", "balance"}
    assert "background" not in chart


def test_without_the_renderer_the_error_says_how_to_get_it() -> None:
    without = """
import sys
sys.modules["vl_convert"] = None
from tests.exports.test_pictures import money
from tierlogic.charts import LIGHT
from tierlogic.exports import PicturesMissingError, can_draw, chart_data, chart_png, chart_svg
assert not can_draw()
assert chart_data(money())
for draw in (chart_svg, chart_png):
    try:
        draw(money(), LIGHT)
    except PicturesMissingError as error:
        print(error)
"""
    ran = subprocess.run(
        [sys.executable, "-c", without], cwd=ROOT, capture_output=True, check=True, text=True
    )
    said = 'pictures need a renderer: pip install "tierlogic[pictures]"'
    assert ran.stdout.splitlines() == [said] * 2


def test_the_renderer_is_not_loaded_until_something_is_drawn() -> None:
    unused = "import sys, tierlogic.exports; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", unused], cwd=ROOT, check=False).returncode == 0


def test_nothing_is_fetched() -> None:
    fetching = money() | {"data": {"url": "https://a.example/x.csv"}, "layer": [{"mark": "point"}]}
    for draw in (chart_svg, chart_png):
        with pytest.raises(ValueError, match="not allowed"):
            draw(fetching, LIGHT)

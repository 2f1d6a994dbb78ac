from dataclasses import asdict
from itertools import combinations

import numpy as np
import pytest

from tierlogic.charts.theme import DARK, LIGHT, Theme, theme_of

PAGES = [(LIGHT, "#ffffff"), (DARK, "#171614"), (DARK, "#0e1117")]
# Machado, Oliveira and Fernandes 2009, full severity, for linear RGB.
SIGHTS = {
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    x, y, z = np.cbrt(np.clip(np.array(to_xyz) @ rgb, 0, None) / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize(("theme", "page"), PAGES)
@pytest.mark.parametrize("part", ["ink", "muted", "first", "second", "third"])
def test_text_and_lines_stand_out(theme: Theme, page: str, part: str) -> None:
    assert contrast(asdict(theme)[part], page) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("sight", SIGHTS)
def test_lines_differ_for_the_colour_blind(theme: Theme, sight: str) -> None:
    seen = [
        lab(np.array(SIGHTS[sight]) @ linear(colour))
        for colour in (theme.first, theme.second, theme.third)
    ]
    assert min(np.linalg.norm(one - other) for one, other in combinations(seen, 2)) > 20


def test_theme_of_a_page() -> None:
    assert theme_of("dark") is DARK
    assert theme_of("light") is LIGHT
    assert theme_of(None) is LIGHT

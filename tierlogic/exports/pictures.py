"""Charts as pictures and as tables. Nothing is read from the network."""

import io
import json
from collections.abc import Mapping
from importlib.util import find_spec
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tierlogic.charts.theme import Theme

HOW_TO_DRAW = 'pip install "tierlogic[pictures]"'
"""The command that brings the renderer."""
_PAPER = {"light": "#ffffff", "dark": "#0e1117"}
_MARGIN = {"left": 12, "right": 24, "top": 12, "bottom": 10}
"""Pixels. Labels at the line ends may reach into the right one."""


class PicturesMissingError(ImportError):
    """The renderer of pictures is not installed; says how to install it."""


def can_draw() -> bool:
    """Whether the renderer of pictures is installed."""
    return find_spec("vl_convert") is not None


def chart_svg(chart: Mapping[str, Any], theme: Theme) -> str:
    """Draw a chart as SVG, 720 pixels wide, its text as text.

    Args:
        chart: a spec with its frames, as `money_chart` and `rates_chart` return it.
        theme: the one that the chart was made with.

    Raises:
        PicturesMissingError: the renderer is not installed.
    """
    svg: str = _renderer().vegalite_to_svg(on_paper(chart, theme), allowed_base_urls=[])
    return svg


def chart_png(chart: Mapping[str, Any], theme: Theme, scale: float = 2) -> bytes:
    """Draw a chart as PNG, 720 pixels wide times the scale.

    Args:
        chart: a spec with its frames, as `money_chart` and `rates_chart` return it.
        theme: the one that the chart was made with.
        scale: pixels of the picture for one of the chart.

    Raises:
        PicturesMissingError: the renderer is not installed.
    """
    png: bytes = _renderer().vegalite_to_png(
        on_paper(chart, theme), scale=scale, allowed_base_urls=[]
    )
    return png


def chart_data(chart: Mapping[str, Any]) -> bytes:
    """Return a chart's frames as a ZIP file of CSVs, one a frame; the same for the same chart."""
    file = io.BytesIO()
    with ZipFile(file, "w") as together:
        for name, frame in chart["datasets"].items():
            text = frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n")
            together.writestr(ZipInfo(f"{name}.csv"), text, ZIP_DEFLATED)
    return file.getvalue()


def on_paper(chart: Mapping[str, Any], theme: Theme) -> dict[str, Any]:
    """Make a spec that stands alone: rows in place of frames, and a background of its own."""
    frames = {
        name: json.loads(frame.to_json(orient="records", date_format="iso"))
        for name, frame in chart["datasets"].items()
    }
    return {**chart, "datasets": frames, "background": _PAPER[theme.name], "padding": _MARGIN}


def _renderer() -> ModuleType:
    # Imported late: it is optional, and large.
    try:
        import vl_convert  # noqa: PLC0415
    except ImportError:
        raise PicturesMissingError(f"pictures need a renderer: {HOW_TO_DRAW}") from None
    return vl_convert

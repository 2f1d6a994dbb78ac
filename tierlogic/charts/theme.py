"""Colours of the charts on a light and on a dark page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """Colours as #rrggbb. Text and lines share them, so all but grid and shade suit small text."""

    name: str
    ink: str
    """Marked days and their labels, and the limit."""
    muted: str
    """Thresholds, axis labels and what is only said by the way."""
    grid: str
    first: str
    """Money used; the average need."""
    second: str
    """Money paid; the peak need."""
    third: str
    """Credit left; the need above a guaranteed rate."""
    shade: str
    """Rate-limited days, drawn thinly."""


LIGHT = Theme(
    name="light",
    ink="#27272a",
    muted="#5f6368",
    grid="#d4d4d8",
    first="#1440a4",
    second="#b4400a",
    third="#0a7f6a",
    shade="#c2410c",
)
DARK = Theme(
    name="dark",
    ink="#f4f4f5",
    muted="#a1a1aa",
    grid="#3f3f46",
    first="#7da2ff",
    second="#ff9b57",
    third="#2ee6c0",
    shade="#ff9b57",
)


def theme_of(name: str | None) -> Theme:
    """Return the theme that suits a page: "dark", or light for all else."""
    return DARK if name == "dark" else LIGHT

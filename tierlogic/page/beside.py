"""The files of a component of the page's own, which stand beside its module."""

from pathlib import Path


def text_beside(module: str, name: str) -> str:
    """Read a file in the folder of a module, given as its `__file__`."""
    return (Path(module).parent / name).read_text(encoding="utf-8")

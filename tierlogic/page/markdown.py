"""Text as Markdown shows it."""


def plain(sentence: str) -> str:
    """Keep Markdown from reading two dollar signs as a formula."""
    return sentence.replace("$", r"\$")

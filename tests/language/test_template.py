"""The template of translations: which sentences of some code it has."""

from pathlib import Path

from tierlogic.language.template import sentences_said

CODE = """
LABELS = {"tier": to_say("Tier")}

def shown(days: int, tier: str) -> str:
    heading = f"**{say('Opens')}** {say_count('{count} day', '{count} days', days)}"
    return say(LABELS[tier]) + heading + say(
        "{tier} opens, "
        "and stays open.", tier=tier,
    )
"""


def test_all_that_code_says_is_found_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text(CODE)
    (tmp_path / "a.py").write_text('say("Opens")\nprint("nothing")\nother.say("neither")')
    catalog = sentences_said(tmp_path)
    assert [message.id for message in catalog if message.id] == [
        "Opens",
        "Tier",
        ("{count} day", "{count} days"),
        "{tier} opens, and stays open.",
    ]
    assert [file for file, _ in catalog["Opens"].locations] == [
        f"{tmp_path.name}/a.py",
        f"{tmp_path.name}/b.py",
    ]

"""What is said in a language that has a file, and in English."""

from datetime import date
from pathlib import Path

import pytest

from tierlogic.language import (
    date_format_for_d3,
    day_in_words,
    day_of_a_year_in_words,
    kept_by_language,
    language,
    language_for,
    locale_for_d3,
    month_in_words,
    number,
    say,
    say_count,
    short_month_in_words,
    short_span_in_words,
    span_in_words,
    speaking,
)

HERE = Path(__file__).parent
JUNE_3 = date(2026, 6, 3)


def test_english_is_what_the_code_says() -> None:
    assert language() == "en"
    assert say("{tier} opens on {day}.", tier="Tier 2", day="3 Jun") == "Tier 2 opens on 3 Jun."
    assert say_count("{count} day of {most}", "{count} days of {most}", 1, most=7) == "1 day of 7"
    assert say_count("{count} day", "{count} days", 2_000) == "2,000 days"
    assert say("Write {braces} or {}") == "Write {braces} or {}"


@pytest.mark.usefixtures("in_german")
def test_a_sentence_is_said_as_its_file_has_it() -> None:
    assert language() == "de"
    assert say("{tier} opens on {day}.", tier="Stufe 2", day="3. Juni") == (
        "Am 3. Juni öffnet Stufe 2."
    )
    assert say("Write {braces} or {}") == "Schreib {braces} oder {}"
    days = ("{count} day of {most}", "{count} days of {most}")
    assert say_count(*days, 1, most=7) == "1 Tag von 7"
    assert say_count(*days, 2_000, most=7) == "2.000 Tage von 7"
    assert say_count(*days, 0.5, most=7) == "0,5 Tage von 7"


@pytest.mark.usefixtures("in_german")
def test_what_is_not_translated_or_not_sure_is_said_in_english() -> None:
    assert say("Share") == "Share"
    assert say("Limit") == "Limit"


def test_a_translation_with_other_names_is_logged_and_said_in_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # Nobody has read this one yet.
    file = tmp_path / "de.po"
    file.write_bytes((HERE / "translations" / "de.po").read_bytes())
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(tmp_path))
    with speaking("de"):
        assert say("{amount} is left", amount="$5") == "$5 is left"
        assert say("{tokens} tokens", tokens="5") == "5 tokens"
        assert say("by {day}", day="3 Jun") == "by 3 Jun"
    lines = file.read_text(encoding="utf-8").splitlines()
    wrong = ("{amount} is left", "{tokens} tokens", "by {day}")
    logged = dict(zip(wrong, caplog.messages, strict=True))
    for english, message in logged.items():
        line = lines.index(f'msgid "{english}"') + 1
        assert message.startswith(f"{file}, line {line}: ")
        assert "as the English does" in message
    assert "{betrag}" in logged["{amount} is left"]
    assert "{tokens:,.0f}" in logged["{tokens} tokens"]


def test_a_file_that_cannot_be_read_is_logged_and_all_is_said_in_english(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(HERE / "unreadable"))
    with speaking("fr"):
        assert say("Limit") == "Limit"
    assert "fr.po: cannot be read" in caplog.text


def test_a_file_that_is_not_named_by_a_language_is_logged_and_left_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "deutsch.po").write_bytes((HERE / "translations" / "de.po").read_bytes())
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(tmp_path))
    assert language_for("deutsch") == "en"
    assert caplog.messages == [
        f"{tmp_path / 'deutsch.po'}: left out; name it by its language, such as de.po or pt_BR.po"
    ]


def test_a_language_without_a_file_is_named_with_those_that_have_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(HERE / "translations"))
    with (
        pytest.raises(ValueError, match=r"no translation 'tlh'\. Known: en, .*de"),
        speaking("tlh"),
    ):
        pass


@pytest.mark.parametrize(
    ("locale", "suits"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("de_DE", "de"),
        ("en-US", "en"),
        ("tlh", "en"),
        ("", "en"),
        ("-", "en"),
        (None, "en"),
    ],
)
def test_the_reader_gets_the_language_of_the_browser(
    locale: str | None, suits: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(HERE / "translations"))
    assert language_for(locale) == suits


def test_dates_and_numbers_in_english() -> None:
    assert day_in_words(JUNE_3) == "3 Jun 2026"
    assert day_of_a_year_in_words(JUNE_3) == "3 Jun"
    assert month_in_words(JUNE_3) == "June 2026"
    assert short_month_in_words(JUNE_3) == "Jun 2026"
    assert span_in_words(JUNE_3, JUNE_3) == "3 Jun 2026"
    assert span_in_words(JUNE_3, date(2026, 6, 30)) == "3 to 30 Jun 2026"
    assert span_in_words(JUNE_3, date(2026, 7, 1)) == "3 Jun to 1 Jul 2026"
    assert span_in_words(JUNE_3, date(2027, 1, 1)) == "3 Jun 2026 to 1 Jan 2027"
    assert short_span_in_words(JUNE_3, JUNE_3, with_year=False) == "3 Jun"
    assert short_span_in_words(JUNE_3, date(2026, 6, 30), with_year=False) == "3–30 Jun"  # noqa: RUF001
    assert short_span_in_words(JUNE_3, date(2026, 7, 1), with_year=True) == "3 Jun–1 Jul 2026"  # noqa: RUF001
    assert number(1_234_567) == "1,234,567"
    assert number(1_234.5, ",.2f") == "1,234.50"


@pytest.mark.usefixtures("in_german")
def test_dates_and_numbers_as_the_language_writes_them() -> None:
    assert day_in_words(JUNE_3) == "3. Juni 2026"
    assert day_of_a_year_in_words(JUNE_3) == "3. Juni"
    assert month_in_words(JUNE_3) == "Juni 2026"
    assert span_in_words(JUNE_3, JUNE_3) == "3. Juni 2026"
    assert span_in_words(JUNE_3, date(2026, 6, 30)) == "3.–30. Juni 2026"  # noqa: RUF001
    assert short_span_in_words(JUNE_3, date(2026, 6, 30), with_year=False) == "3.–30. Juni"  # noqa: RUF001
    assert number(1_234_567) == "1.234.567"
    assert number(1_234.5, ",.2f") == "1.234,50"


def test_what_d3_writes_in_english() -> None:
    assert locale_for_d3() is None
    assert date_format_for_d3("yMMMd") == "%-d %b %Y"
    assert date_format_for_d3("yMMMEd") == "%a %-d %b %Y"


@pytest.mark.usefixtures("in_german")
def test_what_d3_writes_as_the_language_does() -> None:
    locale = locale_for_d3()
    assert locale is not None
    assert (locale["number"]["decimal"], locale["number"]["thousands"]) == (",", ".")
    assert locale["time"]["days"][0] == "Sonntag"
    assert locale["time"]["shortMonths"][2] == "März"
    assert date_format_for_d3("yMMMd") == "%-d. %b %Y"
    assert date_format_for_d3("MMMd") == "%-d. %b"
    assert date_format_for_d3("yMMMEd") == "%a, %-d. %b %Y"


def test_what_is_kept_is_kept_for_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(HERE / "translations"))
    asked = []

    @kept_by_language(8)
    def opens(tier: str) -> str:
        asked.append((language(), tier))
        return say("{tier} opens on {day}.", tier=tier, day=day_in_words(JUNE_3))

    for _ in range(2):
        assert opens("Tier 2") == "Tier 2 opens on 3 Jun 2026."
        with speaking("de"):
            assert opens("Tier 2") == "Am 3. Juni 2026 öffnet Tier 2."
    assert asked == [("en", "Tier 2"), ("de", "Tier 2")]

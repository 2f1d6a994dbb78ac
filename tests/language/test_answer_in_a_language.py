"""The answer and its files in the language that is spoken."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.exports.plans import contested, in_file
from tierlogic.answer import answer, headline
from tierlogic.exports import html_report
from tierlogic.language import speaking
from tierlogic.money import amount_in_words, price_in_words, with_currency


@pytest.mark.usefixtures("in_german")
def test_the_currency_stands_where_the_language_puts_it() -> None:
    assert amount_in_words(Decimal("1234.5")) == "1.234,50 $"
    assert amount_in_words(Decimal(250), "EUR") == "250 €"
    assert price_in_words(Decimal("0.00012500"), "CNY") == "0,000125 ¥"
    assert with_currency("1,2 Mio.", "USD") == "1,2 Mio. $"


def test_the_currency_in_english() -> None:
    assert price_in_words(Decimal("0.00012500"), "CNY") == "¥0.000125"
    assert price_in_words(Decimal("2.50")) == "$2.50"
    assert with_currency("1.2M", "USD") == "$1.2M"
    assert amount_in_words(Decimal(250), "GBP") == "GBP 250"


@pytest.mark.usefixtures("german_is_known")
def test_the_answer_is_said_in_the_language_that_is_spoken_when_it_is_asked_for() -> None:
    answered = answer(in_file("voyage_tier_2_doubles_the_limit"))
    tier_2 = answered.chosen.unlock("Tier 2")
    assert headline(answered) == "Tier 2 opens on 2 Nov 2026."
    assert tier_2.why == "$100 paid is reached on 2 Nov 2026."
    with speaking("de"):
        assert headline(answered) == "Am 2. Nov. 2026 öffnet Tier 2."
        # No file translates the sentence itself.
        assert tier_2.why == "100 $ paid is reached on 2. Nov. 2026."


@pytest.mark.parametrize(("language", "named"), [("en", "en"), ("pt_BR", "pt-BR")])
def test_a_report_names_its_language_as_browsers_do(
    language: str, named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pt_BR.po").write_text('msgid "Charts"\nmsgstr "Gráficos"\n', encoding="utf-8")
    monkeypatch.setenv("TIERLOGIC_TRANSLATIONS", str(tmp_path))
    with speaking(language):
        report = html_report(answer(contested()), date(2026, 2, 1))
    assert f'<html lang="{named}">' in report
    assert ("<h2>Gráficos</h2>" in report) == (language == "pt_BR")

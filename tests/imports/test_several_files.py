"""Several files at once: nothing is counted twice, and what differs is told apart."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tierlogic.imports import read
from tierlogic.imports.words import bills_in_words

COSTS = "start_time,end_time,amount_value,amount_currency,line_item,project_id\n"
USAGE = "start_time,end_time,num_model_requests,model,input_tokens,output_tokens,project_id\n"
DAY_1, DAY_2, DAY_3 = 1788220800, 1788307200, 1788393600
"""1 to 3 September 2026."""


def costs(*rows: tuple[int, str, str]) -> bytes:
    lines = [f"{day},{day + 86400},{amount},usd,,{project}" for day, amount, project in rows]
    return (COSTS + "\n".join(lines)).encode()


def test_the_same_file_twice_counts_once() -> None:
    file = costs((DAY_1, "1", "a"))
    imported = read([file, file])
    assert imported.used == 1
    assert [file.name for file in imported.files] == ["File 1"]
    assert imported.notes == ("File 2 is the same as another file; it was counted once.",)


def test_a_day_in_two_exports_counts_as_the_later_one_tells_it() -> None:
    early = costs((DAY_1, "1", "a"), (DAY_2, "0.40", "a"))
    late = costs((DAY_2, "2", "a"), (DAY_3, "3", "a"))
    for files in ([early, late], [late, early]):
        imported = read(files)
        assert imported.used == 6
        assert "overlap from 2 Sep 2026 to 2 Sep 2026" in imported.notes[0]


def test_exports_of_two_projects_are_added() -> None:
    imported = read([costs((DAY_1, "1", "a")), costs((DAY_1, "2", "b"))])
    assert imported.used == 3
    assert imported.notes == ()


def test_an_empty_bucket_takes_nothing_from_another_file() -> None:
    used = f"{USAGE}{DAY_1},{DAY_2},3,gpt-4o,400000,0,a\n".encode()
    empty = f"{USAGE}{DAY_1},{DAY_2},,,,,\n{DAY_2},{DAY_3},3,gpt-4o,800000,0,b\n".encode()
    imported = read([used, empty])
    assert list(imported.days["tokens"]) == [400_000, 800_000]
    assert imported.notes == ()


def test_an_export_of_all_projects_holds_that_of_one() -> None:
    assert read([costs((DAY_1, "3", "")), costs((DAY_1, "2", "b"))]).used == 3


def test_a_gateway_s_log_is_not_added_to_the_provider_s_bill() -> None:
    log = (
        b"request_id,spend,startTime,prompt_tokens,completion_tokens,model,custom_llm_provider\n"
        b"r1,0.90,2026-09-01T10:00:00Z,400000,0,gpt-4o,openai\n"
        b"r2,0.80,2026-09-02T10:00:00Z,320000,0,gpt-4o,openai\n"
    )
    imported = read([log, costs((DAY_1, "1", "a"))], today=date(2026, 9, 3))
    # On 1 September the provider bills 1; on the 2nd only the gateway tells.
    assert [day.billed for day in imported.each_day] == [Decimal(1), Decimal("0.8")]
    assert "the first of them was counted" in imported.notes[0]


def test_what_cannot_be_the_same_plan_is_left_out_by_name() -> None:
    openai = costs((DAY_1, "1", "a"))
    anthropic = b"usage_date_utc,model,token_type,cost_usd\n2026-09-01,Claude,output,9\n"
    assert read([openai, anthropic]).used == 9
    imported = read([openai, anthropic], provider="openai")
    assert imported.used == 1
    assert imported.notes[0].startswith("Only openai was counted; left out: anthropic.")


def test_a_currency_can_be_chosen() -> None:
    table = b"date,cost,currency\n2026-09-01,1,USD\n2026-09-02,2,USD\n2026-09-02,50,EUR\n"
    assert read([table]).used == 3
    assert read([table], currency="EUR").used == 50


def test_amounts_of_no_stated_currency_are_of_the_one_that_is_read_for() -> None:
    table = b"date,cost\n2026-09-01,1\n"
    assert read([table]).currency == "USD"
    yuan = read([table], currency="CNY")
    assert yuan.currency == "CNY"
    assert yuan.used == 1


def test_an_amount_s_sign_tells_its_currency() -> None:
    imported = read([b"date,amount\n2026-09-01,$5.00\n2026-09-02,$7.00\n2026-09-03,9.00 EUR\n"])
    assert imported.paid == 12
    assert imported.notes[0].startswith("9.00 EUR are left out")
    assert read([b"date,cost\n2026-09-01,\xe2\x82\xac5.00\n"]).currency == "EUR"


def test_the_day_of_a_bucket_that_ends_early_is_not_whole() -> None:
    half = f"{DAY_2},{DAY_2 + 43200},0.40,usd,,a"
    imported = read([costs((DAY_1, "1", "a")) + b"\n" + half.encode()])
    assert imported.used == Decimal("1.4")
    assert imported.last_whole_day == date(2026, 9, 1)
    assert imported.start == date(2026, 9, 2)


def test_today_says_which_days_are_over() -> None:
    empty = f"\n{DAY_3},{DAY_3 + 86400},,,,".encode()
    file = costs((DAY_1, "1", "a"), (DAY_2, "2", "a")) + empty
    assert read([file]).last_whole_day == date(2026, 9, 2)
    assert read([file], today=date(2026, 9, 2)).last_whole_day == date(2026, 9, 1)
    assert read([file], today=date(2026, 9, 4)).last_whole_day == date(2026, 9, 3)


def test_a_billed_model_without_tokens_is_named() -> None:
    bill = (
        f'{COSTS}{DAY_1},{DAY_2},1.00,usd,"gpt-4o-2024-08-06, input",a\n'
        f'{DAY_1},{DAY_2},2.00,usd,"gpt-5-mini-2025-08-07, output",a\n'
    )
    # 400,000 * $2.50/M = 1.00.
    usage = f"{USAGE}{DAY_1},{DAY_2},3,gpt-4o-2024-08-06,400000,0,a\n"
    day = read([bill.encode(), usage.encode()]).each_day[0]
    assert day.difference == 2
    assert day.cause == "Billed, but their tokens are not in the files: gpt-5-mini."


def test_costs_agree_to_the_microdollar_and_not_beyond() -> None:
    usage = f"{USAGE}{DAY_1},{DAY_2},3,gpt-4o,400000,0,a\n".encode()
    near = read([costs((DAY_1, "1.0000009", "a")), usage]).each_day[0]
    assert (near.difference, near.cause) == (Decimal("0.0000009"), "")
    off = read([costs((DAY_1, "1.000001", "a")), usage]).each_day[0]
    assert off.cause == "More was billed than these tokens cost: rows of tokens may be missing."


def test_a_model_without_a_price_is_named() -> None:
    usage = f"{USAGE}{DAY_1},{DAY_2},3,gpt-from-nowhere,400000,0,a\n".encode()
    day = read([costs((DAY_1, "1", "a")), usage]).each_day[0]
    assert (day.computed, day.cause) == (None, "No price is known for gpt-from-nowhere.")


def test_all_providers_and_currencies_are_named_so_that_another_can_be_chosen() -> None:
    logs = Path(__file__).parent / "samples" / "litellm.json"
    imported = read([logs])
    assert imported.provider == imported.providers[0]
    assert len(imported.providers) > 1
    money = read([b"date,cost,currency\n2026-09-01,1,USD\n2026-09-02,2,USD\n2026-09-02,9,EUR\n"])
    assert (money.currency, money.currencies) == ("USD", ("USD", "EUR"))


def test_the_missing_side_of_the_bills_is_named() -> None:
    usage = f"{USAGE}{DAY_1},{DAY_2},3,gpt-4o,400000,0,a\n".encode()
    (tokens,) = bills_in_words(read([usage]))
    assert tokens == "No file tells what was billed; an export of costs does."
    (bills,) = bills_in_words(read([costs((DAY_1, "1", "a"))]))
    assert bills == "No file tells the tokens behind the bill; an export of usage does."
    (both,) = bills_in_words(read([costs((DAY_1, "1", "a")), usage]))
    assert both.startswith("On 1 of 1 day with both")


def test_causes_are_named_with_their_days() -> None:
    bill = costs((DAY_1, "1", "a"), (DAY_2, "1.5", "a"))
    rows = [f"{day},{day + 86400},3,gpt-4o,400000,0,a\n" for day in (DAY_1, DAY_2)]
    agree, sums, cause = bills_in_words(read([bill, f"{USAGE}{''.join(rows)}".encode()]))
    assert agree.startswith("On 1 of 2 days with both")
    assert sums == "Over all of them $2.50 was billed, and the tokens cost $2.00."
    assert cause.startswith("1 day, from 2 Sep 2026: More was billed than these tokens cost")

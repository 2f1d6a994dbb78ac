"""Plans to begin with: a first visit's, and situations that people come with."""

import codecs
import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

from tierlogic.engine.walk import PlanTooLargeError
from tierlogic.language import say, speaking, to_say
from tierlogic.links import NOTHING_ASKED, Asked, open_link, parameters_of
from tierlogic.page.answers import answer_to
from tierlogic.plan_file import LARGEST_FILE, PlanFileError, read_plan_file
from tierlogic.questions.goal import Goal
from tierlogic.rules.catalog import newest_ladder, newest_limits
from tierlogic.scenario import Purchase, Scenario, UsageLine
from tierlogic.settings import defaults_file

_log = logging.getLogger("tierlogic.settings")


@dataclass(frozen=True)
class Example:
    """A situation to open."""

    name: str
    help: str
    """Both in English, marked by `to_say`."""
    plan: Callable[[date], Scenario]
    """Made for today, but where the case is of its own time."""
    asks: Callable[[date], Asked] = lambda _: NOTHING_ASKED


def newcomer(today: date) -> Scenario:
    """What a first visit opens: the organisation's own plan, or a new account's that buys $250."""
    file = defaults_file()
    return (_organisations(file, today) if file else None) or _new_account(today)


@functools.lru_cache(maxsize=1)
@speaking("en")
def _organisations(file: Path, today: date) -> Scenario | None:
    """Read a link or plan file; None where it has faults, which the log names once a day."""
    try:
        # One without a start begins on the day of the visit.
        opened = open_link({"start": [str(today)], **_parameters(file)})
        faults = [str(problem) for problem in opened.problems]
        if opened.scenario and not faults:
            answer_to(opened.scenario)
            return opened.scenario
    except (OSError, PlanFileError, PlanTooLargeError) as error:
        faults = [str(error)]
    for fault in faults:
        _log.error("%s: %s; a newcomer's plan opens instead", file, fault)
    return None


def _parameters(file: Path) -> dict[str, list[str]]:
    """Read a plan file, or else a link or what follows its question mark.

    Raises:
        OSError: the file cannot be read.
        PlanFileError: it holds neither.
    """
    with file.open("rb") as opened:
        content = opened.read(LARGEST_FILE + 1).removeprefix(codecs.BOM_UTF8).strip()
    if content.startswith(b"{"):
        return read_plan_file(content)
    try:
        link = content.decode()
    except UnicodeDecodeError:
        raise PlanFileError("is no text in UTF-8; write a link, or a plan file") from None
    is_whole = link.startswith(("http://", "https://"))
    return parameters_of(urlsplit(link).query if is_whole else link)


def _new_account(today: date) -> Scenario:
    """A new account that buys $250 today and uses 2 million tokens a day, on the newest rules."""
    return _at_openai(today, prepay=250, tokens_per_day=2_000_000, days=60)


def seed(_: date | None = None) -> Scenario:
    """Tier 3, 14 days after the first payment: can I just buy up to $250, or must I use it?"""
    first_payment = date(2023, 11, 6)
    start = date(2023, 11, 20)
    return Scenario(
        ladder="openai/2023-11",
        limits="openai/2023-11",
        start=start,
        days=180,
        first_payment=first_payment,
        used_before=Decimal(100),
        paid_before=Decimal(100),
        opening_tier="Tier 3",
        purchases=(Purchase(on=start, amount=Decimal(150)),),
        usage=(UsageLine(model="gpt-4-1106-preview", tokens_per_day=200_000),),
        title=say("Buy up to $250, or use it?"),
    )


def _five_dollars(today: date) -> Scenario:
    return _at_openai(today, prepay=5, tokens_per_day=200_000, title=say("A new account with $5"))


def _invoiced_team(today: date) -> Scenario:
    return Scenario(
        ladder=newest_ladder("openai", today).id,
        limits=newest_limits("openai", today).id,
        start=today,
        first_payment=today - timedelta(days=120),
        used_before=Decimal(420),
        paid_before=Decimal(400),
        opening_tier="Tier 3",
        billing="monthly_invoice",
        usage=(
            UsageLine(model="gpt-5.4", tokens_per_day=6_000_000, growth_per_30_days=0.1),
            UsageLine(model="gpt-5.4-mini", tokens_per_day=20_000_000, cached_share=0.5),
        ),
        weekend_factor=0.3,
        title=say("A team on a monthly invoice"),
    )


def _agent(today: date) -> Scenario:
    return _at_openai(
        today, prepay=20, tokens_per_day=2_000_000, title=say("An agent that needs 2M a minute")
    )


def _embeddings(_: date) -> Scenario:
    start = date(2024, 6, 10)
    return Scenario(
        ladder="openai/2023-11",
        limits="openai/2024-06",
        start=start,
        days=60,
        first_payment=start,
        purchases=(Purchase(on=start, amount=Decimal(1_300)),),
        usage=(
            UsageLine(
                model="text-embedding-3-large",
                tokens_per_day=2_000_000_000,
                output_share=0,
                ends=start + timedelta(days=9),
            ),
        ),
        title=say("Embed 20 billion tokens in ten days"),
    )


def _gemini_at_its_cap(today: date) -> Scenario:
    return Scenario(
        ladder=newest_ladder("gemini", today).id,
        limits=newest_limits("gemini", today).id,
        start=today,
        first_payment=today,
        purchases=(Purchase(on=today, amount=Decimal(2_000)),),
        usage=(UsageLine(model="gemini-2.5-pro", tokens_per_day=60_000_000),),
        title=say("A Gemini account at its monthly cap"),
    )


EXAMPLES = (
    Example(
        to_say("Buy it or use it?"),
        to_say("At Tier 3, 14 days after the first payment: is buying up to $250 enough?"),
        seed,
    ),
    Example(
        to_say("A new account with $5"),
        to_say("How far does the smallest purchase go?"),
        _five_dollars,
    ),
    Example(
        to_say("A team on a monthly invoice"),
        to_say("Nothing is bought beforehand: what is used in a month is paid on the next 1st."),
        _invoiced_team,
    ),
    Example(
        to_say("An agent that needs 2M a minute"),
        to_say("What does it take to have 2 million tokens per minute in 60 days?"),
        _agent,
        lambda today: Asked(goal=Goal(by=today + timedelta(days=60), tpm=2_000_000)),
    ),
    Example(
        to_say("A batch of embeddings"),
        to_say("20 billion tokens in ten days of June 2024: do the limits let them through?"),
        _embeddings,
    ),
    Example(
        to_say("A Gemini account at its monthly cap"),
        to_say("More use is wanted than Tier 1 allows in a month."),
        _gemini_at_its_cap,
    ),
)


def _at_openai(
    today: date, prepay: int, tokens_per_day: float, title: str = "", days: int = 365
) -> Scenario:
    return Scenario(
        ladder=newest_ladder("openai", today).id,
        limits=newest_limits("openai", today).id,
        start=today,
        days=days,
        first_payment=today,
        purchases=(Purchase(on=today, amount=Decimal(prepay)),),
        usage=(UsageLine(model="gpt-5.4", tokens_per_day=tokens_per_day),),
        title=title,
    )

"""Files in: each is recognised by what it holds, summed, and put together with the others."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from tierlogic.imports.costs import Day, price_day
from tierlogic.imports.files import Progress, Source, Text, open_text
from tierlogic.imports.formats import FORMATS
from tierlogic.imports.formats.format import Format
from tierlogic.imports.imported import FileRead, Imported, Payment
from tierlogic.imports.lists import all_of, first_of
from tierlogic.imports.records import ImportFileError
from tierlogic.imports.tally import Entry, Key, Tally, put_together, tally
from tierlogic.language import day_in_words, number, say, say_count
from tierlogic.money import CENT

_RANK = {known.name: rank for rank, known in enumerate(FORMATS)}
_Told = tuple[Format, Key, Entry]


def _no_progress(name: str, read: int, size: int | None) -> None:
    """Report to nobody."""


def read(
    files: Iterable[Source],
    *,
    today: date | None = None,
    provider: str | None = None,
    currency: str | None = None,
    progress: Progress = _no_progress,
) -> Imported:
    """Read what providers and gateways export, in any mix of files.

    No file is held whole. Rows that cannot be read are left out and listed.

    Args:
        files: paths, bytes, or binary streams.
        today: UTC; this day and later ones are not over. None: the files alone tell.
        provider: its name in genai-prices; what the files say of others is left out. None: the
            one that they say most of.
        currency: other money is left out, and money of no stated currency is of this one. None:
            that of most amounts, or USD where none is stated.
        progress: called with a file's name, the bytes read of it, and its size or None.

    Raises:
        ImportFileError: a ValueError; a file is not text, in no known format, or holds no row
            that can be used.
    """
    texts, tallies, digests = list[Text](), list[Tally](), set[bytes]()
    requests: set[int] = set()
    notes: list[str] = []
    sources = list(files)
    for place, source in enumerate(sources, start=1):
        text = open_text(source, place, progress)
        with text:
            told = tally(text, requests, is_alone=len(sources) == 1)
        if text.digest in digests:
            notes.append(
                say("{file} is the same as another file; it was counted once.", file=text.name)
            )
            continue
        digests.add(text.digest)
        texts.append(text)
        tallies.append(told)
    if not tallies:
        raise ImportFileError(
            say("No file was given; give an export of usage or costs, or payments")
        )
    everything = list(put_together(tallies, notes))
    told_providers = _most_said_first(everything)
    provider = provider or next(iter(told_providers), None)
    told_of = [one for one in everything if one[1].provider in {None, provider}]
    if len(told_of) < len(everything):
        others = sorted({*told_providers} - {provider})
        notes.append(
            say(
                "Only {provider} was counted; left out: {others}. "
                "A plan is of one provider: read the files again for another.",
                provider=provider,
                others=", ".join(others),
            )
        )
    told_currencies = _most_paid_in_first(told_of)
    currency = currency or next(iter(told_currencies), "USD")
    kept = _in_currency(told_of, currency, notes)
    days = _days(kept, _reaches(tallies), today, provider, notes)
    return Imported(
        files=tuple(
            FileRead(text.name, told.format.name, told.rows, text.unread_count)
            for text, told in zip(texts, tallies, strict=True)
        ),
        provider=provider,
        providers=told_providers,
        currency=currency,
        currencies=told_currencies,
        each_day=tuple(days),
        last_whole_day=_last_whole_day(days, tallies, today),
        payments=_payments(kept),
        unread=tuple(unread for text in texts for unread in text.unread),
        unread_count=sum(text.unread_count for text in texts),
        notes=(*(note for text in texts for note in text.notes), *notes),
    )


def _most_said_first(told: list[_Told]) -> tuple[str, ...]:
    """The providers, those with the most money, or else with the most tokens, first."""
    weights: dict[str, tuple[Decimal, int]] = {}
    for _, key, entry in told:
        if key.provider:
            money, tokens = weights.get(key.provider, (Decimal(0), 0))
            weights[key.provider] = (money + entry.weight[0], tokens + entry.weight[1])
    return tuple(sorted(weights, key=lambda name: weights[name], reverse=True))


def _most_paid_in_first(told: list[_Told]) -> tuple[str, ...]:
    amounts = Counter(key.currency for _, key, _ in told if key.currency)
    return tuple(currency for currency, _ in amounts.most_common())


def _in_currency(told: list[_Told], currency: str, notes: list[str]) -> list[_Told]:
    left_out: dict[str, Decimal] = defaultdict(Decimal)
    for _, key, entry in told:
        if key.currency and key.currency != currency:
            left_out[key.currency] += entry.weight[0]
    amounts = [f"{number(amount, ',.2f')} {other}" for other, amount in left_out.items() if amount]
    if amounts:
        notes.append(
            say(
                "{amounts} are left out: a plan has one currency, here {currency}.",
                amounts=first_of(amounts),
                currency=currency,
            )
        )
    return [one for one in told if one[1].currency in {None, currency}]


def _reaches(tallies: list[Tally]) -> dict[date, bool]:
    """The last day of each file that ends within it, by day."""
    return {
        datetime.fromtimestamp(one.until - 1, UTC).date(): True
        for one in tallies
        if one.until is not None and one.until < _end_of(max(key.day for key in one.entries))
    }


def _end_of(day: date) -> int:
    return int(datetime.combine(day + timedelta(days=1), time(), UTC).timestamp())


def _days(
    told: list[_Told],
    cut: dict[date, bool],
    today: date | None,
    provider: str | None,
    notes: list[str],
) -> list[Day]:
    """Every day from the first told to the last, with one source of money and one of tokens."""
    tokens: dict[date, dict[str, list[tuple[Key, Entry]]]] = defaultdict(lambda: defaultdict(list))
    bills: dict[date, dict[str, list[tuple[Key, Entry]]]] = defaultdict(lambda: defaultdict(list))
    for known, key, entry in told:
        if entry.tokens is not None:
            owned = key._replace(provider=key.provider or provider)
            tokens[key.day][known.name].append((owned, entry))
        if entry.billed is not None:
            bills[key.day][known.name].append((key, entry))
    if not tokens and not bills:
        return []
    first, last = min(tokens.keys() | bills.keys()), max(tokens.keys() | bills.keys())
    if twice := _told_twice(bills):
        notes.append(
            say(
                "From {first_day} to {last_day} {exports} both tell money; "
                "the first of them was counted.",
                **twice,
            )
        )
    if twice := _told_twice(tokens):
        notes.append(
            say(
                "From {first_day} to {last_day} {exports} both tell tokens; "
                "the first of them was counted.",
                **twice,
            )
        )
    days = []
    for offset in range((last - first).days + 1):
        day = Day(first + timedelta(days=offset))
        day.token_entries = _best(tokens.get(day.on, {}))
        day.bill_entries = _best(bills.get(day.on, {}))
        price_day(day, is_whole=day.on not in cut and (today is None or day.on < today))
        days.append(day)
    if unknown := [day.on for day in days if day.tokens and not day.is_priced]:
        notes.append(
            say_count(
                "What was used on {count} day, {day}, is not known: "
                "it counts as 0. Give an export of costs too.",
                "What was used on {count} days from {day} is not known: "
                "they count as 0. Give an export of costs too.",
                len(unknown),
                day=day_in_words(unknown[0]),
            )
        )
    return days


def _best(by_format: dict[str, list[tuple[Key, Entry]]]) -> list[tuple[Key, Entry]]:
    """What the most trusted format with anything in it says of a day."""
    ranked = sorted(by_format, key=_RANK.__getitem__)
    full = (name for name in ranked if any(any(e.weight) for _, e in by_format[name]))
    name = next(full, ranked[0] if ranked else None)
    return by_format[name] if name else []


def _told_twice(days: dict[date, dict[str, list[tuple[Key, Entry]]]]) -> dict[str, str]:
    """Say which exports tell the same days, and from when to when; empty where none do."""
    both = [day for day, by_format in days.items() if len(by_format) > 1]
    if not both:
        return {}
    names = sorted({name for day in both for name in days[day]}, key=_RANK.__getitem__)
    return {
        "first_day": day_in_words(min(both)),
        "last_day": day_in_words(max(both)),
        "exports": all_of(map(say, names)),
    }


def _last_whole_day(days: list[Day], tallies: list[Tally], today: date | None) -> date | None:
    """The last day that is over in every file.

    Days without anything at the end count only where today shows that they are past.
    """
    cut = _reaches([one for one in tallies if today is None or not one.counts_requests])
    for day in reversed(days):
        over = day.on < today if today else bool(day.tokens or day.used)
        if over and day.on not in cut:
            return day.on
    return None


def _payments(told: list[_Told]) -> tuple[Payment, ...]:
    amounts: dict[date, Decimal] = defaultdict(Decimal)
    for _, key, entry in told:
        if entry.paid:
            amounts[key.day] += entry.paid
    return tuple(Payment(on, amounts[on].quantize(CENT)) for on in sorted(amounts))

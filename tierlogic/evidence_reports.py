"""Field reports: what users saw of their tiers, as data. One file a report in data/reports/."""

import functools
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from tierlogic.rules.catalog import DATA, load_provider
from tierlogic.rules.document import RuleModel, Source, Words
from tierlogic.scenario import Day, Scenario, problems

REPORTS = DATA / "reports"
"""Folder of the reports: data/reports/<id>.toml."""

TRIED = ("reading", "evaluated", "lag_days")
"""Fields of a scenario on which reports are to decide: no report sets them."""


class ReportError(ValueError):
    """A report that cannot be used: names the file, each key, what was given and the fix."""


class Observation(RuleModel):
    """The tier that a user saw on a day."""

    on: Day
    tier: str


class Case(RuleModel):
    """One way in which things may have been, where the report does not say."""

    says: Words
    account: dict[str, Any]
    """Fields of the account that this case changes."""


class Report(RuleModel):
    """One user's report: what the account did, what was seen, and how far it can be trusted."""

    format: Literal[1]
    """Version of this file format."""
    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    """The file's name: the provider, a hyphen and a short name."""
    provider: str
    title: Words
    when: Words
    """When it happened, as well as it is known."""
    facts: Words
    """What the account had done, in words."""
    seen: Words
    """What was observed, in words."""
    quote: Words | None = None
    """The user's own words."""
    strength: Literal["high", "medium", "low"]
    """high: amount, timing, before and after. medium: some of these. low: an anecdote."""
    strength_because: Words
    source: Source
    assumes: tuple[Words, ...] = ()
    """What is taken to be so because the report does not say, and does not change the outcome."""
    not_simulated: Words | None = None
    """Why there is no account: what the report would have to say."""
    account: Scenario | None = None
    """What the account did, as a scenario without the fields that are tried out."""
    cases: tuple[Case, ...] = ()
    """Where the report leaves open what changes the outcome: one for each way."""
    observed: tuple[Observation, ...] = ()

    @property
    def accounts(self) -> tuple[Scenario, ...]:
        """The account in each case, up to the last observation; none where it cannot be told."""
        if self.account is None:
            return ()
        changes: list[dict[str, Any]] = [case.account for case in self.cases] or [{}]
        last = max(observation.on for observation in self.observed)
        days = (last - self.account.start).days + 1
        return tuple(self.account.but(**change, days=days) for change in changes)

    @field_validator("provider")
    @classmethod
    def _provider_is_known(cls, provider: str) -> str:
        return load_provider(provider).id

    @field_validator("account")
    @classmethod
    def _account_is_of_the_provider(
        cls, account: Scenario | None, info: ValidationInfo
    ) -> Scenario | None:
        if account is None:
            return None
        _leaves_to_the_evidence(account.model_fields_set, "days", *TRIED)
        if account.rules.provider != info.data.get("provider", account.rules.provider):
            raise _fault(f"is {account.ladder!r}, of another provider", "ladder")
        if account.rules.keeping != "for good":
            raise _fault(
                f"is {account.ladder!r}, where a tier can be lost; a report is judged by the days "
                "on which tiers open: say why it is not_simulated",
                "ladder",
            )
        return account

    @field_validator("cases")
    @classmethod
    def _cases_are_accounts(cls, cases: tuple[Case, ...], info: ValidationInfo) -> tuple[Case, ...]:
        account: Scenario | None = info.data.get("account")
        for index, case in enumerate(cases):
            way = (index, "account")
            _leaves_to_the_evidence(case.account, "ladder", "start", "days", *TRIED, at=way)
            try:
                if account:
                    account.but(**case.account)
            except ValidationError as error:
                first = problems(error)[0]
                raise _fault(first.message, *way, first.field) from None
        return cases

    @field_validator("observed")
    @classmethod
    def _observations_are_of_the_account(
        cls, observed: tuple[Observation, ...], info: ValidationInfo
    ) -> tuple[Observation, ...]:
        account: Scenario | None = info.data.get("account")
        if account:
            for index, observation in enumerate(observed):
                _is_of_the_account(observation, account, index)
        return observed

    @model_validator(mode="after")
    def _simulated_or_said_why_not(self) -> Self:
        if self.account and not self.observed:
            raise _fault("has no entry; say which tier was seen on which day", "observed")
        if self.account and self.not_simulated:
            raise _fault("stands beside an account; leave one of the two out", "not_simulated")
        if not self.account and not self.not_simulated:
            raise _fault("is needed where there is no account", "not_simulated")
        if not self.account and (self.cases or self.observed):
            raise _fault("is needed for cases and observations", "account")
        return self


def read_report(path: Path) -> Report:
    """Read one report.

    Raises:
        ReportError: the file is no TOML, holds something else than a report, or is misnamed.
    """
    try:
        content = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        report = Report.model_validate(content)
    except ValidationError as error:
        raise ReportError(f"{path.name}: {'; '.join(map(str, problems(error)))}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReportError(f"{path.name}: cannot be read: {error}") from error
    if report.id != path.stem:
        raise ReportError(f"{path.name}: id: name the file {report.id}.toml, or change the id")
    if not report.id.startswith(f"{report.provider}-"):
        raise ReportError(f"{path.name}: id: must begin with {report.provider}-, its provider")
    return report


@functools.cache
def all_reports() -> tuple[Report, ...]:
    """All reports that come with the package, by id.

    Raises:
        ReportError: one of them cannot be used.
    """
    return tuple(read_report(path) for path in sorted(REPORTS.glob("*.toml")))


def _leaves_to_the_evidence(
    given: Mapping[str, Any] | set[str], *fields: str, at: tuple[int | str, ...] = ()
) -> None:
    for field in fields:
        if field in given:
            raise _fault("is not for a report to set here; leave it out", *at, field)


def _is_of_the_account(observation: Observation, account: Scenario, index: int) -> None:
    names = account.rules.tier_names
    if observation.tier not in names:
        has = ", ".join(names)
        raise _fault(f"is {observation.tier!r}; {account.ladder} has {has}", index, "tier")
    if observation.on < account.start:
        raise _fault(
            f"is {observation.on}, before the account's start ({account.start}); move one of them",
            index,
            "on",
        )


def _fault(message: str, *at: int | str) -> PydanticCustomError:
    """Make an error of a part of the value under check; `at` is the way to that part."""
    return PydanticCustomError("report", "{message}", {"message": message, "at": at})

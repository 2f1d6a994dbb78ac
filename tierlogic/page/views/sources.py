"""Where the rules come from: the provider, the versions, what changed, sources and doubts."""

from datetime import date
from urllib.parse import quote

import streamlit as st

from tierlogic.answer import Answer
from tierlogic.language import say
from tierlogic.page.markdown import plain
from tierlogic.page.views.headline import offer
from tierlogic.rules.catalog import Versioned, provider_of, version_before
from tierlogic.rules.changes import changes
from tierlogic.rules.document import RulesFile, Source
from tierlogic.rules.ladder import Ladder
from tierlogic.rules.staleness import stale_in_words
from tierlogic.rules.words import lag_in_words, source_in_words


def show_sources(answered: Answer, today: date) -> None:
    """Draw what is known of the scenario's ladder and limits table, and how well."""
    scenario = answered.scenario
    provider = provider_of(scenario.rules)
    links = " ".join(f"[{plain(_short(link))}]({link})" for link in provider.links)
    scopes = say(
        "{provider} holds tiers for: {tier_scope}; limits for: {limits_scope}.",
        provider=plain(provider.name),
        tier_scope=plain(provider.tier_scope),
        limits_scope=plain(provider.limits_scope),
    )
    st.markdown(f"{scopes} {links}")
    if provider.observed_lag_days and provider.observed_lag_source:
        when = lag_in_words(provider.observed_lag_days)
        said = say("Users report that an earned tier comes {when}.", when=when)
        st.markdown(f"{plain(said)} {_cited(provider.observed_lag_source)}")
    if provider.observed_money_excludes and provider.observed_money_source:
        excluded = ", ".join(provider.observed_money_excludes)
        said = say("Users report that this money does not count: {money}.", money=excluded)
        st.markdown(f"{plain(said)} {_cited(provider.observed_money_source)}")
    ladder, table = scenario.rules, scenario.limits_table
    _show_version(say("Ladder {id}", id=plain(ladder.id)), ladder, today)
    for sentence in _about_money(ladder):
        st.markdown(f"- {plain(sentence)}")
    for other in answered.other_rules:
        if not other.is_newer:
            offer(other)
    _show_changes(ladder)
    _show_notes(ladder)
    _show_version(say("Limits {id}", id=plain(table.id)), table, today)
    st.markdown(f"- {plain(say('A token limit counts: {what}', what=table.counts))}")
    _show_changes(table)
    _show_notes(table)


def _show_version(heading: str, rules: RulesFile, today: date) -> None:
    st.markdown(f"**{heading}**: {plain(rules.title)}")
    if rules.in_force_note:
        st.caption(plain(rules.in_force_note))
    if stale := stale_in_words(rules, today):
        st.warning(plain(stale), icon=":material/schedule:")


def _about_money(ladder: Ladder) -> list[str]:
    said = []
    if ladder.money_excludes:
        excluded = ", ".join(ladder.money_excludes)
        said.append(say("Money that does not count: {money}", money=excluded))
    if ladder.money_scope:
        said.append(say("Whose use counts: {whose}", whose=ladder.money_scope))
    return said


def _show_changes(rules: Versioned) -> None:
    """Say what this version changed, in a group of its own: it may be long."""
    before = version_before(rules)
    if before is None:
        return
    with st.expander(plain(say("What changed since {rules}", rules=before.id))):
        said = changes(before, rules)
        st.markdown("\n".join(f"- {plain(change)}" for change in said) or say("Nothing."))


def _show_notes(rules: RulesFile) -> None:
    for note in rules.notes:
        cited = " ".join(_cited(rules.sources[key]) for key in note.sources)
        st.markdown(f"- {plain(note.text)} {cited}")


def _cited(source: Source) -> str:
    said = plain(source_in_words(source))
    # Encoded, so that an address in a file of one's own ends no link and begins no picture.
    url = quote(source.url, safe="/:?#&=%@+,;~")
    return f"[{said}]({url})" if url.startswith("https://") else f"({said})"


def _short(link: str) -> str:
    return link.removeprefix("https://").split("/")[0]

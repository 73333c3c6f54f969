"""What became another since a researcher looked, told out of what releases said to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from web.calendars.entries import Entry, Facts, Kind
from web.calendars.texts import location_of, said
from web.use_cases.plans import local
from web.use_cases.views.researchers import News, NewsKind, NewsPart, PartNews, ReleaseNews

_OF_EVENTS = (NewsPart.NAME, NewsPart.PLACE)


def find_news(
    before: Iterable[Entry], after: Iterable[Entry], *, language: str
) -> tuple[News, ...]:
    """Return what happened to what a reader sees, stays first, each by its day.

    Which events a stay covers follows from its days: that it comes or goes says it all.
    """
    was, now = ({entry.about: entry for entry in side} for side in (before, after))
    stays: list[News] = []
    events: list[News] = []
    for about in {**was, **now}:
        news = news_of(was.get(about), now.get(about), language=language)
        if news is not None:
            (stays if about.kind is Kind.RESIDENCY else events).append(news)
    if any(news.kind is not NewsKind.CHANGED for news in stays):
        told = {NewsKind.CHANGED, NewsKind.CANCELLED}
        events = [news for news in events if news.kind in told]
    return (*sorted(stays, key=_day), *sorted(events, key=_day))


def history_of(
    told: Iterable[tuple[int, Entry]],
    moments: Mapping[int, dt.datetime],
    *,
    language: str,
    timezone: str,
) -> tuple[ReleaseNews, ...]:
    """Return what each release told of one stay, the latest first."""
    found = list(_history(told, moments, language, timezone))
    return tuple(reversed(found))


def news_of(before: Entry | None, after: Entry | None, *, language: str) -> News | None:
    """Return what happened to one stay or event; None where nobody would notice."""
    entry = after or before
    if entry is None:
        return None
    kind = _kind(before, after)
    is_shown = kind in {NewsKind.CHANGED, NewsKind.BACK}
    parts = tuple(_parts(before, entry, language)) if before and is_shown else ()
    was = _days(before) if before and is_shown and _days(before) != _days(entry) else None
    if kind is None or (kind is NewsKind.CHANGED and was is None and not parts):
        return None
    return News(
        kind=kind,
        title=said(entry.facts.event, language),
        first_day=entry.first_day,
        last_day=entry.last_day,
        was=was,
        parts=parts,
    )


def _kind(before: Entry | None, after: Entry | None) -> NewsKind | None:
    stood = before is not None and not before.cancelled
    if after is None or after.cancelled:
        left = after is not None and after.farewell and after.kind is Kind.EVENT
        gone = NewsKind.OUTSIDE if left else NewsKind.CANCELLED
        return gone if stood else None
    if before is None:
        return NewsKind.NEW
    return NewsKind.CHANGED if stood else NewsKind.BACK


def _history(
    told: Iterable[tuple[int, Entry]],
    moments: Mapping[int, dt.datetime],
    language: str,
    timezone: str,
) -> Iterator[ReleaseNews]:
    for (_, before), (release, after) in pairwise([(0, None), *told]):
        news = news_of(before, after, language=language)
        if news is not None:
            moment = local(moments[release], timezone)
            yield ReleaseNews(release=release, published_at=moment, news=news)


def _parts(before: Entry, after: Entry, language: str) -> Iterator[PartNews]:
    for part, say in _PARTS.items():
        if after.kind is Kind.EVENT and part not in _OF_EVENTS:
            continue
        was, now = say(before.facts, language), say(after.facts, language)
        if was != now:
            yield PartNews(part=part, was=was, now=now)


def _computing(facts: Facts, language: str) -> str:
    pool = said(facts.pool, language)
    return f"{pool} ({facts.gpus} GPU)" if pool and facts.gpus else pool


def _days(entry: Entry) -> tuple[dt.date, dt.date]:
    return entry.first_day, entry.last_day


def _day(news: News) -> tuple[dt.date, dt.date]:
    return news.first_day, news.last_day


_PARTS: dict[NewsPart, Callable[[Facts, str], str]] = {
    NewsPart.NAME: lambda facts, language: said(facts.event, language),
    NewsPart.PLACE: location_of,
    NewsPart.HOST: lambda facts, language: said(facts.host, language),
    NewsPart.COMPUTING: _computing,
    NewsPart.SLOT: lambda facts, language: said(facts.slot, language),
    NewsPart.TRACK: lambda facts, language: said(facts.tracks[0] if facts.tracks else "", language),
}

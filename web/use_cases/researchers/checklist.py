"""What is to be done before a stay: the invitation, the visa, and the office's documents."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, NamedTuple

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import ConfigDict, TypeAdapter, ValidationError

from models.settings_store import OfficeSettings
from scheduler.problem.types import Country, Id, Language
from web.use_cases.errors import ChecklistRefusedError, ChecklistWrong

VISA = ":visa"
"""The key of the visa among what is to be done; no document's id has a colon."""

KEY = re.compile(r":visa|[a-z0-9][a-z0-9._-]{0,63}")
"""How keys of what is to be done are spelled."""

MOST_DOCUMENTS = 50
LONGEST_TEXT = 500
EARLIEST, LATEST = 730, -365
"""So many days before a first day something may be due at most; after it they are negative."""

Words = Annotated[str, MinLen(1), MaxLen(LONGEST_TEXT)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Something that the office asks for by a day counted back from the first of the stay.

    ``countries`` are those of the institutions whose people are asked, all where none is named.
    """

    id: Id
    text: Words | Annotated[Mapping[Language, Words], MinLen(1)]
    days_before: Annotated[int, Ge(LATEST), Le(EARLIEST)]
    countries: tuple[Country, ...] = ()

    def is_asked_of(self, country: str | None) -> bool:
        """Tell whether people from institutions of a country are asked for it."""
        return not self.countries or country in self.countries


class Task(NamedTuple):
    """Something to be done by a day; ``document`` is None for the visa."""

    key: str
    due: dt.date
    document: Document | None


DEFAULT_CHECKLIST = (
    Document(
        id="passport",
        days_before=60,
        text={
            "en": "Send the office a copy of your passport",
            "ko": "사무국에 여권 사본을 보내 주십시오",
            "fr": "Envoyer au bureau une copie de votre passeport",
            "ar": "إرسال نسخة من جواز سفركم إلى المكتب",
        },
    ),
    Document(
        id="travel",
        days_before=30,
        text={
            "en": "Book your travel and somewhere to stay",
            "ko": "항공편과 숙소를 예약해 주십시오",
            "fr": "Réserver votre voyage et votre hébergement",
            "ar": "حجز السفر ومكان الإقامة",
        },
    ),
    Document(
        id="insurance",
        days_before=21,
        text={
            "en": "Send the office a proof of your insurance",
            "ko": "사무국에 보험 증명서를 보내 주십시오",
            "fr": "Envoyer au bureau un justificatif de votre assurance",
            "ar": "إرسال إثبات التأمين إلى المكتب",
        },
    ),
    Document(
        id="arrival",
        days_before=7,
        text={
            "en": "Tell your host when you arrive",
            "ko": "호스트에게 도착 시각을 알려 주십시오",
            "fr": "Indiquer à votre hôte quand vous arrivez",
            "ar": "إبلاغ مضيفكم بموعد وصولكم",
        },
    ),
)
"""The list that comes with the product; an office that has one of its own replaces it."""

_ADAPTER = TypeAdapter(
    Annotated[tuple[Document, ...], MaxLen(MOST_DOCUMENTS)], config=ConfigDict(extra="forbid")
)


def parse_checklist(data: Sequence[Mapping[str, Any]]) -> tuple[Document, ...]:
    """Return the documents that an office's list names.

    Raises:
        ChecklistRefusedError: Something is wrong with it; all that is is named.
    """
    try:
        documents = _ADAPTER.validate_python(data)
    except ValidationError as error:
        raise ChecklistRefusedError(tuple(_wrongs(error))) from None
    counted = Counter(document.id for document in documents)
    twice = [at for at, document in enumerate(documents) if counted[document.id] > 1]
    if twice:
        raise ChecklistRefusedError(
            tuple(ChecklistWrong(at, "id", "this id is there twice") for at in twice)
        )
    return documents


def checklist_data(documents: Iterable[Document]) -> tuple[dict[str, Any], ...]:
    """Return documents as settings keep them."""
    return tuple(
        asdict(document) | {"countries": list(document.countries)} for document in documents
    )


def checklist_in(settings: OfficeSettings) -> tuple[Document, ...]:
    """Return the office's documents, those of the product where it has set none."""
    if settings.checklist is None:
        return DEFAULT_CHECKLIST
    return parse_checklist(settings.checklist)


def tasks_for(
    documents: Iterable[Document], *, first_day: dt.date, country: str | None, lead_days: int
) -> tuple[Task, ...]:
    """Return what is to be done for a stay, by day; ``lead_days`` 0 means that no visa is."""
    tasks = [
        Task(document.id, _days_before(first_day, document.days_before), document)
        for document in documents
        if document.is_asked_of(country)
    ]
    if lead_days > 0:
        tasks.append(Task(VISA, _days_before(first_day, lead_days), None))
    return tuple(sorted(tasks, key=lambda task: task.due))


def _days_before(day: dt.date, days: int) -> dt.date:
    """Return a day counted back, kept within what a calendar knows."""
    ordinal = min(max(day.toordinal() - days, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(ordinal)


def _wrongs(error: ValidationError) -> Iterator[ChecklistWrong]:
    for each in error.errors():
        at, *rest = each["loc"] or (None,)
        number = at if isinstance(at, int) else None
        yield ChecklistWrong(number, str(rest[0]) if rest else "", each["msg"])

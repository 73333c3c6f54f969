"""Whom a row names: its institution and its researcher, known or new with the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from models.steps import Document
from web.use_cases.requests.columns import COLUMN, Owner
from web.use_cases.requests.importing.faults import CellError, Fault, Wrong
from web.use_cases.requests.importing.lookup import Lookup
from web.use_cases.requests.importing.people import People, is_id, label_of, one_of

CLEARED = object()
"""The value of a cell that says that nothing shall stand there."""

_WHEN_CLEARED = {"email": None, "language": "en"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a file: its number, and the texts of its filled cells by column."""

    number: int
    cells: Mapping[str, str]

    def fault(self, column: str, wrong: Wrong, **facts: Any) -> Fault:
        """Return what is wrong with a cell of the row."""
        return Fault(column=column, value=self.cells.get(column, ""), wrong=wrong, facts=facts)

    def fault_of(self, column: str, error: CellError) -> Fault:
        """Return an error as a fault of a cell."""
        return self.fault(column, error.wrong, **error.facts)


@dataclass(slots=True, kw_only=True)
class Reading:
    """A row while it is read: the values of its cells, and what is wrong so far."""

    row: Row
    values: dict[str, Any]
    before: Document | None = None
    faults: list[Fault] = field(default_factory=list)
    institution: str | None = None
    researcher: str | None = None

    def said(self, *keys: str) -> tuple[Any, ...]:
        """Return what cells say, None of those that are empty or cleared."""
        found = (self.values.get(key) for key in keys)
        return tuple(None if value is CLEARED else value for value in found)

    def blame(self, column: str, wrong: Wrong, **facts: Any) -> None:
        """Note what is wrong with a cell."""
        self.faults.append(self.row.fault(column, wrong, **facts))


class Parties:
    """The researchers and institutions of an upload."""

    def __init__(self, lookup: Lookup) -> None:
        """Begin with those whom the programme knows."""
        self.researchers = People(Owner.RESEARCHER.value, lookup)
        self.institutions = People(Owner.INSTITUTION.value, lookup)
        self._lookup = lookup

    def find(self, reading: Reading) -> None:
        """Find the institution and the researcher of a row, or say why there is none."""
        for find in (self._institution, self._researcher):
            try:
                find(reading)
            except CellError as error:
                column = str(error.facts.pop("column"))
                reading.faults.append(reading.row.fault_of(column, error))

    def _institution(self, reading: Reading) -> None:
        text, name, country = reading.said("institution", "institution_name", "country")
        called = text or label_of(name or "")
        if not called:
            return
        key = "institution" if text else "institution_name"
        found = _one(self.institutions, self._places(text, name, country), called, key)
        if found is not None:
            reading.institution = found
            self._check_place(reading, found, country)
            return
        if "country" not in reading.row.cells:
            alike = self._lookup.alike(Owner.INSTITUTION, called)
            raise CellError(Wrong.NEW_COUNTRY, column=key, text=called, alike=alike)
        names = (called, label_of(name or called))
        party = self.institutions.add(called, reading.row.number, *names)
        said = {"name": name or called} | ({"country": country} if country else {})
        self._say(reading, self.institutions, party.id, said)
        reading.institution = party.id

    def _places(self, text: str | None, name: Any, country: str | None) -> list[str]:
        """Return the institutions that a row may mean."""
        found = self.institutions.named(text or label_of(name))
        if not found and text and name and not is_id(text):
            found = self.institutions.named(label_of(name))
        if len(found) > 1 and country:
            known = self.institutions.known
            found = [each for each in found if known(each).get("country") == country]
        return found

    def _check_place(self, reading: Reading, found: str, country: str | None) -> None:
        """Note where a row says another country of an institution than the programme."""
        party = self.institutions.take(found, reading.row.number)
        if not country:
            return
        if party.before is None:
            self._say(reading, self.institutions, found, {"country": country})
        elif party.before["country"] != country:
            name = label_of(party.before["name"])
            known = party.before["country"]
            reading.blame("country", Wrong.OTHER_COUNTRY, country=known, name=name)

    def _researcher(self, reading: Reading) -> None:
        text, name, email = reading.said("researcher", "name", "email")
        found = self._person(reading)
        if found is None:
            found = self._new(reading, text, name)
        if found is None:
            return
        party = self.researchers.take(found, reading.row.number)
        said = {key: reading.values[key] for key in _WHEN_CLEARED if key in reading.values}
        said = {key: _WHEN_CLEARED[key] if said[key] is CLEARED else said[key] for key in said}
        if name or (party.before is None and "name" not in party.said):
            said["name"] = name or text
        if reading.institution is not None:
            said["institution"] = reading.institution
        self._say(reading, self.researchers, found, said)
        if email and "@" not in email and (party.before or {}).get("email") != email:
            reading.blame("email", Wrong.NO_ADDRESS)
        reading.researcher = found

    def _new(self, reading: Reading, text: str | None, name: Any) -> str | None:
        """Return the id of somebody new, None where the row's institution is wrong."""
        called = label_of(name or "") or text
        if not called:
            raise CellError(Wrong.NEEDED, column="name")
        if reading.institution is None:
            if reading.row.cells.keys() & {"institution", "institution_name"}:
                return None
            raise CellError(Wrong.NEEDED, column="institution")
        return self.researchers.add(text or called, reading.row.number, called).id

    def _person(self, reading: Reading) -> str | None:
        """Find the researcher who is meant: by id, by address, by name at the institution."""
        text, name, email = reading.said("researcher", "name", "email")
        if text:
            return _one(self.researchers, self.researchers.named(text), text, "researcher")
        if email and (known := self._with_email(email.casefold())) is not None:
            return known
        if name:
            return self._with_name(label_of(name), reading)
        return None if reading.before is None else str(reading.before["researcher"])

    def _with_name(self, name: str, reading: Reading) -> str | None:
        named = self.researchers.named(name)
        if reading.before is not None and reading.before["researcher"] in named:
            return str(reading.before["researcher"])
        if reading.institution is not None:
            at, known = reading.institution, self.researchers.known
            named = [each for each in named if known(each).get("institution") == at]
        return _one(self.researchers, named, name, "name")

    def _with_email(self, wanted: str) -> str | None:
        for party in self.researchers.parties.values():
            if str(party.said.get("email")).casefold() == wanted:
                return party.id
        return self._emails.get(wanted)

    @cached_property
    def _emails(self) -> Mapping[str, str]:
        people = self._lookup.problem.researchers
        return {each.email.casefold(): each.id for each in people if each.email}

    @staticmethod
    def _say(reading: Reading, people: People, party_id: str, said: Document) -> None:
        party = people.take(party_id, reading.row.number)
        for name, earlier in people.say(party, said, reading.row.number):
            column = _COLUMN_OF.get((people.of, name), name)
            reading.blame(column, Wrong.CONTRADICTS, row=earlier)


def _one(people: People, found: list[str], text: str, column: str) -> str | None:
    try:
        return one_of(people, found, text)
    except CellError as error:
        error.facts["column"] = column
        raise


_COLUMN_OF = {
    (column.owner.value, column.place): key
    for key, column in COLUMN.items()
    if column.owner is not Owner.REQUEST
}

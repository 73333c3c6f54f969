"""Who asks: researchers and institutions of rows, found in the programme or new with the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.steps import Document
from models.subjects import document_of
from web.use_cases.requests.importing.faults import CellError, Wrong
from web.use_cases.requests.importing.lookup import Lookup, names_of
from web.use_cases.requests.words import fold, squeezed

LONGEST_ID = 64
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_NOT_OF_ID = re.compile(r"[^a-z0-9]+")
_HASHED = 8
_DEFAULTS: Mapping[str, Document] = {
    "researchers": {"email": None, "language": "en"},
    "institutions": {},
}


@dataclass(slots=True, kw_only=True)
class Party:
    """Somebody whom rows name: what stood before, what rows say, and which row said it first."""

    id: str
    before: Document | None
    said: Document = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    first_row: int = 0


class People:
    """The researchers or the institutions of an upload."""

    def __init__(self, of: str, lookup: Lookup) -> None:
        """Begin with those whom the programme knows."""
        self.of = of
        self._lookup = lookup
        self.parties: dict[str, Party] = {}
        self._fresh: dict[str, list[str]] = {}

    def named(self, text: str) -> list[str]:
        """Return the ids of those who bear an id or a name, new ones too."""
        found = self._lookup.candidates(self.of, text)
        return list(dict.fromkeys([*found, *self._fresh.get(squeezed(text) or text, [])]))

    def take(self, party_id: str, row: int) -> Party:
        """Return the one of an id, known or new."""
        if party_id not in self.parties:
            known = getattr(self._lookup.problem, self.of[:-1]).get(party_id)
            before = None if known is None else document_of(known)
            self.parties[party_id] = Party(id=party_id, before=before, first_row=row)
        return self.parties[party_id]

    def add(self, text: str, row: int, *names: str) -> Party:
        """Return a new one with an id made of a text, whom later rows find by the names too."""
        made = text if is_id(text) else self._free(slug(text, self.of[:-1]))
        party = self.take(made, row)
        for name in {squeezed(each) or each for each in (made, *names)}:
            self._fresh.setdefault(name, []).append(made)
        return party

    def say(self, party: Party, values: Mapping[str, Any], row: int) -> Iterator[tuple[str, int]]:
        """Take what a row says of somebody; yield fields of which an earlier row says otherwise.

        Beside each field stands the number of that row.
        """
        for name, value in values.items():
            said = value
            if party.before is not None and is_same(party.before[name], value):
                said = party.before[name]
            if party.said.setdefault(name, said) != said:
                yield name, party.rows[name]
            party.rows.setdefault(name, row)

    def known(self, party_id: str) -> Document:
        """Return what is known of somebody, by the programme or by rows before."""
        party = self.parties.get(party_id)
        if party is not None:
            return {**(party.before or {}), **party.said}
        return document_of(getattr(self._lookup.problem, self.of[:-1])[party_id])

    def documents(self) -> dict[str, Document]:
        """Return those whom rows name, as the rows want them."""
        return {
            party.id: {"id": party.id, **(party.before or _DEFAULTS[self.of]), **party.said}
            for party in self.parties.values()
        }

    def _free(self, wanted: str) -> str:
        taken = self._lookup.ids(self.of) | self.parties.keys()
        number, made = 1, wanted
        while made in taken:
            number += 1
            made = f"{wanted[: LONGEST_ID - len(str(number)) - 1]}-{number}"
        return made


def is_id(text: str) -> bool:
    """Tell whether a text can be an id."""
    return _ID.fullmatch(text) is not None


def slug(text: str, prefix: str) -> str:
    """Return an id that is like a text; of letters that no id has, a hash of it."""
    made = _NOT_OF_ID.sub("-", fold(text)).strip("-")[:LONGEST_ID].rstrip("-")
    if made:
        return made
    return f"{prefix}-{hashlib.sha256(text.encode()).hexdigest()[:_HASHED]}"


def is_same(known: Any, said: Any) -> bool:
    """Tell whether what is said is known already, a name in any of its languages."""
    return known == said or (isinstance(known, dict) and said in known.values())


def label_of(name: Any) -> str:
    """Return a name in one of its languages."""
    return next(iter(names_of(name)), "")


def one_of(people: People, found: list[str], text: str) -> str | None:
    """Return the only one found, None where none is; ``CellError`` where several are."""
    if len(found) > 1:
        raise CellError(Wrong.AMBIGUOUS, of=people.of, text=text, ids=", ".join(found))
    return found[0] if found else None

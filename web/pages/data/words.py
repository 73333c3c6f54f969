"""How a form is described: its groups, and a label, a hint and a unit for each field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.use_cases.data.forms import FormKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldWords:
    """What a field is called, what it is for, and in what it is counted."""

    name: str
    label: LazyString
    hint: LazyString | str
    unit: LazyString | str = ""
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that belong together."""

    title: LazyString
    fields: tuple[FieldWords, ...]
    hint: LazyString | str = ""
    is_folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A subject's form: what one and many of it are called, and what they are for.

    ``subject`` is what it changes, where that has another name than the form. ``parts`` tells
    of parts of a field what they are called.
    """

    name: str
    one: LazyString
    many: LazyString
    add: LazyString
    sentence: LazyString
    groups: tuple[Group, ...]
    columns: tuple[str, ...] = ()
    subject: str = ""
    parts: tuple[FieldWords, ...] = ()

    @property
    def kind(self) -> FormKind:
        """Return the form as use cases know it."""
        names = tuple(field.name for field in self.fields)
        return FormKind(name=self.name, subject=self.subject or self.name, names=names)

    @property
    def fields(self) -> Iterator[FieldWords]:
        """Yield the words of its fields, in their order."""
        for group in self.groups:
            yield from group.fields

    def words(self, name: str) -> FieldWords:
        """Return the words of a field, or of a part of one."""
        return next(field for field in (*self.fields, *self.parts) if field.name == name)


def asks(
    name: str,
    label: LazyString,
    hint: LazyString | str = "",
    *,
    unit: LazyString | str = "",
    whole: bool = False,
) -> FieldWords:
    """Return the words of a field; one that is ``whole`` takes the width of the form."""
    return FieldWords(name=name, label=label, hint=hint, unit=unit, is_whole=whole)


ID = asks(
    "id",
    _("Short name"),
    _(
        "For files and links: small letters, digits, dots and dashes. Leave it empty and one is "
        "made from the name. It stays as it is afterwards."
    ),
)
NAME = asks(
    "name", _("Name"), _("As people read it, on pages, in calendars and in mails."), whole=True
)
DAYS, DESKS, SQUARE_METRES, GPUS = _("days"), _("desks"), _("m²"), _("GPUs")
NAMING = Group(title=_("Name"), fields=(NAME, ID))

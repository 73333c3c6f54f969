"""What all tables share: the declarative base, column types, and the programme they belong to."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    MetaData,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Label = str | dict[str, str]
"""A text for people: one string, or one a language code."""

Json = JSON(none_as_null=True)
"""A small list or map, kept as text so that its order stays."""


class UtcDateTime(TypeDecorator[dt.datetime]):
    """A moment, stored in UTC and always aware of it; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """Turn a moment into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"moment {value.isoformat()} has no time zone")
        moment = value.astimezone(dt.UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """Return the stored moment as an aware one."""
        if value is None:
            return None
        return (
            value.replace(tzinfo=dt.UTC) if dialect.name == "sqlite" else value.astimezone(dt.UTC)
        )


class Base(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Label: Json,
        dict[str, Any]: Json,
        list[Any]: Json,
        int: BigInteger,
        dt.datetime: UtcDateTime,
    }


class OfProgramme:
    """A row of a programme's scenario; ``position`` is its place in the file's list."""

    programme_id: Mapped[str] = mapped_column(
        ForeignKey("programmes.id"), primary_key=True, sort_order=-4
    )
    position: Mapped[int] = mapped_column(sort_order=-2)


class Named(OfProgramme):
    """A row with an id that is unique within its programme, and a name."""

    id: Mapped[str] = mapped_column(primary_key=True, sort_order=-3)
    name: Mapped[Label] = mapped_column(sort_order=-1)


def within_programme(column: str, table: str) -> ForeignKeyConstraint:
    """Return a foreign key to a row of the same programme."""
    return ForeignKeyConstraint(["programme_id", column], [f"{table}.programme_id", f"{table}.id"])

"""Every table of the database; importing this package makes ``Base.metadata`` complete."""

from __future__ import annotations

from models.tables.access import CoordinatorRow, FeedLinkRow, SignInLinkRow
from models.tables.base import Base, UtcDateTime
from models.tables.drafts import DraftResidencyRow, DraftRow
from models.tables.history import ChangeRow
from models.tables.mails import MailRow
from models.tables.offers import EventRow, PoolRow, QuotaRow, SlotRow, TrackRow
from models.tables.people import HostRow, InstitutionRow, ResearcherRow
from models.tables.places import BuildingRow, FloorRow, ReservationRow, SiteRow, ZoneRow
from models.tables.plans import (
    PlanResidencyRow,
    PlanRow,
    PlanRunProgressRow,
    PlanRunRow,
    PlanUnplacedRow,
)
from models.tables.programmes import PolicyRow, ProgrammeRow
from models.tables.releases import ReleaseEntryRow, ReleaseRow
from models.tables.requests import (
    CollaborationRow,
    PinRow,
    PublishedRow,
    RequestRow,
    SeparationRow,
)
from models.tables.uploads import UploadRow
from models.tables.visits import (
    AnswerRow,
    ChangeRequestRow,
    ChecklistTickRow,
    OfficeSettingsRow,
    ResearcherSettingsRow,
)

__all__ = [
    "AnswerRow",
    "Base",
    "BuildingRow",
    "ChangeRequestRow",
    "ChangeRow",
    "ChecklistTickRow",
    "CollaborationRow",
    "CoordinatorRow",
    "DraftResidencyRow",
    "DraftRow",
    "EventRow",
    "FeedLinkRow",
    "FloorRow",
    "HostRow",
    "InstitutionRow",
    "MailRow",
    "OfficeSettingsRow",
    "PinRow",
    "PlanResidencyRow",
    "PlanRow",
    "PlanRunProgressRow",
    "PlanRunRow",
    "PlanUnplacedRow",
    "PolicyRow",
    "PoolRow",
    "ProgrammeRow",
    "PublishedRow",
    "QuotaRow",
    "ReleaseEntryRow",
    "ReleaseRow",
    "RequestRow",
    "ResearcherRow",
    "ResearcherSettingsRow",
    "ReservationRow",
    "SeparationRow",
    "SignInLinkRow",
    "SiteRow",
    "SlotRow",
    "TrackRow",
    "UploadRow",
    "UtcDateTime",
    "ZoneRow",
]

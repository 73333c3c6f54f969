"""What pages get: one frozen object a page, its texts already in the reader's language.

Days are inclusive on both ends, moments are aware and in the programme's time zone, links are
absolute. Templates receive their object under the name ``view``.
"""

from web.use_cases.views.doorway import ErrorView, SignInView
from web.use_cases.views.links import LinkRow, LinksView, LinkView
from web.use_cases.views.parts import FeedLink, PlaceView, TrackView
from web.use_cases.views.plans import DraftSummary, ReasonView, RunView, TermView, UnplacedRow
from web.use_cases.views.programmes import (
    Figures,
    ProgrammeRow,
    ProgrammesView,
    ProgrammeView,
    ReleaseSummary,
    ResidencyRow,
)
from web.use_cases.views.researchers import DayNote, HostView, ResearcherView, StayView

__all__ = [
    "DayNote",
    "DraftSummary",
    "ErrorView",
    "FeedLink",
    "Figures",
    "HostView",
    "LinkRow",
    "LinkView",
    "LinksView",
    "PlaceView",
    "ProgrammeRow",
    "ProgrammeView",
    "ProgrammesView",
    "ReasonView",
    "ReleaseSummary",
    "ResearcherView",
    "ResidencyRow",
    "RunView",
    "SignInView",
    "StayView",
    "TermView",
    "TrackView",
    "UnplacedRow",
]

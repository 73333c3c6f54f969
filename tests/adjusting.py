"""One adjustment of each kind, and a problem that has something for each to change."""

from __future__ import annotations

from scheduler.problem.adjustments import (
    AddDesks,
    AddGpus,
    AddHostCapacity,
    AddPin,
    AddPlaces,
    AddRequest,
    AddResearcher,
    Adjustment,
    AllowHosts,
    ChangeFrozenDays,
    ChangeLength,
    ChangeWindow,
    CloseZone,
    MoveToday,
    RaiseQuota,
    ReleasePin,
    ShortenOverlap,
    WaiveNeed,
    WidenWindow,
    Withdraw,
)
from scheduler.problem.problem import Problem
from scheduler.problem.types import (
    CollaborationId,
    HostId,
    PoolId,
    QuotaId,
    RequestId,
    SlotId,
    ZoneId,
)
from tests.builders import (
    day,
    make_collaboration,
    make_host,
    make_pin,
    make_problem,
    make_quota,
    make_request,
    make_researcher,
)

ADA = RequestId("ada")
BOB = RequestId("bob")
CLOSED_ZONE = CloseZone(
    zone=ZoneId("zone-a"), first_day=day("2026-02-02"), last_day=day("2026-02-08"), name="paint"
)
MORE_DESKS = AddDesks(zone=ZoneId("zone-a"), desks=2)
MORE_PLACES = AddPlaces(slot=SlotId("winter"), places=3)
MORE_CAPACITY = AddHostCapacity(host=HostId("kim"), capacity=1)
MORE_GPUS = AddGpus(pool=PoolId("cluster"), gpus=8)
HIGHER_QUOTA = RaiseQuota(quota=QuotaId("quota"), max=4)
EVE = make_researcher("eve")
NEW_RESEARCHER = AddResearcher(researcher=EVE)
NEW_REQUEST = AddRequest(request=make_request("late", researcher="eve"))
OTHER_WINDOW = ChangeWindow(request=ADA, first_day=day("2026-02-02"), last_day=day("2026-04-05"))
WIDER_WINDOW = WidenWindow(request=ADA, first_day=day("2026-01-01"))
OTHER_LENGTH = ChangeLength(request=ADA, min_days=5, max_days=40)
MORE_HOSTS = AllowHosts(request=BOB, hosts=(HostId("lee"), HostId("kim")))
WAIVED_NEED = WaiveNeed(request=BOB, feature="quiet")
SHORTER_OVERLAP = ShortenOverlap(collaboration=CollaborationId("team"), min_overlap_days=7)
NEW_PIN = AddPin(pin=make_pin("bob", zone=ZoneId("zone-a")))
RELEASED_PIN = ReleasePin(request=ADA)
LESS_NOTICE = ChangeFrozenDays(frozen_days=7)
LATER_TODAY = MoveToday(today=day("2025-12-08"))
WITHDRAWN = Withdraw(request=ADA)
ONE_OF_EACH: tuple[Adjustment, ...] = (
    CLOSED_ZONE,
    MORE_DESKS,
    MORE_PLACES,
    MORE_CAPACITY,
    MORE_GPUS,
    HIGHER_QUOTA,
    NEW_RESEARCHER,
    NEW_REQUEST,
    OTHER_WINDOW,
    WIDER_WINDOW,
    OTHER_LENGTH,
    MORE_HOSTS,
    WAIVED_NEED,
    SHORTER_OVERLAP,
    NEW_PIN,
    RELEASED_PIN,
    LESS_NOTICE,
    LATER_TODAY,
    WITHDRAWN,
)


def house() -> Problem:
    """Return a problem that has something for every adjustment to change."""
    return make_problem(
        hosts=(make_host("kim"), make_host("lee")),
        requests=(
            make_request("ada"),
            make_request("bob", hosts=(HostId("kim"),), needs=("quiet", "robot")),
        ),
        collaborations=(make_collaboration("ada", "bob", min_overlap_days=14),),
        quotas=(make_quota(max=2),),
        pins=(make_pin("ada"),),
    )

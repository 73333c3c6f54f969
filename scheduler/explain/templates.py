"""Every text of the explanations, in English; translations are looked up by it."""

from __future__ import annotations

from enum import Enum


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext knows it
    """Mark a text for translation and leave it as it is."""
    return text


class Template(Enum):
    """A text with placeholders; its value is the text."""

    MORE = N_("%(count)s more")

    # How a request stands in the plan.
    UNPLACED = N_("%(request)s has no place.")
    PLACED = N_("%(request)s stays %(stay)s.")
    ALL_MET = N_("Everything that was wished for is met.")
    LEEWAY = N_("First days that its own rules leave: %(count)s (%(days)s).")
    FITS = N_("It fits as the plan is, and nobody would have to move.")
    NO_HELP = N_("No single change that was tried makes room for it.")
    STAY = N_("%(days)s in %(zone)s, slot %(slot)s")
    STAY_WITH_HOST = N_("%(days)s in %(zone)s, slot %(slot)s, host %(host)s")

    # What is scarce, and who holds it.
    SLOT_FULL = N_("No place is left in %(slot)s on %(days)s: held by %(holders)s.")
    DESKS_TAKEN = N_(
        "Desks are short in %(zone)s on %(days)s, by up to %(missing)s: held by %(holders)s."
    )
    AREA_TAKEN = N_(
        "Floor space is short in %(zone)s on %(days)s, by up to %(missing)s m2: held by "
        "%(holders)s."
    )
    HELD_BY_INSTITUTION = N_(
        "%(zone)s takes one institution at a time, and another is there on %(days)s: %(holders)s."
    )
    HELD_BY_COUNTRY = N_(
        "%(zone)s takes one country at a time, and another is there on %(days)s: %(holders)s."
    )
    HELD_BY_TRACK = N_(
        "%(zone)s takes one track at a time, and another is there on %(days)s: %(holders)s."
    )
    HELD_BY_GROUP = N_(
        "%(zone)s takes one group at a time, and another is there on %(days)s: %(holders)s."
    )
    HOST_BUSY = N_("%(host)s receives as many visitors as agreed on %(days)s: %(holders)s.")
    GPUS_TAKEN = N_(
        "GPUs are short in %(pool)s on %(days)s, by up to %(missing)s: held by %(holders)s."
    )
    ELSEWHERE = N_("%(researcher)s is there for another request on %(days)s: %(holders)s.")
    APART = N_("%(zone)s has somebody on %(days)s who must be kept apart: %(holders)s.")
    RESIDENCIES_USED_UP = N_(
        "%(quota)s allows no more: %(used)s of %(most)s residencies are used by %(holders)s."
    )
    PERSON_DAYS_USED_UP = N_(
        "%(quota)s allows no more: %(used)s of %(most)s person-days are used by %(holders)s."
    )
    COST_USED_UP = N_(
        "%(quota)s allows no more: %(used)s of %(most)s %(currency)s are used by %(holders)s."
    )
    OTHER_DAYS = N_(
        "%(holders)s, who must share %(least)s days with this stay, is there on %(days)s."
    )

    # What the request's own rules say, whoever else is there.
    NO_SLOTS = N_("The programme has no slots.")
    NO_ZONES = N_("The programme has no zones.")
    NO_HOSTS = N_("The programme has no hosts.")
    NO_POOLS = N_("The programme has no computing pools.")
    WINDOW_SHORT = N_(
        "The days asked for, %(window)s, are %(days)s within the programme, and the shortest stay "
        "is %(least)s."
    )
    WINDOW_SHUT = N_("The days asked for, %(window)s, lie outside the programme, %(programme)s.")
    WINDOW = N_("The days asked for, %(window)s, leave no stay that meets all else.")
    LENGTH_LIMITS = N_(
        "A stay lasts %(least)s to %(most)s days, in steps of %(step)s from the least."
    )
    SLOT_WHOLE = N_("%(slot)s is taken as a whole, %(days)s: %(length)s days.")
    WEEKDAYS = N_("Stays begin on these days only: %(weekdays)s.")
    MONDAY = N_("Monday")
    TUESDAY = N_("Tuesday")
    WEDNESDAY = N_("Wednesday")
    THURSDAY = N_("Thursday")
    FRIDAY = N_("Friday")
    SATURDAY = N_("Saturday")
    SUNDAY = N_("Sunday")
    CLOSED_SITE = N_("Nobody arrives at %(site)s on %(days)s: %(holders)s.")
    CLOSURE = N_("closed")
    TODAY = N_("A stay cannot begin before today, %(today)s.")
    NO_SLOT_OF_TRACK = N_("No slot takes the track %(track)s.")
    SLOTS_ELSEWHEN = N_("%(slot)s lasts %(days)s and holds no such stay.")
    NO_ZONE_HERE = N_("None of the zones that may be used is at a site that may be used.")
    NO_ZONE_WITH = N_("No zone that may be used has all that is needed: %(features)s.")
    NO_ZONE_OF_TRACK = N_("No zone that may be used takes the track %(track)s.")
    ZONE_CLOSED = N_("%(zone)s is closed on %(days)s.")
    ZONE_SMALL = N_("Desks in %(zone)s: %(desks)s, and %(asked)s are asked for.")
    ZONE_SMALL_AREA = N_("Floor space in %(zone)s: %(area)s m2, and %(asked)s are asked for.")
    ZONE_ELSEWHERE = N_("%(zone)s is at %(site)s, where no slot holds such a stay.")
    NO_HOST_ALLOWED = N_("No host of the track %(track)s is there to receive anybody.")
    HOST_AWAY = N_("%(host)s is away on %(days)s and cannot welcome anybody.")
    POOLS_SMALL = N_("No pool that may be used has %(gpus)s GPUs.")
    POOL_CLOSED = N_("%(pool)s is closed on %(days)s.")
    UNAVAILABLE = N_("%(researcher)s is not available on %(days)s.")
    VISA = N_(
        "A visa for %(country)s takes %(lead)s days from %(submitted)s, so the earliest first day "
        "is %(earliest)s; the days asked for end on %(last_day)s."
    )
    EVENT = N_("%(event)s must be attended, at %(site)s on %(days)s.")
    PINNED = N_("The office has pinned it: %(parts)s.")
    PINNED_PLACED = N_("The office has pinned it: it has a place.")
    PINNED_SLOT = N_("slot %(slot)s")
    PINNED_ZONE = N_("zone %(zone)s")
    PINNED_HOST = N_("host %(host)s")
    PINNED_POOL = N_("computing pool %(pool)s")
    PINNED_FIRST_DAY = N_("first day %(day)s")
    PINNED_LAST_DAY = N_("last day %(day)s")
    FROZEN = N_("It was published and begins within %(days)s days of today, so it stays as it is.")

    # First wishes that are not met.
    WISHED_FIRST_DAY = N_("It begins on %(now)s instead of the preferred day, %(wished)s.")
    WISHED_LENGTH = N_("It lasts %(now)s days instead of %(wished)s.")
    WISHED_HOST = N_("The host is %(now)s instead of the first choice, %(wished)s.")
    WISHED_FEATURES = N_("%(now)s lacks what was wished for: %(features)s.")
    WISHED_ZONE = N_("%(now)s is worth fewer points than %(wished)s.")
    PUBLISHED_DAYS = N_("It was published for %(then)s and is now on %(now)s.")
    PUBLISHED_ZONE = N_("It was published for %(then)s and is now in %(now)s.")
    PUBLISHED_HOST = N_("It was published with host %(then)s and now has %(now)s.")
    NOBODY = N_("nobody")

    # What would help.
    ADD_DESKS = N_("add desks to %(zone)s: %(count)s")
    ADD_PLACES = N_("add places to %(slot)s: %(count)s")
    ADD_CAPACITY = N_("let %(host)s receive more visitors at a time: %(count)s")
    ADD_GPUS = N_("add GPUs to %(pool)s: %(count)s")
    RAISE_QUOTA = N_("raise the maximum of %(quota)s from %(was)s to %(most)s")
    SHORTEN_OVERLAP = N_("ask for %(days)s common days instead of %(was)s of %(requests)s")
    LATER = N_("let %(request)s stay until %(day)s instead of %(was)s")
    EARLIER = N_("let %(request)s come from %(day)s on instead of %(was)s")
    SHORTER = N_("let %(request)s stay for only %(days)s days instead of at least %(was)s")
    LONGER = N_("let %(request)s stay for up to %(days)s days instead of %(was)s")
    ALLOW_HOST = N_("let %(host)s receive %(request)s too")
    WAIVE_NEED = N_("do without %(feature)s for %(request)s")
    RELEASE_PIN = N_("release the pins of %(request)s")
    UNFREEZE = N_("freeze published stays %(days)s days ahead instead of %(was)s")
    MOVE = N_("%(request)s moves (%(changes)s)")
    MOVE_TO = N_("%(now)s instead of %(then)s")
    MOVE_HOST = N_("host %(now)s instead of %(then)s")
    MOVE_SLOT = N_("slot %(now)s instead of %(then)s")
    MOVE_IN = N_("%(request)s stays %(stay)s")
    MOVE_OUT = N_("%(request)s loses its place, %(stay)s")
    GAIN = N_("the plan's points rise by %(points)s")
    LOSS = N_("the plan's points fall by %(points)s")
    SAME_WORTH = N_("the plan's points stay the same")
    REPAIR = N_("%(steps)s: %(worth)s.")

    # How freely a residency can move while all others stay where they are.
    FREE = N_("It could be elsewhere for nothing: %(stay)s.")
    FREE_FOR_MORE = N_(
        "It could be elsewhere, and the plan's points would rise by %(points)s: %(stay)s."
    )
    AT_A_COST = N_(
        "It could be elsewhere, and the plan's points would fall by %(points)s: %(stay)s."
    )
    FIXED_BY_PIN = N_("It cannot move: the office has pinned it.")
    FIXED_BY_NOTICE = N_("It cannot move: it was published and begins soon.")
    ONLY_WAY = N_("It cannot move: its own rules leave no other way.")
    ALL_TAKEN = N_("It cannot move: others have everything else that would suit.")

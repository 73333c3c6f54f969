"""The verifier's sentences, and how each is said to people.

A field is ``{name:kind}``. A sentence with a small first letter is about one request, whose id
stands before it.
"""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext knows it
    """Mark a text for translation and leave it as it is."""
    return text


SENTENCES: tuple[tuple[str, str], ...] = (
    (
        "stays {stay:days}, but request '{_:request}' lasts {window:days}",
        N_("The stay, %(stay)s, is not within the days asked for, %(window)s."),
    ),
    (
        "stays {stay:days}, but the programme lasts {window:days}",
        N_("The stay, %(stay)s, is not within the programme, %(window)s."),
    ),
    (
        "stays {days:number} days, not between {least:number} and {most:number}",
        N_("The stay has %(days)s days; asked for are %(least)s to %(most)s."),
    ),
    (
        "stays {stay:days}, not the whole of slot '{slot:slot}', {window:days}",
        N_("%(slot)s has fixed dates, %(window)s, and the stay has others."),
    ),
    (
        "stays {days:number} days, not {least:number} and a multiple of {step:number}",
        N_("The stay has %(days)s days; allowed are %(least)s and then steps of %(step)s."),
    ),
    (
        "begins on {day:date}, a {weekday:word}, but stays begin on {weekdays:words}",
        N_("The stay begins on %(weekday)s, %(day)s; arrivals are on %(weekdays)s."),
    ),
    (
        "begins on {day:date}, a public day at site '{site:site}'",
        N_("The stay begins on %(day)s, a public holiday at %(site)s."),
    ),
    (
        "begins on {day:date}, when site '{site:site}' is closed {window:days}",
        N_("The stay begins on %(day)s; %(site)s takes no arrivals %(window)s."),
    ),
    (
        "begins on {day:date}, before today, {today:date}",
        N_("The stay begins on %(day)s, before today, %(today)s."),
    ),
    (
        "is of track '{track:track}', which slot '{slot:slot}' does not take",
        N_("%(slot)s does not take the track %(track)s."),
    ),
    (
        "stays {stay:days}, but slot '{slot:slot}' lasts {window:days}",
        N_("The stay, %(stay)s, is not within %(slot)s, %(window)s."),
    ),
    (
        (
            "Slot '{slot:slot}' has {taken:number} residencies {days:days}, "
            "of at most {most:number}, with {who:ids}."
        ),
        N_("%(slot)s: %(taken)s stays where %(most)s may be, %(days)s (%(who)s)."),
    ),
    (
        "is in a slot at site '{other:site}', but zone '{zone:zone}' is at site '{site:site}'",
        N_("%(zone)s is at %(site)s, but the slot is at %(other)s."),
    ),
    (
        "does not allow site '{site:site}'",
        N_("The request does not allow %(site)s."),
    ),
    (
        "does not allow zone '{zone:zone}'",
        N_("The request does not allow %(zone)s."),
    ),
    (
        "is of track '{track:track}', which zone '{zone:zone}' does not take",
        N_("%(zone)s does not take the track %(track)s."),
    ),
    (
        "needs {features:features}, which zone '{zone:zone}' does not have",
        N_("%(zone)s lacks what is needed: %(features)s."),
    ),
    (
        "stays {stay:days}, but zone '{zone:zone}' is open{window:opening}",
        N_("%(zone)s is open only %(window)s."),
    ),
    (
        "stays {stay:days}, but zone '{zone:zone}' is closed {window:days}",
        N_("%(zone)s is closed %(window)s."),
    ),
    (
        (
            "Zone '{zone:zone}' has {taken:number} desks taken {days:days}, "
            "of at most {most:number}, with {who:ids}."
        ),
        N_("%(zone)s: %(taken)s desks taken of %(most)s, %(days)s (%(who)s)."),
    ),
    (
        (
            "Zone '{zone:zone}' has {taken:number} m2 taken {days:days}, "
            "of at most {most:number}, with {who:ids}."
        ),
        N_("%(zone)s: %(taken)s m² taken of %(most)s, %(days)s (%(who)s)."),
    ),
    (
        "Zone '{zone:zone}' is for one {by:word} at a time, but {who:ids} differ {days:days}.",
        N_("%(zone)s is for one %(by)s at a time; there are several, %(days)s (%(who)s)."),
    ),
    (
        "needs no host, but has host '{host:host}'",
        N_("No host is needed, but %(host)s is named."),
    ),
    ("has no host", N_("A host is needed, and none is named.")),
    (
        "is of track '{track:track}', which host '{host:host}' is not",
        N_("%(host)s does not receive the track %(track)s."),
    ),
    (
        "does not name host '{host:host}'",
        N_("The request does not name %(host)s as a host."),
    ),
    (
        "begins on {day:date}, but host '{host:host}' is absent {window:days}",
        N_("%(host)s is away on the day of arrival, %(day)s (%(window)s)."),
    ),
    (
        (
            "Host '{host:host}' has {taken:number} visitors {days:days}, "
            "of at most {most:number}, with {who:ids}."
        ),
        N_("%(host)s: %(taken)s visitors where %(most)s can be received, %(days)s (%(who)s)."),
    ),
    (
        "asks for no GPUs, but has pool '{pool:pool}'",
        N_("No computing is asked for, but %(pool)s is named."),
    ),
    (
        "asks for {gpus:number} GPUs, but has no pool",
        N_("%(gpus)s GPUs are asked for, and no computing pool is named."),
    ),
    (
        "does not name pool '{pool:pool}'",
        N_("The request does not allow %(pool)s."),
    ),
    (
        "stays {stay:days}, but pool '{pool:pool}' is open{window:opening}",
        N_("%(pool)s is open only %(window)s."),
    ),
    (
        "stays {stay:days}, but pool '{pool:pool}' is closed {window:days}",
        N_("%(pool)s is closed %(window)s."),
    ),
    (
        (
            "Pool '{pool:pool}' has {taken:number} GPUs taken {days:days}, "
            "of at most {most:number}, with {who:ids}."
        ),
        N_("%(pool)s: %(taken)s GPUs taken of %(most)s, %(days)s (%(who)s)."),
    ),
    (
        "stays {stay:days}, but is unavailable {window:days}",
        N_("The researcher cannot come %(window)s."),
    ),
    (
        (
            "Researcher '{researcher:researcher}' stays for both '{_:request}' and '{_:request}' "
            "{days:days}."
        ),
        N_("%(researcher)s would be in two places at once %(days)s."),
    ),
    (
        (
            "begins on {day:date}, but was submitted on {submitted:date}, "
            "and a visa for {country:country} takes {days:number} days"
        ),
        N_("A visa for %(country)s takes %(days)s days: %(day)s is too soon after %(submitted)s."),
    ),
    (
        "stays {stay:days}, not throughout event '{event:event}' {days:days}",
        N_("The stay does not cover %(event)s, %(days)s."),
    ),
    (
        "stays at site '{other:site}', but event '{event:event}' is at site '{site:site}'",
        N_("%(event)s is at %(site)s, the stay at %(other)s."),
    ),
    (
        (
            "Requests '{one:request}' and '{other:request}' of separation '{_:separation}' "
            "are both in zone '{zone:zone}' {days:days}."
        ),
        N_("%(one)s and %(other)s are kept apart, but both in %(zone)s %(days)s."),
    ),
    (
        (
            "Quota '{quota:quota}' allows {most:number} {measure:words}, but {total:number} "
            "are counted."
        ),
        N_("The quota %(quota)s allows %(most)s %(measure)s, but %(total)s are counted."),
    ),
    ("is withdrawn, but pinned", N_("The request is withdrawn, but pinned.")),
    ("is pinned, but not placed", N_("The request is pinned, but has no place.")),
    (
        "is frozen as published, but not placed",
        N_("The stay was published and begins soon, but has no place any more."),
    ),
    (
        "is pinned to {part:part} {asked:value}, but has {_:part} {planned:value}",
        N_("The %(part)s is pinned to %(asked)s, but is %(planned)s."),
    ),
    (
        "is frozen as published to {part:part} {asked:value}, but has {_:part} {planned:value}",
        N_("The stay begins soon and was published with %(part)s %(asked)s, not %(planned)s."),
    ),
    (
        (
            "Requests '{one:request}' and '{other:request}' of collaboration '{_:collaboration}' "
            "share {days:number} days, fewer than {least:number}: one stays {_:days}, "
            "the other {_:days}."
        ),
        N_("%(one)s and %(other)s share %(days)s of the %(least)s days that they need."),
    ),
)

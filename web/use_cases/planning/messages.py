"""What a run says that ended without what it was asked for; pages say it in their language."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext knows it
    """Mark a text for translation and leave it as it is."""
    return text


MOVED = N_("The programme's data changed while the plan was made, so it was not kept. Plan again.")
NOTHING = N_("No allowed plan was found in time. Plan again with more seconds.")
BROKEN = N_("The solver failed. It was noted in the server's log.")
CRASHED = N_(
    "The process that made the plan ended without a word, perhaps out of memory. Plan again."
)
GONE = N_("the process that worked on it is gone; plan again")
"""As ``run_store`` says it of runs that fell silent."""

MOVED_MEANWHILE = N_(
    "The programme's data changed while the answer was looked for, so it was not kept. Ask again."
)
NOT_KNOWN = N_("The request is not in the programme any more, or was withdrawn.")
CONTRADICTORY = N_("What has to stay contradicts itself, so there is no plan that keeps it all.")
UNMENDED = N_("The draft breaks rules by what it leaves out. Mend that first, then ask again.")
EMPTY = N_("Nobody has a place yet, so there is nothing that could change. Plan first.")

MESSAGES = frozenset(
    {
        MOVED,
        NOTHING,
        BROKEN,
        CRASHED,
        GONE,
        MOVED_MEANWHILE,
        NOT_KNOWN,
        CONTRADICTORY,
        UNMENDED,
        EMPTY,
    }
)

"""What is said of an answer that came as a file, and what to do; pages say it in any language."""

from __future__ import annotations

from typing import NamedTuple

from web.calendars.replies import Fault
from web.use_cases.views.replies import Outcome


def N_(text: str) -> str:  # noqa: N802  # the name by which gettext knows it
    """Mark a text for translation and leave it as it is."""
    return text


class ReplyWords(NamedTuple):
    """What happened, and the remedy where something is to be done."""

    text: str
    remedy: str = ""


WORDS: dict[Outcome | Fault, ReplyWords] = {
    Outcome.TAKEN: ReplyWords(N_("The answer was taken.")),
    Outcome.PROPOSED: ReplyWords(
        N_("It proposes other days. They were kept as a note to the answer."),
        N_("The private page shows which other days are possible, and asks for them."),
    ),
    Outcome.TAKEN_BEFORE: ReplyWords(N_("This answer was taken before.")),
    Outcome.OLD_STATE: ReplyWords(
        N_("The answer was kept, but the stay has changed since and asks again."),
        N_("Answer the latest invitation, or answer on the private page."),
    ),
    Outcome.OVERTAKEN: ReplyWords(N_("A later answer stands already; this one changes nothing.")),
    Outcome.NOT_OURS: ReplyWords(
        N_("The answer is to no invitation of ours."),
        N_("Choose the answer to the invitation to the stay."),
    ),
    Outcome.NOT_YOURS: ReplyWords(
        N_("The answer is not to an invitation to your stay."),
        N_("Choose the answer to the invitation that we sent you."),
    ),
    Outcome.ELSEWHERE: ReplyWords(
        N_("The answer is to a stay of another programme."),
        N_("Open that programme, and send the file there."),
    ),
    Outcome.STRANGER: ReplyWords(
        N_("The answer comes from an address that is not known as the researcher's."),
        N_("Ask the researcher to answer on the private page, or mend the address and try again."),
    ),
    Outcome.CANCELLED: ReplyWords(
        N_("The stay is cancelled, so there is nothing to answer any more."),
        N_("The private page shows what holds now."),
    ),
    Outcome.UNTOLD: ReplyWords(
        N_("The answer is to another state of the stay than any that was published."),
        N_("Answer the latest invitation again, or answer on the private page."),
    ),
    Fault.EMPTY: ReplyWords(
        N_("The file is empty."), N_("Save the answer once more in the mail program.")
    ),
    Fault.TOO_LARGE: ReplyWords(
        N_("The file is larger than any answer."),
        N_("Send the answer alone, without other attachments."),
    ),
    Fault.TOO_DEEP: ReplyWords(
        N_("The mail has more parts than an answer has."),
        N_("Save the calendar file (.ics) that is in the mail, and send that."),
    ),
    Fault.NO_CALENDAR: ReplyWords(
        N_("There is no answer of a calendar in the file."),
        N_("Send the answer that the mail program made (.ics or .eml), or use the private page."),
    ),
    Fault.WINMAIL: ReplyWords(
        N_("The answer came in a form that only Outlook can read (winmail.dat)."),
        N_("Answer on the private page instead."),
    ),
    Fault.BROKEN: ReplyWords(
        N_("The answer in the file cannot be read."), N_("Answer on the private page instead.")
    ),
    Fault.BOUNCE: ReplyWords(
        N_("This mail says that another one could not be delivered."),
        N_("Look for the address in it: it may have to be mended."),
    ),
    Fault.AUTOMATIC: ReplyWords(
        N_("This mail was written by a machine, for somebody who is away, say. It answers nothing.")
    ),
    Fault.INVITATION: ReplyWords(
        N_("This is an invitation, and not an answer to one."),
        N_("Accept or decline it in the mail program, and send the answer that it makes."),
    ),
    Fault.DELEGATED: ReplyWords(
        N_("This passes the invitation on to somebody else."),
        N_("The stay is for the researcher in person: accept or decline it."),
    ),
    Fault.NO_ANSWER: ReplyWords(
        N_("The file does not say whether the invitation is accepted or declined."),
        N_("Choose one of them in the mail program, and send the answer again."),
    ),
    Fault.SEVERAL: ReplyWords(
        N_("The file answers for several people or several stays."),
        N_("Send a file of its own for each."),
    ),
}
"""Every outcome in words; a test names the one that is missing."""

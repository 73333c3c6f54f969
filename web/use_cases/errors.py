"""What a use case refuses, as small named errors; their messages are for people."""

from __future__ import annotations

from typing import NamedTuple

from models.steps import Step


class UseCaseError(Exception):
    """Anything that a use case refuses."""


class NotThereError(UseCaseError):
    """There is no such thing to show; a revoked link says the same as one that never was."""


class NoPlanError(UseCaseError):
    """There is no plan yet that could be published."""


class PlanOutdatedError(UseCaseError):
    """The programme's data moved since the plan was made."""


class NothingNewError(UseCaseError):
    """The plan says what the latest release says already."""


class UnacknowledgedError(UseCaseError):
    """Something has to be acknowledged first."""


class NoAddressError(UseCaseError):
    """A mail has no address that it could go to."""


class NoMailServerError(UseCaseError):
    """No server is set through which mails could go out."""


class LinkUsedError(UseCaseError):
    """A sign-in link that was used, has expired or never was."""


class PlanRefusedError(UseCaseError):
    """A plan that the verifier does not allow, or whose claims are not true."""


class NothingToUndoError(UseCaseError):
    """There is no change that could be taken back, or made again."""


class NoSuchStayError(UseCaseError):
    """The latest release tells the researcher of no such stay, or says that it is cancelled."""


class StayMovedError(UseCaseError):
    """The stay is not the one any more that somebody saw and answered."""


class AnswerChangedError(UseCaseError):
    """The answer to a stay is not the one any more that the office has looked at."""


class UnknownZoneError(UseCaseError):
    """There is no time zone of that name."""


class NoteTooLongError(UseCaseError):
    """A note is longer than is kept."""


class ChecklistWrong(NamedTuple):
    """What is wrong with a document of a checklist, by its number; None for the whole list."""

    number: int | None
    field: str
    message: str


class ChecklistRefusedError(UseCaseError):
    """A checklist that cannot be kept; ``wrongs`` say why not, all at once."""

    def __init__(self, wrongs: tuple[ChecklistWrong, ...]) -> None:
        """Keep what is wrong."""
        self.wrongs = wrongs
        places = (f"[{each.number}].{each.field}: {each.message}" for each in wrongs)
        super().__init__("; ".join(places))


class StepFinding(NamedTuple):
    """What is wrong with a step: at which field of its item, and what to do about it.

    Without a step it is about something else, at a place of the scenario.
    """

    step: Step | None
    place: str
    message: str


class EditRefusedError(UseCaseError):
    """Steps after which the programme could not be planned; ``findings`` say why not."""

    def __init__(self, findings: tuple[StepFinding, ...]) -> None:
        """Keep the findings."""
        self.findings = findings
        super().__init__("; ".join(_said(finding) for finding in findings))


def _said(finding: StepFinding) -> str:
    step = "" if finding.step is None else f"{finding.step.subject} {finding.step.key}: "
    return step + (f"{finding.place}: " if finding.place else "") + finding.message

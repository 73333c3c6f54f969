"""What a use case refuses, as small named errors; their messages are for people."""

from __future__ import annotations


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


class LinkUsedError(UseCaseError):
    """A sign-in link that was used, has expired or never was."""


class PlanRefusedError(UseCaseError):
    """A plan that the verifier does not allow, or whose claims are not true."""

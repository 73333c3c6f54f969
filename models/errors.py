"""What can be wrong with a database or a request to it; each message says place and remedy."""

from __future__ import annotations


class DatabaseProblem(Exception):
    """Something is wrong with the database itself; the base of the four below."""


class DatabaseLocked(DatabaseProblem):
    """Another process keeps the database, or a row of it, locked for too long."""


class DatabaseTooNew(DatabaseProblem):
    """The database was written by a newer version of Sarangchae."""


class DatabaseBehind(DatabaseProblem):
    """The database's tables are older than this version of Sarangchae, or not there yet."""


class DatabaseUnreachable(DatabaseProblem):
    """The database cannot be opened, read or written."""


class StoreError(Exception):
    """A store was asked for something that its rows do not allow; the base of those below."""


class NoSuchProgramme(StoreError):
    """The database holds no programme of that id."""


class NoSuchPlan(StoreError):
    """The database holds no plan of that id."""


class NoSuchRun(StoreError):
    """The database holds no run of that id."""


class RunIsActive(StoreError):
    """A run of the programme is queued or running already."""


class RunHasEnded(StoreError):
    """The run is no longer in a state from which this may happen."""


class NoSuchLink(StoreError):
    """The database holds no such link."""


class NoSuchChangeRequest(StoreError):
    """The programme holds no request for a change of that id."""


class ChangeRequestDecided(StoreError):
    """The request for a change was decided or withdrawn already."""


class LinkExists(StoreError):
    """The researcher has a standing link already, to be revoked first."""


class ScenarioUnfit(StoreError):
    """The programme's rows do not make a scenario, or a scenario does not fit into rows."""


class NoSuchDraft(StoreError):
    """The programme has no draft of that id."""


class DraftExists(StoreError):
    """The programme has a draft of that name already."""


class NoSuchChange(StoreError):
    """The programme has no such change, or it cannot be taken back."""


class NoSuchMail(StoreError):
    """The release has no mail of that id."""


class MailHasChanged(StoreError):
    """Somebody else has changed the mail, or it went out."""


class NoSuchUpload(StoreError):
    """The upload was imported, discarded, or is too old."""


class Unstorable(StoreError):
    """A number or a text that no database can hold, so that nothing can be called that either."""

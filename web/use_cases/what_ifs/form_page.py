"""The page of the small forms: a new what-if, or one more adjustment of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from models.draft_store import Draft
from models.steps import Document
from scheduler.files.findings import Finding
from web.use_cases.names import Names
from web.use_cases.views.branch_forms import NewBranchView
from web.use_cases.what_ifs.choices import FORMS, Chooser, build_form
from web.use_cases.what_ifs.compose import compose, read_file
from web.use_cases.what_ifs.make import name_of
from web.use_cases.what_ifs.page import find_branch
from web.use_cases.what_ifs.words import view_adjustments
from web.use_cases.workspace import Workspace, Workspaces


@dataclass(frozen=True, slots=True, kw_only=True)
class FormState:
    """What was put into the page so far, and what is wrong with it."""

    kind: str = ""
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    name: str = ""
    name_fault: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    file: bytes | None = None
    file_faults: Sequence[Finding] = ()


def show_form(
    session: Session,
    workspaces: Workspaces,
    main: Workspace,
    draft: Draft | None,
    state: FormState,
    *,
    language: str,
) -> NewBranchView:
    """Return the page; without a draft it is about a new what-if."""
    problem = main.problem
    names = Names(problem=problem, language=language)
    tried = () if draft is None else draft.adjustments
    form = None
    if state.kind in FORMS:
        chooser = chooser_of(session, workspaces, main, draft, language)
        form = build_form(chooser, state.kind, state.answers, state.faults)
    return NewBranchView(
        programme_id=problem.programme.id,
        programme=names.programme(),
        branch_id=None if draft is None else draft.id,
        revision=0 if draft is None else draft.revision,
        name=state.name if draft is None else name_of(draft),
        name_fault=state.name_fault,
        tried=view_adjustments(problem, tried, language),
        form=form,
        file_faults=tuple(state.file_faults),
    )


def documents_for(
    session: Session,
    workspaces: Workspaces,
    main: Workspace,
    draft: Draft | None,
    state: FormState,
    *,
    language: str,
) -> list[Document]:
    """Return the adjustments that a form or a file asks for, after those tried already.

    Raises:
        FormRefusedError: The form is filled in wrongly.
        AdjustmentsRefusedError: The file cannot be read.
    """
    if state.file is not None:
        return read_file(state.file)
    tried = () if draft is None else draft.adjustments
    if state.kind not in FORMS:
        return list(tried)
    chooser = chooser_of(session, workspaces, main, draft, language)
    return [*tried, compose(main.problem, tried, chooser, state.kind, state.answers)]


def chooser_of(
    session: Session,
    workspaces: Workspaces,
    main: Workspace,
    draft: Draft | None,
    language: str,
) -> Chooser:
    """Return what there is to choose: in a what-if, with what it tries already."""
    branch = None if draft is None else find_branch(session, workspaces, draft)
    shown = branch or main
    return Chooser(problem=shown.problem, plan=shown.plan, language=language)

"""What-ifs: named branches of the draft, compared, rebased, and taken over."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models.errors import DraftExists
from web.context import services
from web.json_text import loads
from web.pages.common import changing, workspace_of
from web.pages.languages import current_language
from web.pages.what_ifs import curve as branch_curve
from web.pages.what_ifs import forms as branch_forms
from web.pages.what_ifs import news as branch_news
from web.pages.what_ifs import pictures as branch_pictures
from web.pages.what_ifs import runs as branch_runs
from web.pages.what_ifs import words as branch_words
from web.pages.what_ifs.forms import to_branch, who
from web.pages.what_ifs.phrases import say_adjustment, say_list
from web.use_cases.what_ifs import listing as branch_list
from web.use_cases.what_ifs import page as branch_page
from web.use_cases.what_ifs.base import rebase
from web.use_cases.what_ifs.make import call_branch, end_branch, get_branch, try_repair
from web.use_cases.what_ifs.takeover import Choice, take_over

ROOT = "/programmes/<programme_id>/what-ifs"
ONE = f"{ROOT}/<int:draft_id>"
SIDE = "side-"

blueprint = Blueprint("branches", __name__)
FILTERS: dict[str, Callable[..., Any]] = {
    "adjustment": say_adjustment,
    "in_words": say_list,
    "curve_picture": branch_pictures.draw_curve,
    "curve_changes": branch_pictures.say_changes,
    "curve_point": branch_pictures.say_point,
    "curve_answer": branch_pictures.say_curve,
    "curve_name": branch_pictures.name_point,
    **branch_news.FILTERS,
    **branch_words.FILTERS,
}
for filter_name, say in FILTERS.items():
    blueprint.add_app_template_filter(say, filter_name)


@blueprint.get(ROOT)
def show_branches(programme_id: str) -> ResponseReturnValue:
    """List the what-ifs, each beside the draft."""
    with services().database.reading() as session:
        view = branch_list.show_branches(
            session,
            services().workspaces,
            programme_id,
            language=current_language(),
            now=services().clock(),
        )
    return render_template("what_ifs.html", view=view)


@blueprint.get(ONE)
def show_branch(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Show a what-if beside the draft."""
    with services().database.reading() as session:
        view = branch_page.show_branch(
            session,
            services().workspaces,
            programme_id,
            draft_id,
            language=current_language(),
            now=services().clock(),
        )
    return render_template("branch.html", view=view, seconds=branch_runs.SECONDS)


@blueprint.get(f"{ROOT}/compare")
def compare(programme_id: str) -> ResponseReturnValue:
    """Show any two of draft, release and what-ifs side by side."""
    before, after = (request.args.get(name, default="draft") for name in ("a", "b"))
    with services().database.reading() as session:
        view = branch_page.show_comparison(
            session,
            services().workspaces,
            programme_id,
            before,
            after,
            language=current_language(),
        )
    return render_template("branch_compare.html", view=view)


@blueprint.post(f"{ONE}/name")
def rename(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Give a what-if another name."""
    try:
        with changing(programme_id) as session:
            draft = get_branch(session, programme_id, draft_id)
            call_branch(session, draft, request.form.get("title", ""), who())
    except DraftExists:
        flash(branch_words.say_fault("name_taken"), "bad")
    return to_branch(programme_id, draft_id)


@blueprint.post(f"{ONE}/delete")
def delete(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Remove a what-if."""
    with changing(programme_id) as session:
        draft = get_branch(session, programme_id, draft_id)
        end_branch(session, draft, who(), seen=request.form.get("revision", type=int))
    flash(_("“%(name)s” was deleted.", name=draft.name), "good")
    address = url_for("branches.show_branches", programme_id=programme_id)
    return redirect(address, HTTPStatus.SEE_OTHER)


@blueprint.post(f"{ONE}/rebase")
def rebase_branch(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Let a what-if go out from the draft as it is now."""
    choices = {
        name.removeprefix(SIDE): value
        for name, value in request.form.items()
        if name.startswith(SIDE)
    }
    with changing(programme_id) as session:
        main = workspace_of(session, programme_id)
        draft = get_branch(session, programme_id, draft_id)
        seen = request.form.get("revision", type=int)
        rebase(session, main, draft, who(), choices=choices, seen=seen)
    flash(_("“%(name)s” now goes out from the draft as it is.", name=draft.name), "good")
    return to_branch(programme_id, draft_id)


@blueprint.post(f"{ONE}/take-over")
def take_over_branch(programme_id: str, draft_id: int) -> ResponseReturnValue:
    """Take what was chosen over into the draft, all of it or nothing."""
    choice = Choice(
        requests=frozenset(request.form.getlist("stay")),
        adjustments=frozenset(request.form.getlist("adjustment", type=int)),
        revision=request.form.get("revision", type=int),
        seen=_seen(),
    )
    with changing(programme_id) as session:
        main = workspace_of(session, programme_id)
        branch = workspace_of(session, programme_id, draft_id)
        taken = take_over(session, main, branch, choice, who())
    if taken.change is None:
        flash(_("The draft is like that already."), "good")
    else:
        flash(_("It was taken over into the draft. The history can take it back."), "good")
    if taken.violations:
        flash(
            ngettext(
                "%(num)s rule is broken in the draft now. Mend it before you publish.",
                "%(num)s rules are broken in the draft now. Mend them before you publish.",
                taken.violations,
            ),
            "warn",
        )
    return to_branch(programme_id, draft_id)


@blueprint.post(f"{ROOT}/try")
def try_out(programme_id: str) -> ResponseReturnValue:
    """Make a what-if of a repair, plan it where it needs that, and say where it is."""
    asked = request.get_json()
    asked = asked if isinstance(asked, dict) else {}
    name = asked.get("name") or asked.get("request") or _("What-if")
    with changing(programme_id) as session:
        draft, run_id = try_repair(
            session,
            workspace_of(session, programme_id),
            str(name),
            _documents(asked.get("adjustments")),
            who(),
            moves=_documents(asked.get("moves")),
        )
    if run_id is not None:
        services().jobs.submit(run_id)
    url = url_for("branches.show_branch", programme_id=programme_id, draft_id=draft.id)
    return {"url": url}, HTTPStatus.CREATED


def _documents(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _seen() -> dict[str, dict[str, Any]]:
    """Return what the page had shown; what is no such thing is as if nothing had been shown."""
    try:
        seen = loads(request.form.get("seen", ""))
    except ValueError:
        return {}
    return seen if isinstance(seen, dict) else {}


for get, path, handler in (
    (True, f"{ROOT}/new", branch_forms.new_branch),
    (False, ROOT, branch_forms.begin),
    (True, f"{ONE}/adjustments/new", branch_forms.new_adjustment),
    (False, f"{ONE}/adjustments", branch_forms.adjust),
    (False, f"{ONE}/adjustments/<int:number>/drop", branch_forms.drop),
    (True, f"{ONE}/adjustments.json", branch_forms.download),
    (False, f"{ONE}/plan", branch_runs.plan),
    (False, f"{ONE}/runs/<run_id>/stop", branch_runs.stop),
    (True, f"{ROOT}/runs/<run_id>", branch_runs.progress),
    (True, f"{ROOT}/stability", branch_curve.show_stability),
    (False, f"{ROOT}/stability", branch_curve.find_stability),
    (False, f"{ROOT}/stability/runs/<run_id>/stop", branch_curve.stop_stability),
    (False, f"{ROOT}/from-plan", branch_curve.begin_with_plan),
):
    (blueprint.get if get else blueprint.post)(path)(handler)

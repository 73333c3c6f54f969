"""Addresses of every page of every room, and of what is no page."""

from __future__ import annotations

from flask import Flask

from web.access import add_access
from web.pages import PRIVATE_PAGES, add_pages

LAB = "/programmes/nairl"

PAGES: dict[str, tuple[str, ...]] = {
    "access.how_to_sign_in": ("/sign-in",),
    "access.show_sign_in": ("/sign-in/some-link",),
    "access.show_you": ("/you",),
    "board.show_board": (f"{LAB}/board", f"{LAB}/board?by=track"),
    "branches.compare": (f"{LAB}/what-ifs/compare?a=draft&b=release",),
    "branches.new_adjustment": ("what-if/adjustments/new",),
    "branches.new_branch": (f"{LAB}/what-ifs/new", f"{LAB}/what-ifs/new?kind=add_pin"),
    "branches.show_branch": ("what-if",),
    "branches.show_branches": (f"{LAB}/what-ifs",),
    "branches.show_stability": (f"{LAB}/what-ifs/stability",),
    "coordinator.home": ("/",),
    "coordinator.show_programme": (LAB, f"{LAB}?by=site&month=2025-03", "/programmes/medium-1"),
    "data.show_closures": (f"{LAB}/data/closures",),
    "data.show_data": (f"{LAB}/data",),
    "data.show_item": (
        f"{LAB}/data/zones/m5-theory",
        f"{LAB}/data/requests/marsh-2025",
        f"{LAB}/data/quotas/us-2025",
    ),
    "data.show_list": (
        *(f"{LAB}/data/{name}" for name in ("zones", "quotas", "sites", "hosts")),
        *(f"{LAB}/data/{name}" for name in ("policy", "weights", "programme")),
    ),
    "data.show_new": (f"{LAB}/data/requests/new",),
    "data.show_removal": (f"{LAB}/data/zones/m5-theory/remove",),
    "floors.show_floor": ("floor", f"{LAB}/floors/main-5?day=2025-09-10&zone=m5-studio"),
    "floors.show_floors": (f"{LAB}/floors",),
    "floors.show_shapes": ("floor/shapes",),
    "history.show_history": (f"{LAB}/history", f"{LAB}/history?kind=publish"),
    "links.show_link": (f"{LAB}/links/researcher/helen-marsh",),
    "links.show_links": (f"{LAB}/links",),
    "planning.show_plan": (f"{LAB}/plan", "/programmes/medium-1/plan"),
    "releases.compare": (f"{LAB}/releases/compare",),
    "releases.mails.show_mail": ("mail",),
    "releases.mails.show_mails": (f"{LAB}/releases/1/mails",),
    "releases.preview": (f"{LAB}/releases/new", "/programmes/medium-1/releases/new"),
    "releases.preview_roll_back": (f"{LAB}/releases/1/roll-back",),
    "releases.show_release": (f"{LAB}/releases/1",),
    "releases.show_releases": (f"{LAB}/releases", "/programmes/medium-1/releases"),
    "replies.show_replies": (f"{LAB}/researchers/replies",),
    "requests.show_requests": (f"{LAB}/requests", "/programmes/medium-1/requests"),
    "requests.start_import": (f"{LAB}/requests/import",),
    "researcher.new_calendar": ("researcher/calendars/new?program=google",),
    "researcher.show_calendar": ("calendar",),
    "researcher.show_calendars": ("researcher/calendars",),
    "researcher.show_reply": ("researcher/reply",),
    "researcher.show_changes": ("researcher/changes",),
    "researcher.show_busy": ("researcher/busy",),
    "researcher.show_settings_page": ("researcher/settings",),
    "researcher.show_stay": ("researcher",),
    "researcher.show_wishes": ("researcher/wishes",),
    "visitors.show_answers": (f"{LAB}/researchers",),
    "visitors.show_changes": (f"{LAB}/researchers/changes",),
    "visitors.show_note": ("answer",),
    "visitors.show_settings": (f"{LAB}/researchers/settings",),
    "why.show_why": ("why", f"{LAB}/why/gagnon-2025"),
}
"""Where each page stands; the ones without a slash are found on other pages."""

FOUND: dict[str, tuple[str, str]] = {
    "answer": (f"{LAB}/researchers", rf"^{LAB}/researchers/[^/]+/answer$"),
    "calendar": ("researcher/calendars", r"/r/[^/]+/calendars/[0-9a-f-]{36}$"),
    "floor": (f"{LAB}/floors", rf"^{LAB}/floors/[^/?]+"),
    "mail": (f"{LAB}/releases/1/mails", rf"^{LAB}/releases/1/mails/\d+$"),
    "researcher": (f"{LAB}/requests", "/r/[^/]+$"),
    "what-if": (f"{LAB}/what-ifs", rf"^{LAB}/what-ifs/\d+$"),
    "why": (LAB, rf"^{LAB}/why/[^/]+$"),
}
"""On which page a link to it stands, which may be found itself, and what the link looks like."""

FILLED = {"/board": "body[data-ready]", "/why/": ".why-short"}
"""What shows that a page which asks the server for more once it is there has got it."""

OF_UPLOADS = frozenset({"requests.show_columns", "requests.show_import", "researcher.edit_wishes"})
"""Pages of a file that somebody has sent, or of days to come; their own tests open them."""

NO_PAGES = frozenset(
    {
        "board.show_changes",
        "board.show_options",
        "board.show_stay",
        "board.show_timeline",
        "branches.download",
        "branches.progress",
        "floors.download_template",
        "history.export_history",
        "planning.find_people",
        "planning.show_run",
        "releases.mails.progress",
        "releases.mails.send_file",
        "releases.preview_mail",
        "releases.preview_roll_back_mail",
        "releases.send_calendars",
        "releases.send_plan",
        "releases.send_scenario",
        "requests.export",
        "requests.template",
        "requests.wrong_rows",
        "researcher.download_stay",
        "static",
        "visitors.send_pulse",
        "why.find_why",
    }
)
"""What scripts and programs ask for, and what is sent as a file."""


def endpoints() -> set[str]:
    """Return every endpoint that answers a browser which follows a link."""
    app = Flask("web", static_folder="static", template_folder="pages/templates")
    add_pages(app)
    add_access(app, tokenless=PRIVATE_PAGES)
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}

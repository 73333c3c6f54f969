"""The story's releases: warnings read, a note left, mails read and sent."""

from __future__ import annotations

import re
from email.message import EmailMessage

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.story_table import PROGRAMME, address_of, name_of
from tests.browser.visiting import PATIENCE_MS, open_room

FIGURES = ("New", "Moved", "Cancelled", "Unchanged")


def prepare(page: Page, number: int, **counts: int) -> None:
    """Look at what would be published: how many are new, moved, cancelled and unchanged."""
    open_room(page, "Releases")
    page.get_by_role("link", name=f"Prepare release {number}").click()
    figures = page.locator("dl.figures > div")
    for name in FIGURES:
        said = re.compile(rf"^{name}\s*{counts.get(name.lower(), 0)}$")
        expect(figures.filter(has_text=said)).to_be_visible()


def publish(page: Page, number: int, note: str) -> None:
    """Publish with a note, once every warning is ticked."""
    page.get_by_label("Note to this release").fill(note)
    warnings = page.get_by_role("group", name="Tick what you have read").get_by_role("checkbox")
    expect(warnings.first).to_be_visible()
    publish = page.get_by_role("button", name=f"Publish release {number}")
    publish.click()
    expect(warnings.first).to_be_focused()
    for warning in warnings.all():
        warning.check()
    publish.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Mails of release {number}")


def read_mail(page: Page, number: int, *says: str) -> None:
    """Read somebody's mail before it goes out."""
    name = name_of(number)
    page.get_by_label("Find").fill(name)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    expect(page.locator(".letter-head")).to_contain_text(address_of(number))
    for text in says:
        expect(page.locator(".letter")).to_contain_text(text)
    page.get_by_role("link", name="All mails").click()


def send_all(page: Page, count: int) -> None:
    """Send all mails that wait and follow them until the last one is out."""
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=re.compile(r"^Send (all )?\d+ mail")).click()
    expect(page.get_by_role("heading", name="No mail waits")).to_be_visible(timeout=PATIENCE_MS)
    states = page.get_by_role("navigation", name="State").get_by_role("link")
    expect(states).to_have_text([f"All {count}", f"Sent {count}"])


def readers_of(mails: list[EmailMessage]) -> dict[str, str | None]:
    """Return the language of each reader's mail."""
    return {message["To"].addresses[0].addr_spec: message["Content-Language"] for message in mails}


def stays_of(message: EmailMessage) -> list[tuple[str, str]]:
    """Return first day and status of each stay in the calendar that a mail brings."""
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "text/calendar"
    data = attached.get_payload(decode=True)
    assert isinstance(data, bytes)
    calendar = Calendar.from_ical(data)
    return [
        (event.decoded("DTSTART").isoformat(), str(event["STATUS"]))
        for event in calendar.walk("VEVENT")
        if str(event["UID"]).startswith(f"{PROGRAMME}.a-")
    ]

"""A mail that asks a researcher for an answer, prepared for the office's own mail program."""

# ruff: noqa: RUF001 - dashes and apostrophes as each language prints them

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from web.mail.addresses import mailto
from web.mail.writing import say_days


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderWording:
    """The texts of a reminder in one language."""

    subject: str
    greeting: str
    new: str
    moved: str
    ask: str
    closing: str


REMINDERS = {
    "en": ReminderWording(
        subject="Will you come? Your residency at {programme}: {days}",
        greeting="Dear {name},",
        new="Your residency at {programme} is set: {days}.",
        moved="Your residency at {programme} has changed since you answered: {days}.",
        ask="Please tell us on your own page whether you will come:",
        closing="Kind regards\n{programme}",
    ),
    "ko": ReminderWording(
        subject="[{programme}] 체류 참석 여부 회신 부탁: {days}",
        greeting="{name} 님께",
        new="{programme} 체류 일정이 정해졌습니다: {days}.",
        moved="회신하신 뒤 {programme} 체류 일정이 변경되었습니다: {days}.",
        ask="오실 수 있는지 개인 페이지에서 알려 주십시오.",
        closing="감사합니다.\n{programme} 드림",
    ),
    "fr": ReminderWording(
        subject="{programme} – viendrez-vous ? Votre résidence : {days}",
        greeting="Bonjour {name},",
        new="Votre résidence ({programme}) est fixée : {days}.",
        moved="Votre résidence ({programme}) a changé depuis votre réponse : {days}.",
        ask="Merci de nous indiquer sur votre page personnelle si vous viendrez :",
        closing="Bien cordialement\n{programme}",
    ),
    "ar": ReminderWording(
        subject="هل ستحضرون؟ إقامتكم {days} ({programme})",
        greeting="تحية طيبة {name}،",
        new="حُدِّدت إقامتكم في {programme}: {days}.",
        moved="تغيَّرت إقامتكم في {programme} بعد ردكم: {days}.",
        ask="يرجى إبلاغنا عبر صفحتكم الخاصة بما إذا كنتم ستحضرون:",
        closing="مع أطيب التحيات\n{programme}",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """Whom to remind of which days, and by which page they answer."""

    email: str
    name: str
    programme: str
    first_day: dt.date
    last_day: dt.date
    page: str
    has_moved: bool


def reminder_address(about: Reminded, language: str) -> str:
    """Return the ``mailto:`` address that opens a mail with everything in it."""
    known = language if language in REMINDERS else "en"
    wording = REMINDERS[known]
    facts = {
        "name": about.name,
        "programme": about.programme,
        "days": say_days(about.first_day, about.last_day, known),
    }
    opening = wording.moved if about.has_moved else wording.new
    parts = (
        wording.greeting.format(**facts),
        opening.format(**facts),
        f"{wording.ask}\n{about.page}",
        wording.closing.format(**facts),
    )
    return mailto(about.email, subject=wording.subject.format(**facts), text="\n\n".join(parts))

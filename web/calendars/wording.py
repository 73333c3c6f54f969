"""The texts of calendars in each language; people's own texts come from the entries."""

# ruff: noqa: RUF001 - dashes and apostrophes as each language prints them

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Every text of a calendar in one language.

    ``largest_first`` tells whether an address begins with the address and ends with the desk.
    """

    own_calendar: str
    shared_calendar: str
    programme_calendar: str
    busy_calendar: str
    residency: str
    arrival: str
    departure: str
    holiday: str
    busy: str
    cancelled: str
    line: str
    comma: str
    largest_first: bool
    researcher: str
    institution: str
    host: str
    event: str
    track: str
    invited: str
    all_tracks: str
    slot: str
    stay: str
    days: str
    span: str
    place: str
    where_to_go: str
    whom_to_meet: str
    public_holiday: str
    computing: str
    gpus: str
    programme: str
    page: str
    gone: str
    gone_holiday: str


ENGLISH = Wording(
    own_calendar="{name} – {programme} residency",
    shared_calendar="{name} – {programme} residencies",
    programme_calendar="{programme} – residencies",
    busy_calendar="{programme} – busy days",
    residency="Residency: {researcher}, {zone}",
    arrival="Arrival: {where}",
    departure="Departure: {where}",
    holiday="{name} ({country})",
    busy="Busy",
    cancelled="[Cancelled] {summary}",
    line="{label}: {text}",
    comma=", ",
    largest_first=False,
    researcher="Researcher",
    institution="Institution",
    host="Host",
    event="Event",
    track="Track",
    invited="For tracks",
    all_tracks="all",
    slot="Slot",
    stay="Stay",
    days="Days",
    span="{first_day} to {last_day}",
    place="Place",
    where_to_go="Where to go",
    whom_to_meet="Whom to meet",
    public_holiday="Public holiday",
    computing="Computing",
    gpus="{pool}, GPUs: {gpus}",
    programme="Programme",
    page="Details",
    gone="This no longer takes place as written here.",
    gone_holiday="No stay is near this day any more.",
)

KOREAN = Wording(
    own_calendar="{name} – {programme} 체류",
    shared_calendar="{name} – {programme} 체류 일정",
    programme_calendar="{programme} – 체류 일정",
    busy_calendar="{programme} – 일정 있는 날",
    residency="체류: {researcher}, {zone}",
    arrival="도착: {where}",
    departure="출발: {where}",
    holiday="{name} ({country})",
    busy="일정 있음",
    cancelled="[취소] {summary}",
    line="{label}: {text}",
    comma=", ",
    largest_first=True,
    researcher="연구자",
    institution="소속 기관",
    host="호스트",
    event="행사",
    track="연구 트랙",
    invited="참여 트랙",
    all_tracks="전체",
    slot="모집 구분",
    stay="체류 기간",
    days="기간",
    span="{first_day} ~ {last_day}",
    place="장소",
    where_to_go="찾아가실 곳",
    whom_to_meet="만나실 분",
    public_holiday="공휴일",
    computing="컴퓨팅 자원",
    gpus="{pool}, GPU {gpus}개",
    programme="프로그램",
    page="자세히 보기",
    gone="이 일정은 여기에 적힌 대로 진행되지 않습니다.",
    gone_holiday="이제 이 날 전후로는 체류가 없습니다.",
)

FRENCH = Wording(
    own_calendar="{name} – résidence {programme}",
    shared_calendar="{name} – résidences {programme}",
    programme_calendar="{programme} – résidences",
    busy_calendar="{programme} – jours occupés",
    residency="Résidence\xa0: {researcher}, {zone}",
    arrival="Arrivée\xa0: {where}",
    departure="Départ\xa0: {where}",
    holiday="{name} ({country})",
    busy="Indisponible",
    cancelled="[Annulé] {summary}",
    line="{label}\xa0: {text}",
    comma=", ",
    largest_first=False,
    researcher="Personne accueillie",
    institution="Établissement",
    host="Hôte",
    event="Événement",
    track="Axe de recherche",
    invited="Axes invités",
    all_tracks="tous",
    slot="Période",
    stay="Séjour",
    days="Dates",
    span="du {first_day} au {last_day}",
    place="Lieu",
    where_to_go="Où se rendre",
    whom_to_meet="Votre contact",
    public_holiday="Jour férié",
    computing="Moyens de calcul",
    gpus="{pool}, GPU\xa0: {gpus}",
    programme="Programme",
    page="Détails",
    gone="Ceci n’a plus lieu comme indiqué ici.",
    gone_holiday="Il n’y a plus de séjour autour de ce jour.",
)

ARABIC = Wording(
    own_calendar="{name} – إقامة {programme}",
    shared_calendar="{name} – إقامات {programme}",
    programme_calendar="{programme} – الإقامات",
    busy_calendar="{programme} – أيام مشغولة",
    residency="إقامة: {researcher}، {zone}",
    arrival="الوصول: {where}",
    departure="المغادرة: {where}",
    holiday="{name} ({country})",
    busy="مشغول",
    cancelled="[ملغى] {summary}",
    line="{label}: {text}",
    comma="، ",
    largest_first=False,
    researcher="الاسم",
    institution="المؤسسة",
    host="المضيف",
    event="الفعالية",
    track="المسار البحثي",
    invited="المسارات المدعوة",
    all_tracks="جميع المسارات",
    slot="الفترة",
    stay="الإقامة",
    days="الأيام",
    span="من {first_day} إلى {last_day}",
    place="المكان",
    where_to_go="مكان الحضور",
    whom_to_meet="من تلتقون به",
    public_holiday="عطلة رسمية",
    computing="موارد الحوسبة",
    gpus="{pool}، عدد وحدات GPU: {gpus}",
    programme="البرنامج",
    page="التفاصيل",
    gone="لم يعد هذا قائمًا كما هو مكتوب هنا.",
    gone_holiday="لم تعد هناك إقامة قريبة من هذا اليوم.",
)

WORDINGS = {"en": ENGLISH, "ko": KOREAN, "fr": FRENCH, "ar": ARABIC}
"""Wording of each language that calendars speak."""


def wording_in(language: str) -> Wording:
    """Return the wording of a language (``ko`` or ``ko-KR``), else English."""
    return WORDINGS[spoken_language(language)]


def spoken_language(language: str | None) -> str:
    """Return the calendars' language that is a reader's, else English."""
    short = (language or "en").replace("_", "-").partition("-")[0].lower()
    return short if short in WORDINGS else "en"

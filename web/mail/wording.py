"""The texts of mails in each language; people's own texts come from the entries."""

# ruff: noqa: RUF001 - dashes and apostrophes as each language prints them

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWording:
    """Every text of a mail in one language; ``{link}`` and ``{calendar}`` stay until it is sent."""

    new_subject: str
    moved_subject: str
    cancelled_subject: str
    greeting: str
    new: str
    moved: str
    cancelled: str
    line: str
    was: str
    none: str
    first_day: str
    last_day: str
    place: str
    host: str
    computing: str
    page: str
    private: str
    calendar: str
    cancelled_calendar: str
    invitation: str
    cancelled_invitation: str
    reply: str
    closing: str


ENGLISH = MailWording(
    new_subject="Your residency at {programme}: {days}",
    moved_subject="Your residency at {programme} has changed: {days}",
    cancelled_subject="Your residency at {programme} is cancelled: {days}",
    greeting="Dear {name},",
    new="We look forward to receiving you at {programme}. Your residency is set:",
    moved="Your residency at {programme} has changed. From now on this holds:",
    cancelled="Your residency at {programme} is cancelled. This no longer takes place:",
    line="{label}: {text}",
    was="{now} (was: {was})",
    none="none",
    first_day="First day",
    last_day="Last day",
    place="Place",
    host="Host",
    computing="Computing",
    page="Your own page has everything about your stay: {link}",
    private="Please keep this link to yourself; it opens your page without a password.",
    calendar=(
        "The attached calendar file holds your stay as it is today. If you subscribe to the "
        "calendar on your page instead, later changes reach you by themselves."
    ),
    cancelled_calendar="The attached calendar file marks the stay as cancelled in your calendar.",
    invitation=(
        "This mail is an invitation: please accept or decline it in your mail program, or on your "
        "page. Should the stay change later, a new invitation replaces this one."
    ),
    cancelled_invitation="This mail also marks the stay as cancelled in your calendar.",
    reply="If anything is unclear or does not suit you, please let us know.",
    closing="Kind regards\n{programme}",
)

KOREAN = MailWording(
    new_subject="[{programme}] 체류 일정 안내: {days}",
    moved_subject="[{programme}] 체류 일정 변경 안내: {days}",
    cancelled_subject="[{programme}] 체류 취소 안내: {days}",
    greeting="{name} 님께",
    new="{programme}에서 모시게 되어 기쁩니다. 체류 일정이 다음과 같이 정해졌습니다.",
    moved="{programme} 체류 일정이 변경되었습니다. 앞으로는 다음 내용을 따릅니다.",
    cancelled="{programme} 체류가 취소되었습니다. 다음 일정은 더 이상 진행되지 않습니다.",
    line="{label}: {text}",
    was="{now} (변경 전: {was})",
    none="없음",
    first_day="시작일",
    last_day="종료일",
    place="장소",
    host="호스트",
    computing="컴퓨팅 자원",
    page="체류에 관한 모든 내용은 개인 페이지에서 확인하실 수 있습니다: {link}",
    private="이 링크는 비밀번호 없이 개인 페이지를 엽니다. 다른 사람과 공유하지 말아 주십시오.",
    calendar=(
        "첨부한 캘린더 파일에는 오늘 기준의 체류 일정이 들어 있습니다. 개인 페이지에서 캘린더를 "
        "구독하시면 이후의 변경 사항이 자동으로 반영됩니다."
    ),
    cancelled_calendar="첨부한 캘린더 파일을 열면 캘린더에서 해당 일정이 취소로 표시됩니다.",
    invitation=(
        "이 메일은 초대장입니다. 사용하시는 메일 프로그램이나 개인 페이지에서 수락 또는 거절해 "
        "주십시오. 이후 체류 일정이 바뀌면 새 초대장이 이 초대장을 대신합니다."
    ),
    cancelled_invitation="이 메일을 받으시면 캘린더에서도 해당 일정이 취소로 표시됩니다.",
    reply="궁금한 점이 있거나 일정이 맞지 않으면 알려 주십시오.",
    closing="감사합니다.\n{programme} 드림",
)

FRENCH = MailWording(
    new_subject="{programme} – votre résidence\xa0: {days}",
    moved_subject="{programme} – votre résidence a changé\xa0: {days}",
    cancelled_subject="{programme} – votre résidence est annulée\xa0: {days}",
    greeting="Bonjour {name},",
    new="Nous nous réjouissons de vous accueillir. Votre résidence ({programme}) est fixée\xa0:",
    moved="Votre résidence ({programme}) a changé. Voici ce qui vaut désormais\xa0:",
    cancelled="Votre résidence ({programme}) est annulée. Ceci n’a plus lieu\xa0:",
    line="{label}\xa0: {text}",
    was="{now} (auparavant\xa0: {was})",
    none="néant",
    first_day="Premier jour",
    last_day="Dernier jour",
    place="Lieu",
    host="Hôte",
    computing="Moyens de calcul",
    page="Votre page personnelle réunit tout ce qui concerne votre séjour\xa0: {link}",
    private="Merci de garder ce lien pour vous\xa0: il ouvre votre page sans mot de passe.",
    calendar=(
        "Le fichier d’agenda ci-joint contient votre séjour tel qu’il est prévu aujourd’hui. Si "
        "vous vous abonnez plutôt à l’agenda sur votre page, les changements ultérieurs vous "
        "parviendront d’eux-mêmes."
    ),
    cancelled_calendar="Le fichier d’agenda ci-joint marque le séjour comme annulé.",
    invitation=(
        "Ce message est une invitation\xa0: merci de l’accepter ou de la décliner dans votre "
        "messagerie, ou sur votre page. Si le séjour change par la suite, une nouvelle invitation "
        "remplacera celle-ci."
    ),
    cancelled_invitation="Ce message annule aussi le séjour dans votre agenda.",
    reply="Si quelque chose n’est pas clair ou ne vous convient pas, dites-le-nous.",
    closing="Bien cordialement\n{programme}",
)

ARABIC = MailWording(
    new_subject="إقامتكم {days} ({programme})",
    moved_subject="تغيير في إقامتكم {days} ({programme})",
    cancelled_subject="إلغاء إقامتكم {days} ({programme})",
    greeting="تحية طيبة {name}،",
    new="يسعدنا أن نستقبلكم في {programme}. وقد حُدِّدت إقامتكم كما يلي:",
    moved="طرأ تغيير على إقامتكم في {programme}. والمعمول به من الآن فصاعدًا هو:",
    cancelled="أُلغيت إقامتكم في {programme}. ولم يعد ما يلي قائمًا:",
    line="{label}: {text}",
    was="{now} (سابقًا: {was})",
    none="لا يوجد",
    first_day="اليوم الأول",
    last_day="اليوم الأخير",
    place="المكان",
    host="المضيف",
    computing="موارد الحوسبة",
    page="تجدون في صفحتكم الخاصة كل ما يتعلق بإقامتكم: {link}",
    private="يرجى عدم مشاركة هذا الرابط مع أحد، فهو يفتح صفحتكم دون كلمة مرور.",
    calendar=(
        "يتضمن ملف التقويم المرفق إقامتكم كما هي اليوم. وإذا اشتركتم بدلًا من ذلك في التقويم من "
        "صفحتكم، فستصلكم التغييرات اللاحقة تلقائيًا."
    ),
    cancelled_calendar="يشير ملف التقويم المرفق إلى أن الإقامة ملغاة في تقويمكم.",
    invitation=(
        "هذه الرسالة دعوة: يرجى قبولها أو الاعتذار عنها من برنامج البريد لديكم أو من صفحتكم. وإذا "
        "تغيرت الإقامة لاحقًا فستحل دعوة جديدة محل هذه الدعوة."
    ),
    cancelled_invitation="تُظهر هذه الرسالة الإقامة ملغاة في تقويمكم أيضًا.",
    reply="إذا كان هناك ما هو غير واضح أو غير مناسب لكم، فيرجى إخبارنا بذلك.",
    closing="مع أطيب التحيات\n{programme}",
)

MAIL_WORDINGS = {"en": ENGLISH, "ko": KOREAN, "fr": FRENCH, "ar": ARABIC}
"""Wording of each language in which mails are written."""


def mail_wording_in(language: str) -> MailWording:
    """Return the wording of a language (``ko`` or ``ko-KR``), else English."""
    return MAIL_WORDINGS.get(language.replace("_", "-").split("-")[0].lower(), ENGLISH)

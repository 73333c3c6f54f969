"""A request as one row of a table: its columns, what may stand in them, how headers name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from web.use_cases.requests.words import squeezed


class Owner(StrEnum):
    """Whose field a column fills."""

    REQUEST = "requests"
    RESEARCHER = "researchers"
    INSTITUTION = "institutions"


class Cell(StrEnum):
    """What stands in the cells of a column."""

    TEXT = "text"
    NAME = "name"
    DAY = "day"
    NUMBER = "number"
    STATUS = "status"
    COUNTRY = "country"
    ONE = "one"
    MANY = "many"
    WORDS = "words"
    RANGES = "ranges"
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: whose field it fills, and what its header may be beside its key.

    ``named`` has those headers with bars between them. ``of`` is the list that ids are from. A
    part of a field has the field's name before a dot.
    """

    key: str
    owner: Owner = Owner.REQUEST
    field: str = ""
    cell: Cell = Cell.TEXT
    of: str = ""
    is_needed: bool = False
    named: str = ""

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers by which the column is known, its key the last."""
        return (*(header.strip() for header in self.named.split("|")), self.key)

    @property
    def place(self) -> str:
        """The field's name, without the part of it."""
        return (self.field or self.key).partition(".")[0]

    @property
    def part(self) -> str:
        """The part of the field that the column fills, if not all of it."""
        return self.field.partition(".")[2]


COLUMNS = (
    Column(
        key="id",
        is_needed=True,
        named=(
            "Request | Request ID | Application ID | Application number | Application no | No | "
            "신청 ID | 요청 ID | 요청 | 요청 번호 | 신청 번호 | 접수 번호 | 번호"
        ),
    ),
    Column(
        key="researcher",
        cell=Cell.ONE,
        of="researchers",
        named="Researcher ID | Person ID | 연구자 ID | 연구자 | 연구자 번호",
    ),
    Column(
        key="name",
        owner=Owner.RESEARCHER,
        cell=Cell.NAME,
        is_needed=True,
        named=(
            "Full name | Researcher name | Applicant | Visitor | "
            "이름 | 성명 | 연구자 이름 | 연구자명 | 신청자 | 신청자명"
        ),
    ),
    Column(
        key="email",
        owner=Owner.RESEARCHER,
        named="E-mail address | Mail | 이메일 | 이메일 주소 | 전자우편 | 메일",
    ),
    Column(
        key="language",
        owner=Owner.RESEARCHER,
        named="Language code | Correspondence language | 언어 | 사용 언어",
    ),
    Column(
        key="institution",
        owner=Owner.RESEARCHER,
        cell=Cell.ONE,
        of="institutions",
        is_needed=True,
        named=(
            "Affiliation | University | Organisation | Organization | Institute | "
            "기관 | 소속 | 소속 기관 | 기관명 | 대학"
        ),
    ),
    Column(
        key="institution_name",
        owner=Owner.INSTITUTION,
        field="name",
        cell=Cell.NAME,
        named="Name of the institution | Institution name | 기관 이름 | 기관 명칭",
    ),
    Column(
        key="country",
        owner=Owner.INSTITUTION,
        cell=Cell.COUNTRY,
        named="Country code | Nation | 국가 | 나라 | 국가 코드",
    ),
    Column(
        key="track",
        cell=Cell.ONE,
        of="tracks",
        is_needed=True,
        named="Track ID | Research track | Field | 트랙 | 분야 | 연구 트랙",
    ),
    Column(key="status", cell=Cell.STATUS, named="State | 상태"),
    Column(key="priority", cell=Cell.NUMBER, named="Rank | 우선순위 | 중요도"),
    Column(
        key="submitted",
        cell=Cell.DAY,
        is_needed=True,
        named=(
            "Submitted on | Submission date | Date of application | Applied on | "
            "제출일 | 신청일 | 접수일"
        ),
    ),
    Column(
        key="first_day",
        cell=Cell.DAY,
        is_needed=True,
        named=(
            "Earliest day | Available from | From | Start | Start date | Earliest | "
            "첫날 | 가장 이른 날 | 시작 | 시작일 | 가능 시작일 | 부터"
        ),
    ),
    Column(
        key="last_day",
        cell=Cell.DAY,
        is_needed=True,
        named=(
            "Latest day | Available until | Until | To | End | End date | Latest | "
            "마지막 날 | 가장 늦은 날 | 끝 | 종료일 | 가능 종료일 | 까지"
        ),
    ),
    Column(
        key="min_days",
        cell=Cell.NUMBER,
        named=(
            "Shortest stay | Shortest stay (days) | Shortest | Minimum days | Minimum | At least | "
            "최소 일수 | 최소 체류 일수 | 최단 체류 (일)"
        ),
    ),
    Column(
        key="max_days",
        cell=Cell.NUMBER,
        named=(
            "Longest stay | Longest stay (days) | Longest | Maximum days | Maximum | At most | "
            "Days | "
            "최대 일수 | 최대 체류 일수 | 최장 체류 (일) | 일수"
        ),
    ),
    Column(
        key="preferred_first_day",
        cell=Cell.DAY,
        named=(
            "Preferred arrival | Preferred start | Preferred day | Wished start | "
            "희망 도착일 | 희망 시작일 | 희망일"
        ),
    ),
    Column(
        key="hosts",
        cell=Cell.MANY,
        of="hosts",
        named="Host | Supervisor | 호스트 | 초청 연구자 | 지도 교수",
    ),
    Column(
        key="desks",
        cell=Cell.NUMBER,
        named="Number of desks | 좌석 | 좌석 수 | 책상 | 책상 수",
    ),
    Column(
        key="area_m2",
        cell=Cell.NUMBER,
        named="Floor space (m²) | Area | Area (m2) | 면적 | 면적 (m²) | 공간 (m²)",
    ),
    Column(key="gpus", cell=Cell.NUMBER, named="GPU | Number of GPUs | GPU 수"),
    Column(
        key="pools",
        cell=Cell.MANY,
        of="pools",
        named="Computing pools | Computing | 컴퓨팅 자원 | 컴퓨팅 풀 | 컴퓨팅",
    ),
    Column(
        key="needs",
        cell=Cell.WORDS,
        named="Needed features | 필요 조건 | 필수 설비 | 필요 설비",
    ),
    Column(key="wishes", cell=Cell.WORDS, named="Wished features | 희망 조건 | 희망 설비"),
    Column(
        key="sites",
        cell=Cell.MANY,
        of="sites",
        named="Site | Allowed sites | 허용 소재지 | 소재지 | 사이트 | 거점",
    ),
    Column(
        key="zones",
        cell=Cell.MANY,
        of="zones",
        named="Zone | Allowed zones | 구역 | 허용 구역",
    ),
    Column(
        key="zone_points",
        cell=Cell.POINTS,
        of="zones",
        named="Points for zones | 구역 점수 | 구역별 점수",
    ),
    Column(
        key="must_attend",
        cell=Cell.MANY,
        of="events",
        named="Events to attend | Events | 참석 행사 | 필수 참석 행사",
    ),
    Column(
        key="unavailable",
        cell=Cell.RANGES,
        named="Days not available | Absences | 불가 기간 | 불가능한 날",
    ),
    Column(key="group", named="Group label | Company | 그룹 | 그룹 표시"),
    Column(
        key="cost_fixed",
        field="cost.fixed",
        cell=Cell.NUMBER,
        named="Cost once | Fixed cost | 고정 비용 | 1회 비용",
    ),
    Column(
        key="cost_per_day",
        field="cost.per_day",
        cell=Cell.NUMBER,
        named="Cost per day | Daily cost | 하루 비용 | 일일 비용",
    ),
)
"""Every column, in the order of templates and exports."""

COLUMN: Mapping[str, Column] = {column.key: column for column in COLUMNS}
"""Each column by key."""

BY_HEADER: Mapping[str, str] = {
    squeezed(header): column.key for column in reversed(COLUMNS) for header in column.headers
}
"""The key of each header that is known, however it is spelled."""

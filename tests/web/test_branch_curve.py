"""The stability curve as a picture to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.database import Database
from models.run_store import RunKind, add_run, answer_run, claim_run
from tests.models.memory import recall
from tests.web.branch_samples import ADA, draft_stays, elsewhere, small_lab
from tests.web.laboratory import NOW, open_app, plan_by_hand, seed, signed_in
from tests.web.page_reading import texts
from web.context import services_of
from web.pages.what_ifs.pictures import draw_curve, say_curve
from web.use_cases.views.branch_curve import CurvePointView, CurveView

ROOT = "/programmes/lab/what-ifs"


@pytest.fixture
def lab(database: Database) -> Database:
    """Return a database with the small laboratory, where Ada has a place."""
    seed(database, small_lab())
    draft_stays(database, ADA)
    return database


@pytest.fixture
def app(tmp_path: Path, lab: Database) -> Iterator[Flask]:
    with open_app(tmp_path, lab) as app:
        yield app


@pytest.fixture
def browser(app: Flask, lab: Database) -> FlaskClient:
    return signed_in(app, lab)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_curve_is_asked_for_drawn_and_chosen_from(
    app: Flask, browser: FlaskClient, lab: Database
) -> None:
    plan = plan_by_hand(lab, recall(lab), elsewhere("ada"))
    draft_stays(lab, ADA)
    assert texts(browser.get(f"{ROOT}/stability").text, "p", class_="empty")[0].startswith(
        "The curve is not known yet"
    )
    browser.post(f"{ROOT}/stability")
    [run] = services_of(app).jobs.submitted  # type: ignore[attr-defined]  # no jobs
    browser.post(f"{ROOT}/stability/runs/{run}/stop")
    answer_stability(lab, plan)

    page = browser.get(f"{ROOT}/stability").text
    rows = texts(page, "tbody")
    assert rows == [
        (
            "none 0 1 3,000 ±0 3,100 Look at it : none "
            "any number 1 1 3,100 +100 3,100 Look at it : any number"
        )
    ]
    answer = browser.post(f"{ROOT}/from-plan", data={"plan": str(plan), "title": "At most 1"})
    assert texts(browser.get(answer.location).text, "h1") == ["At most 1 Other stays only"]


def answer_stability(lab: Database, plan: int) -> None:
    """Store a curve of two points, as the solver would."""
    points: list[dict[str, int | None]] = [
        {"changes": 0, "objective": 3000, "bound": 3100, "changed": 0, "placed": 1},
        {"changes": None, "objective": 3100, "bound": 3100, "changed": 1, "placed": 1},
    ]
    result = {
        "from": "draft",
        "told": 1,
        "fewest": 0,
        "points": [point | {"plan_id": plan} for point in points],
        "revision": 99,
        "scenario": "",
    }
    with lab.writing() as session:
        run = add_run(
            session,
            programme_id="lab",
            draft_id=1,
            kind=RunKind.STABILITY,
            seconds_limit=1,
            workers=1,
            seed=0,
            input_sha256="",
            now=NOW.replace(year=NOW.year + 1),
        )
        claim_run(session, run, now=NOW)
        answer_run(session, run, result, seconds=1.0, now=NOW)


def curve_of(*points: tuple[int | None, int | None]) -> CurveView:
    """Return a curve of objectives and bounds."""
    return CurveView(
        programme_id="lab",
        programme="Lab",
        run=None,
        message="",
        is_current=True,
        is_draft_empty=False,
        is_published=True,
        told=3,
        fewest=0,
        points=tuple(
            CurvePointView(
                changes=number,
                objective=objective,
                bound=bound,
                changed=number,
                placed=1,
                plan_id=1,
            )
            for number, (objective, bound) in enumerate(points)
        ),
        objective=0,
    )


def test_the_picture_has_a_dot_for_each_plan_and_a_band_up_to_the_bound() -> None:
    picture = draw_curve(curve_of((None, 900), (500, 900), (900, 900)))
    assert [tick.value for tick in picture.ticks] == [500, 600, 700, 800, 900]
    assert [(dot.point.changes, dot.y) for dot in picture.dots] == [(1, 266.0), (2, 16.0)]
    assert picture.band == "124.0,16.0 680.0,16.0 680.0,16.0 124.0,266.0"


@pytest.mark.parametrize("objective", [0, 7, -12345, 10**9])
def test_a_curve_of_one_point_can_be_drawn(objective: int) -> None:
    picture = draw_curve(curve_of((objective, None)))
    assert len(picture.ticks) <= 7


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((), "No plan was found in time."),
        ((500, 500), "More changes bring nothing: the plan is as good with hardly any."),
        ((500, 590, 600), "1 change brings 90 of the 100 points that are possible."),
        (
            (500, 510, 600, 600),
            "2 changes bring 100 of the 100 points that are possible.",
        ),
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_changes_bring_is_said(app: Flask, points: tuple[int, ...], said: str) -> None:
    with app.test_request_context():
        assert say_curve(curve_of(*((each, None) for each in points))) == said

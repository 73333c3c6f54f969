"""Uploading a drawing of a floor, from the form to the zones and back."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from models.database import Database
from models.problem_loader import load_problem
from scheduler.problem.types import ZoneId
from tests.builders import (
    make_problem,
    make_zone,
)
from tests.web.laboratory import seed
from tests.web.page_reading import texts
from web.use_cases.floors.template import build_template
from web.use_cases.floors.upload import preview_upload

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FLOOR = "/programmes/lab/floors/floor-1"
SHAPES = f"{FLOOR}/shapes"
L_SHAPE = ((0.0, 0.0), (12.5, 0.0), (12.5, 5.25), (7.0, 5.25), (7.0, 11.0), (0.0, 11.0))


def post(browser: FlaskClient, path: str, **fields: Any) -> Any:
    return browser.post(path, data=fields, content_type="multipart/form-data")


def upload(browser: FlaskClient, data: bytes) -> Any:
    return post(browser, SHAPES, file=(io.BytesIO(data), "floor.svg"))


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field as a browser sends it."""
    (value,) = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return str(value).replace("&#34;", '"').replace("&amp;", "&")


def zone_shape(database: Database) -> Any:
    with database.reading() as session:
        return load_problem(session, "lab").zone[ZoneId("zone-a")].shape


def test_an_upload_is_looked_at_applied_and_undone(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    answer = upload(browser, json.dumps({"zone-a": L_SHAPE}).encode())
    assert (answer.status_code, zone_shape(database)) == (200, None)
    fields = {name: hidden(answer.text, name) for name in ("shapes", "seen")}
    applied = browser.post(f"{SHAPES}/apply", data={**fields, "zone-1": "zone-a"})
    assert (applied.status_code, zone_shape(database)) == (303, L_SHAPE)
    page = browser.get(applied.location).text
    assert texts(page, "form", class_="notice undo no-print") == ["The floor is drawn anew. Undo"]
    browser.post(f"{SHAPES}/undo", data={"change": hidden(page, "change")})
    assert zone_shape(database) is None


def test_a_file_that_is_wrong_says_everything_and_changes_nothing(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    data = json.dumps({"zone-a": [[0, 0], [1, 1]], "Café": [["x"]]}).encode()
    answer = upload(browser, data)
    assert answer.status_code == 422
    (faults,) = texts(answer.text, "section", role="alert")
    assert faults == (
        "2 things to mend; nothing was changed "
        "“Café” has corners that are no numbers. Draw it again. "
        "“zone-a” has no area. A zone needs at least three corners."
    )
    assert texts(answer.text, "button") == ["Sign out", "Look at it first"]


def test_no_file_at_all_says_so(browser: FlaskClient, database: Database) -> None:
    seed(database)
    (faults,) = texts(post(browser, SHAPES).text, "section", role="alert")
    assert faults == (
        "1 thing to mend; nothing was changed "
        "No file was chosen, or it is empty. Choose an SVG or a JSON file."
    )


def test_two_shapes_for_one_zone_come_back_to_be_mended(
    browser: FlaskClient, database: Database
) -> None:
    seed(database)
    answer = upload(browser, json.dumps({"zone-a": L_SHAPE, "other": L_SHAPE}).encode())
    fields = {name: hidden(answer.text, name) for name in ("shapes", "seen")}
    again = browser.post(f"{SHAPES}/apply", data={**fields, "zone-1": "zone-a", "zone-2": "zone-a"})
    assert (again.status_code, zone_shape(database)) == (422, None)
    assert "Two shapes are for “zone-a”. Choose one of them." in again.text
    assert again.text.count("<option") == 4


def test_shapes_are_taken_away_from_the_whole_floor(
    browser: FlaskClient, database: Database
) -> None:
    seed(database, make_problem(zones=(make_zone(shape=L_SHAPE),)))
    page = browser.get(SHAPES).text
    browser.post(f"{SHAPES}/clear", data={"seen": hidden(page, "seen")})
    assert zone_shape(database) is None
    again = browser.post(f"{SHAPES}/clear", data={"seen": hidden(page, "seen")})
    assert "The floor has these shapes already" in browser.get(again.location).text


@pytest.mark.parametrize("path", ["apply", "clear"])
def test_a_broken_form_is_refused(browser: FlaskClient, database: Database, path: str) -> None:
    seed(database)
    assert browser.post(f"{SHAPES}/{path}", data={"seen": "no"}).status_code == 400


def test_the_drawing_that_is_downloaded_comes_back_as_it_was(
    browser: FlaskClient, database: Database
) -> None:
    zones = (
        make_zone(shape=L_SHAPE),
        make_zone("zone-b", area_m2=77, shape=((-3.25, 20), (6.1, 20), (6.1, 28.75))),
        make_zone("zone-c", area_m2=50),
    )
    problem = seed(database, make_problem(zones=zones))
    answer = browser.get(f"{FLOOR}/template.svg")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="floor-1.svg"'
    view = preview_upload(problem, "floor-1", answer.data, language="en")
    drawn = {row.zone: row.number for row in view.rows}
    points = {number: corners for number, _, corners in json.loads(view.shapes)}
    assert view.faults == ()
    assert points[drawn["zone-a"]] == [list(point) for point in L_SHAPE]
    assert points[drawn["zone-b"]] == [[-3.25, 20], [6.1, 20], [6.1, 28.75]]
    laid_out = build_template(problem, "floor-1", language="en")
    assert len(laid_out.rooms) == len(points) == 3


def test_a_name_in_the_drawing_cannot_break_it(browser: FlaskClient, database: Database) -> None:
    zone = replace(make_zone(), name='A & B <script>"x"</script>')
    seed(database, make_problem(zones=(zone,)))
    answer = browser.get(f"{FLOOR}/template.svg").text
    assert "<script>" not in answer
    assert "A &amp; B &lt;script&gt;" in answer
    assert "<script>&#34;" not in browser.get(FLOOR).text

"""The browser libraries: what is copied into the package, and what is said when it cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from web.frontend.build import HERE, SERVED, FrontendError, check_served, copy_served, find_npm


def make_modules(folder: Path) -> Path:
    """Write a file for everything that is served."""
    for source in SERVED:
        path = folder / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{source}\n//# sourceMappingURL=lost.map\n", encoding="utf-8")
    return folder


def test_what_pages_serve_is_copied_without_references_to_source_maps(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    copy_served(make_modules(tmp_path / "modules"), vendor)
    texts = {path.name: path.read_text(encoding="utf-8") for path in vendor.iterdir()}
    assert texts == {target: f"{source}\n" for source, target in SERVED.items()}


def test_what_was_served_before_is_gone(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (vendor / "old.js").write_text("old", encoding="utf-8")
    copy_served(make_modules(tmp_path / "modules"), vendor)
    assert sorted(path.name for path in vendor.iterdir()) == sorted(SERVED.values())


def test_a_missing_library_is_named_and_nothing_is_replaced(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    (tmp_path / "modules").mkdir()
    with pytest.raises(FrontendError, match=r"^uplot/dist/uPlot\.iife\.min\.js is not among"):
        copy_served(tmp_path / "modules", vendor)
    assert list(vendor.iterdir()) == []


def test_libraries_that_were_never_brought_in_are_missed_with_the_remedy(tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    with pytest.raises(FrontendError) as refused:
        check_served(vendor)
    assert str(refused.value) == (
        f"The browser libraries are missing from {vendor}: bring them in with "
        "`make install`, or with `python -m web.frontend.build`"
    )
    copy_served(make_modules(tmp_path / "modules"), vendor)
    check_served(vendor)


def test_npm_comes_from_its_package_where_the_machine_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    command, environment = find_npm()
    assert [Path(part).name for part in command] == ["node", "npm-cli.js"]
    assert [Path(part).exists() for part in command] == [True, True]
    assert environment["PATH"].startswith(str(Path(command[0]).parent))


def test_every_served_library_is_pinned_and_the_lock_names_no_host() -> None:
    package = json.loads((HERE / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    assert {source.partition("/")[0] for source in SERVED} == package["dependencies"].keys()
    resolved = [name for name, item in lock["packages"].items() if "resolved" in item]
    assert resolved == []

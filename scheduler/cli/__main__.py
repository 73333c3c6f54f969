"""Runs the scheduler's commands alone: ``python -m scheduler.cli``."""

from scheduler.cli.group import COMMANDS, build_group

build_group(COMMANDS)(prog_name="sarangchae")

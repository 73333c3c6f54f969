"""The scheduler on the command line: files in, files out; each command loads what it needs."""

from scheduler.cli.group import COMMANDS, LazyGroup, build_group
from scheduler.cli.refusals import Refusal, clean_refusals

__all__ = ["COMMANDS", "LazyGroup", "Refusal", "build_group", "clean_refusals"]

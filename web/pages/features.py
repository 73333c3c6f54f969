"""Features of zones in the reader's language: those that many programmes offer, and others."""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext

FEATURES: dict[str, LazyString] = {
    "accessible": lazy_gettext("step-free access"),
    "arm-cell": lazy_gettext("robot arm cell"),
    "daylight": lazy_gettext("daylight"),
    "gpu-console": lazy_gettext("GPU console"),
    "late-access": lazy_gettext("late access"),
    "meeting-room": lazy_gettext("meeting room"),
    "motion-capture": lazy_gettext("motion capture"),
    "quiet": lazy_gettext("quiet"),
    "robot-cell": lazy_gettext("robot cell"),
    "robot-field": lazy_gettext("robot test field"),
    "secure": lazy_gettext("secured area"),
    "whiteboards": lazy_gettext("whiteboards"),
    "workshop": lazy_gettext("workshop"),
}
"""Features that many programmes offer; others are called as their programme calls them."""


def say_feature(name: str) -> str:
    """Say a feature of a zone."""
    return str(FEATURES.get(name.replace("_", "-"), name.replace("-", " ").replace("_", " ")))

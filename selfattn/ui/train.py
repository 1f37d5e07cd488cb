"""Training vectors on a text of one's own."""

from __future__ import annotations

from selfattn.ui import shell
from selfattn.ui.choice import Choice


def choose() -> Choice:
    """Choose the text and the settings of a training."""
    return Choice(lambda: shell.finding("Train."))

"""What can go wrong that a user can cause, as exceptions with messages meant for that user."""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that a user can cause. The message is one line and names what is at fault."""


class InputError(OnrecordError):
    """An input that cannot be read.

    ``where`` names it as the user would: a path, ``path:line``, a URL, or ``-``.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class WeightsError(OnrecordError):
    """The weights are missing, or are not the ones that the model card names."""

"""A thousand decisions with a letter, the sender at work: taken back after 29 seconds none leaves a
mail, after 31 each leaves one and stands."""

import tempfile
from pathlib import Path

from tests.ready_desk import open_ready
from tests.undoing import add_account, take_back_in_time_and_late

EACH = 500


def drill() -> bool:
    """Whether it held."""
    with tempfile.TemporaryDirectory() as folder:
        for desk in open_ready(Path(folder)):
            found = take_back_in_time_and_late(desk, add_account(desk), 2 * EACH)
            print(f"undo at 29 s: {found.early_mails} mails in {EACH}")
            print(f"undo at 31 s: {found.late_mails} mails in {EACH}, {found.late_undone} undone")
            return (found.early_mails, found.late_mails, found.late_undone) == (0, EACH, 0)
    return False

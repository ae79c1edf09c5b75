"""Mails examined side by side are filed in the order they came in, a sender's among themselves.

A help within one process, for numbers and letters that come in the order of the mails; what keeps a
contribution in two mails from being split is the lock at filing (desk.workflow.process_mail).
"""

import threading

PATIENCE = 5.0  # seconds a mail waits for those before it once it could be filed


class FilingOrder:
    """Which jobs are under way, oldest first, and whose mail each of them is, once that is
    known."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._senders: dict[int, str | None] = {}
        self._changed = threading.Condition()
        self._patience = patience

    def enter(self, job_id: int) -> None:
        """The job was claimed."""
        with self._changed:
            self._senders[job_id] = None

    def leave(self, job_id: int) -> None:
        """The job is filed, or is not going to be now."""
        with self._changed:
            self._senders.pop(job_id, None)
            self._changed.notify_all()

    def wait_turn(self, job_id: int, sender: str) -> None:
        """It is a mail of this sender's, ready to be filed: wait for those before it that are, or
        may be, the same sender's."""
        with self._changed:
            self._senders[job_id] = sender
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._is_behind(job_id, sender), self._patience)

    def _is_behind(self, job_id: int, sender: str) -> bool:
        for earlier, theirs in self._senders.items():
            if earlier == job_id:
                return False
            if theirs is None or theirs == sender:
                return True
        return False

"""Whether a thread of ours moves."""

import time


class Pulse:
    """Beaten by a thread at each step of its work; others see for how long it has been silent."""

    def __init__(self) -> None:
        self._at = time.monotonic()

    def beat(self, ahead: float = 0.0) -> None:
        """A step was made; the next may take `ahead` seconds more, for it is a wait."""
        self._at = time.monotonic() + ahead

    @property
    def silence(self) -> float:
        """Seconds since the last step, or since the end of the wait it announced; not below 0."""
        return max(0.0, time.monotonic() - self._at)

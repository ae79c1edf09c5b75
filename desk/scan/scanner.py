"""A scanner that says "clean" only of what it looked into.

clamd answers OK for a file above its MaxFileSize or MaxScanSize, which it did not look into. So before
a file counts as clean, a test file as large must have been found (desk.scan.proof): once an hour
and size, and only where a larger one was not found already.
"""

import time
from pathlib import Path

from desk.scan.clamd import SECONDS, Scanned, scan_stream
from desk.scan.proof import make_proof
from redaksi.config.scanner.address import Address

_AGAIN = 3600.0  # seconds after which it is proved anew: settings change


class Scanner:
    """One clamd; may be used by several threads."""

    def __init__(self, address: Address, seconds: float = SECONDS) -> None:
        self._address, self._seconds = address, seconds
        self._proved = (0, 0.0)  # octets, and when

    def scan(self, path: Path) -> Scanned:
        """What it says of a file. Raises ScannerSilent; OSError where the file cannot be read."""
        with path.open("rb") as stream:
            scanned = scan_stream(self._address, stream, self._seconds)
            size = stream.tell()
        if scanned.outcome == "clean" and not self._is_proved(size) and not self.prove(size):
            return Scanned(outcome="too_large")
        return scanned

    def prove(self, size: int) -> bool:
        """Whether it finds something at the end of a file of `size` octets. Raises ScannerSilent."""
        begun = time.monotonic()
        with make_proof(size) as stream:
            is_found = scan_stream(self._address, stream, self._seconds).outcome == "found"
        if is_found:
            self._proved = (size, begun)
        return is_found

    def _is_proved(self, size: int) -> bool:
        proved, at = self._proved
        return size <= proved and time.monotonic() - at < _AGAIN

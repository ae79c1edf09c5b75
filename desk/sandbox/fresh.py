"""A child that is no copy of the server: it loads what it needs and confines itself. Where a
process must not be forked without exec (macOS)."""

import os
import socket
import sys

from desk.sandbox import child
from desk.sandbox.confinement.confine import prepare


def main() -> None:
    """One reading, on the line whose descriptor is the first argument."""
    with socket.socket(fileno=int(sys.argv[1])) as line:
        status = child.run(line, prepare(), os.getppid(), None)
    os._exit(status)


if __name__ == "__main__":
    main()

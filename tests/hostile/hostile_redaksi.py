"""`redaksi` whose children run a payload in place of the reading: `python -m
tests.hostile.hostile_redaksi MODULE:FUNCTION VERB...`."""

import sys
from functools import partial

from desk.cli import cli
from desk.sandbox import host
from desk.sandbox.fork_server import ForkServer


def main() -> None:
    """The command as it is, but for its fork server."""
    payload = sys.argv.pop(1)
    server = partial(ForkServer, "tests.hostile.payload_server", payload)
    setattr(host, "ForkServer", server)  # noqa: B010 - a patch, said aloud
    cli()


if __name__ == "__main__":
    main()

"""The fork server on a machine that confines children less than it confined the probe."""

import msgspec

from desk.sandbox import server
from desk.sandbox.confinement.confine import Prepared
from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.confinement.measures import Measures
from desk.sandbox.confinement.probe import probe


def probe_better(prepared: Prepared, bounds: Bounds) -> Measures | None:
    """What no kernel gives: an ABI of Landlock that is to come."""
    measures = probe(prepared, bounds)
    assert measures
    standing = msgspec.structs.replace(measures.standing, landlock=99)
    return msgspec.structs.replace(measures, standing=standing)


setattr(server, "probe", probe_better)  # noqa: B010 - a patch, said aloud

if __name__ == "__main__":
    server.main()

"""A mail as the worker believes it: read twice, in this process."""

from desk.domain.agreement import agree
from desk.pipeline import examine, identify
from desk.sandbox.trust.believed import believe
from desk.sandbox.trust.bounded import bound
from ingest.read.parcel import read_email
from redaksi.limits import Limits
from redaksi.model import Examination


def examine_believed(raw: bytes, name: str, limits: Limits) -> Examination:
    """Its Examination, of which the reading of the header changes nothing: no honest mail is
    taken for an attack."""
    examination = examine(read_email(raw, name, limits.safety), limits)
    assert believe(examination, name) == bound(examination) == examination
    header = identify(raw[: limits.safety.header_prefix], limits)
    assert agree(header, examination, limits.identity) == examination
    return examination

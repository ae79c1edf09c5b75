"""What a reading made for people is taken in where it is what its role says; and a header's reading
is given the header alone."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from desk.pipeline import identify
from desk.sandbox.host import Request, Sandbox
from desk.sandbox.protocol import ProtocolError, Role
from desk.sandbox.request import make_caps, make_task, open_inputs, read_prefix
from desk.sandbox.sink import check_made
from redaksi.limits import Identity, Limits
from tests.unit.read_mail.mails import attachment, docx, mail, picture, text

LIMITS = Limits(identity=Identity(authserv_id="mx.warta.example"))
RAW = mail(text("Terlampir."), attachment(bytes(600_000), "foto.jpg")) + b"the end"
ZIP = docx()


@pytest.mark.parametrize(
    ("role", "octets", "taken"),
    [
        ("original", b"anything", True),
        ("original", b"", True),
        ("thumbnail", picture(480, 320), True),
        ("thumbnail", picture(481, 320), False),
        ("thumbnail", picture(48, 32, "PNG"), False),
        ("thumbnail", b"<script>", False),
        ("screen", picture(1600, 1200), True),
        ("screen", picture(1200, 1601), False),
        ("publish", picture(1600, 1200), True),
        ("publish", picture(1601, 20), False),
        ("publish", picture(48, 32, "PNG"), False),
        ("jpeg", picture(3000, 20), True),
        ("jpeg", picture(30, 20) + b"<script>", False),
        ("tidied", ZIP, True),
        ("tidied", picture(30, 20), False),
        ("annotated", b"", False),
    ],
)
def test_what_was_made_is_what_its_role_says(
    role: Role, octets: bytes, taken: bool, tmp_path: Path
) -> None:
    path = tmp_path / "1"
    path.write_bytes(octets)
    if taken:
        check_made(path, role)
        return
    with pytest.raises(ProtocolError):
        check_made(path, role)


def test_the_reading_of_a_header_is_given_nothing_else(tmp_path: Path) -> None:
    raw = tmp_path / "m.eml"
    raw.write_bytes(RAW)
    request = Request(source="", limits=LIMITS, prefix=read_prefix(raw, LIMITS.safety))
    task = make_task(request, 0, 1000)
    with ExitStack() as stack:
        assert open_inputs(request, stack) == []
    assert task.prefix == RAW[: LIMITS.safety.header_prefix]
    assert not task.mail and not task.names and b"the end" not in task.prefix
    assert make_caps(request, task).most == {}


def test_a_child_reads_the_header_as_the_pipeline_does(tmp_path: Path) -> None:
    raw = tmp_path / "m.eml"
    raw.write_bytes(RAW)
    with Sandbox() as sandbox:
        found = sandbox.identify(raw, LIMITS)
    assert found == identify(RAW[: LIMITS.safety.header_prefix], LIMITS)
    assert found.mail.from_address == "siti@contoh.id"

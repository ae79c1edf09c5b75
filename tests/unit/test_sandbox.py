"""The sandbox: a mail cannot take the parent down, and what goes wrong is told as whose fault it
is."""

import io
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from desk.demo.samples import samples
from desk.sandbox.host import Crashed, Sandbox, SandboxLimits
from desk.sandbox.protocol import ChildLimits
from redaksi.limits import MB, Limits

GOOD = next(s for s in samples() if s.name == "lengkap")


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(GOOD.raw)
    return path


def test_a_mail_is_examined_and_its_files_are_kept_by_hash(mail: Path, tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    keep.mkdir()
    with Sandbox() as sandbox:
        examination = sandbox.examine_mail(mail, "m", Limits(), keep)
    submission = examination.assessments[0].submission
    kept = {file.name for file in keep.iterdir()}
    assert {p.sha256 for p in submission.photos} | {submission.documents[0].sha256} <= kept
    made = {f"{p.sha256}.{role}.jpg" for p in submission.photos for role in ("thumbnail", "screen")}
    assert made <= kept


def test_the_child_is_reused_and_replaced_after_so_many_mails(mail: Path) -> None:
    with Sandbox(SandboxLimits(per_child=2)) as sandbox:
        pids = []
        for _ in range(3):
            sandbox.examine_mail(mail, "m", Limits())
            pids.append(sandbox.pid)
    assert pids[0] is not None
    assert pids[1] is None  # ended after its second mail
    assert pids[2] not in (None, pids[0])


def test_a_child_that_is_killed_is_our_fault_and_the_next_mail_goes_on(mail: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.examine_mail(mail, "m", Limits())
        assert sandbox.pid
        os.kill(sandbox.pid, signal.SIGSTOP)
        killer = threading.Timer(0.3, os.kill, (sandbox.pid, signal.SIGKILL))
        killer.start()
        with pytest.raises(Crashed, match="SIGKILL"):
            sandbox.examine_mail(mail, "m", Limits())
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"


def test_a_child_that_hangs_is_ended_when_its_time_is_up(mail: Path) -> None:
    with Sandbox(SandboxLimits(wall_clock=5.0)) as sandbox:
        sandbox.examine_mail(mail, "m", Limits())
        assert sandbox.pid
        os.kill(sandbox.pid, signal.SIGSTOP)
        started = time.monotonic()
        with pytest.raises(Crashed, match="time"):
            sandbox.examine_mail(mail, "m", Limits())
        assert time.monotonic() - started < 30


def test_a_mail_that_breaks_the_memory_limit_is_quarantined(tmp_path: Path) -> None:
    path = tmp_path / "big.eml"
    path.write_bytes(b"From: a@b.example\r\nSubject: x\r\n\r\n" + b"x" * 30 * MB)
    with Sandbox(SandboxLimits(memory=220 * MB)) as sandbox:
        try:
            examination = sandbox.examine_mail(path, "m", Limits())
        except Crashed:
            pytest.fail("the child died instead of saying that memory ran out")
    assert examination.decision in ("quarantine", "ignore")


def test_the_child_has_its_limits_before_the_first_byte() -> None:
    with Sandbox(SandboxLimits(memory=900 * MB)) as sandbox:
        sandbox.start()
        limits = Path(f"/proc/{sandbox.pid}/limits")
        if not limits.exists():
            pytest.skip("no /proc here")
        deadline = time.monotonic() + 20
        while "Max address space" in (told := limits.read_text()) and str(900 * MB) not in told:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert ChildLimits(memory=1).network is False


def test_what_a_library_prints_about_a_damaged_file_reaches_nobody(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """libtiff writes its complaints to the process's standard error itself."""
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 80).convert("RGB").save(out, "TIFF", compression="tiff_lzw")
    damaged = bytearray(out.getvalue())
    damaged[20_000:60_000:7] = bytes(len(damaged[20_000:60_000:7]))
    (tmp_path / "a.tiff").write_bytes(damaged)
    with Sandbox() as sandbox:
        sandbox.examine_files([("a.tiff", tmp_path / "a.tiff")], "m", Limits())
    assert capfd.readouterr() == ("", "")

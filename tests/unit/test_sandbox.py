"""The sandbox: a mail cannot take the worker down, and what goes wrong is named by its cause."""

import io
import os
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import pytest
from msgspec import structs
from PIL import Image

from desk.demo.samples import samples
from desk.sandbox.confinement.measures import Refusable
from desk.sandbox.fork_server import SERVER, Forked, ForkServer, ServerDied
from desk.sandbox.host import Crashed, Request, Sandbox, SandboxLimits
from desk.sandbox.protocol import UNCONFINED
from desk.sandbox.sink import FolderSink
from redaksi.limits import MB, Limits
from tests.mortal import MortalSandbox

GOOD = next(s for s in samples() if s.name == "lengkap")


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "mail.eml"
    path.write_bytes(GOOD.raw)
    return path


def dying(payload: str, limits: SandboxLimits | None = None) -> Sandbox:
    """A sandbox whose children do that in place of reading."""
    server = ForkServer("tests.hostile.payload_server", f"tests.hostile.deaths:{payload}")
    return Sandbox(limits, server)


def test_a_mail_is_examined_and_its_files_are_given_back(mail: Path, tmp_path: Path) -> None:
    sink = FolderSink(tmp_path)
    with Sandbox() as sandbox:
        examination = sandbox.examine_mail(mail, "m", Limits(), sink)
    submission = examination.assessments[0].submission
    given = {(each.file.role, each.file.original): each for each in sink.received}
    listed = {p.sha256 for p in submission.photos} | {submission.documents[0].sha256}
    assert {("original", sha256) for sha256 in listed} <= given.keys()
    assert {(role, p.sha256) for p in submission.photos for role in ("thumbnail", "screen")} < (
        given.keys()
    )
    assert {each.path.stat().st_mode & 0o777 for each in sink.received} == {0o600}


def test_each_reading_has_a_child_of_its_own_and_the_server_stays(mail: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.start()
        server = sandbox.server.pid
        readings = [sandbox.read(Request(source="m", limits=Limits(), mail=mail)) for _ in "123"]
        assert sandbox.server.pid == server
    assert [reading.examination.decision for reading in readings] == ["accept"] * 3
    assert all(reading.processor > 0 for reading in readings)


@pytest.mark.parametrize(
    ("payload", "cause", "file"),
    [
        ("sleep", "wall", 3),
        ("abort", "signal", 7),
        ("spin", "processor", None),
        ("grow", "memory", None),
        ("raise_error", "exit", None),
    ],
)
def test_a_death_is_told_by_its_cause_and_the_file_that_was_read(
    payload: str, cause: str, file: int | None, mail: Path, tmp_path: Path
) -> None:
    limits = SandboxLimits(
        wall_clock=2.0 if payload == "sleep" else 60.0, processor=1 if payload == "spin" else 20
    )
    sink = FolderSink(tmp_path)
    with dying(payload, limits) as sandbox, pytest.raises(Crashed) as crashed:
        sandbox.examine_mail(mail, "m", Limits(), sink)
    assert (crashed.value.cause, crashed.value.file) == (cause, file)
    assert sink.received == []


def test_a_signal_without_a_name_is_a_death_too(mail: Path) -> None:
    """A child that no filter holds may raise any of the 64 (signal(7), real-time signals)."""
    server = ForkServer(
        "tests.hostile.payload_server", "tests.hostile.deaths:raise_nameless", refuse=("seccomp",)
    )
    with Sandbox(server=server) as sandbox, pytest.raises(Crashed) as crashed:
        sandbox.examine_mail(mail, "m", Limits())
    assert crashed.value.cause == "signal"


def test_after_a_death_the_next_mail_goes_on(mail: Path) -> None:
    with dying("die_of_the_first") as sandbox:
        with pytest.raises(Crashed):
            sandbox.examine_mail(mail, "dies", Limits())
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"


def test_a_server_that_was_killed_is_started_anew(mail: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.start()
        before = sandbox.server.pid
        assert before
        os.kill(before, signal.SIGKILL)
        os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"
        assert sandbox.server.pid != before


def test_who_waits_for_a_child_that_is_abandoned_is_told(mail: Path) -> None:
    with dying("sleep") as sandbox, ThreadPoolExecutor(1) as threads:
        sandbox.start()
        waiting = threads.submit(sandbox.examine_mail, mail, "m", Limits())
        threading.Timer(0.5, sandbox.abandon).start()
        assert isinstance(waiting.exception(30), Crashed)


def test_a_mail_that_needs_more_memory_than_there_is_says_so(tmp_path: Path) -> None:
    path = tmp_path / "big.eml"
    path.write_bytes(b"From: a@b.example\r\nSubject: x\r\n\r\n" + b"x" * 30 * MB)
    with Sandbox(SandboxLimits(memory=220 * MB)) as sandbox:
        try:
            assert sandbox.examine_mail(path, "m", Limits()).decision == "review"
        except Crashed as crashed:
            assert crashed.cause == "memory"


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


def test_a_sandbox_says_what_holds_its_children() -> None:
    with Sandbox() as sandbox:
        measures = sandbox.start()
    assert (measures.level, measures.lacking) == ("full", ())


@pytest.mark.parametrize("refused", ["landlock", "seccomp"])
def test_where_the_kernel_lacks_a_measure_it_says_so_and_reads(
    refused: Refusable, mail: Path
) -> None:
    with Sandbox(server=ForkServer(refuse=(refused,))) as sandbox:
        measures = sandbox.start()
        assert measures.level == "basic"
        assert refused in measures.lacking
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"


def test_where_nothing_may_be_forked_a_child_is_started_anew(mail: Path) -> None:
    with Sandbox(server=ForkServer("tests.hostile.fresh_server")) as sandbox:
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"


def test_a_child_that_is_held_by_less_than_the_probe_reads_nothing(mail: Path) -> None:
    loose = Sandbox(server=ForkServer("tests.hostile.loose_server"))
    with loose, pytest.raises(Crashed, match=str(UNCONFINED)):
        loose.examine_mail(mail, "m", Limits())


def test_the_file_that_killed_a_child_is_named_and_the_next_reading_skips_it(mail: Path) -> None:
    with dying("abort_in_a_photo") as sandbox:
        request = Request(source="m", limits=Limits(), mail=mail)
        died: list[int] = []
        for _ in range(4):
            again = structs.replace(request, skip=tuple(died))
            try:
                examination = sandbox.read(again).examination
            except Crashed as crashed:
                assert crashed.cause == "signal"
                assert crashed.file not in (None, *died)
                died.append(crashed.file or 0)
    assert examination.decision == "review"
    (judged,) = examination.assessments
    assert judged.submission.document
    assert judged.submission.document.judged
    assert [photo.judged for photo in judged.submission.photos] == [False] * len(died)
    assert {finding.subject for finding in judged.findings}.isdisjoint(
        photo.name for photo in judged.submission.photos
    )


@pytest.mark.parametrize("bare", [True, False])
def test_over_its_time_or_bare_a_reading_begins_no_file_and_an_editor_looks(
    bare: bool, mail: Path, tmp_path: Path
) -> None:
    payload = "die_of_the_first" if bare else "be_slow"
    sink = FolderSink(tmp_path)
    with dying(payload, SandboxLimits(processor=20 if bare else 1)) as sandbox:
        request = Request(source="m", limits=Limits(), mail=mail, bare=bare, keep=True)
        examination = sandbox.read(request, sink).examination
    assert examination.decision == "review"
    assert examination.answer is None or not examination.answer.send
    assert {each.file.role for each in sink.received} == {"original"}


def test_a_server_that_died_unseen_costs_no_reading(mail: Path) -> None:
    """Nothing of the mail was with it yet."""
    with Sandbox() as sandbox:
        sandbox.start()
        assert sandbox.server.pid
        os.kill(sandbox.server.pid, signal.SIGSTOP)  # alive, and silent
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"


def test_the_death_of_a_server_ends_no_reading_of_the_next(mail: Path) -> None:
    """Who read beside it asks the next server for a child that it never had."""
    with Sandbox() as sandbox:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            child = sandbox.server.fork(theirs)
            assert sandbox.server.pid
            os.kill(sandbox.server.pid, signal.SIGKILL)
            os.waitid(os.P_PID, sandbox.server.pid, os.WEXITED | os.WNOWAIT)
            sandbox.start()
            after = sandbox.server.pid
            with pytest.raises(ServerDied):
                sandbox.server.reap(child, kill=True)
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"
        assert sandbox.server.pid == after


@pytest.mark.parametrize(
    ("module", "executable"),
    [("tests.there_is_no_such_server", sys.executable), (SERVER, "/nowhere/python")],
)
def test_where_no_server_starts_the_mail_was_not_begun(
    module: str, executable: str, mail: Path
) -> None:
    """Its module does not load; the system starts no process (execve(2), ENOENT, ENOMEM)."""
    with (
        mock.patch("sys.executable", executable),
        Sandbox(server=ForkServer(module)) as sandbox,
        pytest.raises(Crashed) as crashed,
    ):
        sandbox.examine_mail(mail, "m", Limits())
    assert crashed.value.cause == "start"


@pytest.mark.parametrize("of_headers", [True, False])
def test_the_death_of_its_server_is_no_death_of_the_child(of_headers: bool, mail: Path) -> None:
    with MortalSandbox(1, of_headers=of_headers) as sandbox, pytest.raises(Crashed) as crashed:
        if of_headers:
            sandbox.identify(mail, Limits())
        sandbox.examine_mail(mail, "m", Limits())
    assert crashed.value.cause == "server"


def test_what_was_abandoned_begins_nothing_more(mail: Path) -> None:
    with Sandbox() as sandbox:
        sandbox.start()
        sandbox.abandon()
        with pytest.raises(Crashed) as crashed:
            sandbox.examine_mail(mail, "m", Limits())
        assert (crashed.value.cause, sandbox.server.pid) == ("start", None)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_to_end_is_the_workers_to_heed(number: signal.Signals, mail: Path) -> None:
    """systemd sends it to each process of a unit (systemd.kill(5), KillMode)."""

    class Signalled(Sandbox):
        def _fork(self, stack: ExitStack) -> tuple[socket.socket, Forked]:
            line, child = super()._fork(stack)
            assert self.server.pid
            for pid in (self.server.pid, child.pid):
                os.kill(pid, number)
            return line, child

    with Signalled() as sandbox:
        assert sandbox.examine_mail(mail, "m", Limits()).decision == "accept"


def test_an_answer_that_is_none_took_what_another_takes(mail: Path) -> None:
    with dying("answer_nonsense") as sandbox, pytest.raises(Crashed) as crashed:
        sandbox.examine_mail(mail, "m", Limits())
    assert crashed.value.cause == "protocol"
    assert 0.3 <= crashed.value.processor <= crashed.value.elapsed + 0.1

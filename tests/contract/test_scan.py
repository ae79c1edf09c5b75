"""The virus scanner, with a real clamd: what is found, and that nothing is called clean that was not
looked into."""

import io
import socket
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.scan.clamd import Scanned, read_answer, scan_stream
from desk.scan.proof import eicar, make_proof
from desk.scan.scanner import Scanner
from redaksi.config.scanner.address import Address, read_address
from redaksi.errors import ScannerSilent
from tests.clamd import Clamd, faked, running

FOUND = Scanned(outcome="found", signature="Eicar-Own.UNOFFICIAL")
CLEAN, TOO_LARGE = Scanned(outcome="clean"), Scanned(outcome="too_large")
MB = 1024 * 1024


@pytest.fixture(scope="module")
def small() -> Iterator[Clamd]:
    """One whose stream ends early."""
    with running(StreamMaxLength="1M") as server:
        yield server


@pytest.fixture(scope="module")
def blind() -> Iterator[Clamd]:
    """One that takes everything and looks into little of it."""
    with running(MaxFileSize="1M", MaxScanSize="1M") as server:
        yield server


def padded(size: int) -> bytes:
    return b"x" * (size - 68) + eicar()


def packed(name: str = "isi/berkas.bin") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<w:document/>" * 100)
        archive.writestr(name, eicar())
    return file.getvalue()


def scan(address: Address, folder: Path, content: bytes) -> Scanned:
    file = folder / "berkas"
    file.write_bytes(content)
    return Scanner(address, 20).scan(file)


@pytest.mark.parametrize(
    "content",
    [
        eicar(), padded(1024), padded(int(24.9 * MB)), padded(30 * MB), packed(),
        packed("word/embeddings/oleObject1.bin"),
    ],
    ids=["bare", "1KB", "24.9MB", "30MB", "zip", "docx"],
)  # fmt: skip
def test_it_is_found_wherever_it_lies(clamd: Clamd, tmp_path: Path, content: bytes) -> None:
    assert scan(clamd.address, tmp_path, content) == FOUND


@pytest.mark.parametrize("content", [b"", b"Halo.\n", b"x" * 3 * MB])
def test_what_it_looked_into_is_clean(clamd: Clamd, tmp_path: Path, content: bytes) -> None:
    assert scan(clamd.address, tmp_path, content) == CLEAN
    assert scan(clamd.inet, tmp_path, content) == CLEAN


@pytest.mark.parametrize("size", [MB + 1, MB + 65536, 3 * MB, 30 * MB])
def test_what_is_larger_than_its_stream_is_too_large(
    small: Clamd, tmp_path: Path, size: int
) -> None:
    for address in (small.address, small.inet):
        assert scan(address, tmp_path, b"x" * size) == TOO_LARGE


@pytest.mark.parametrize("content", [padded(2 * MB), b"x" * 2 * MB, padded(30 * MB)])
def test_what_it_says_ok_to_without_looking_is_too_large(
    blind: Clamd, tmp_path: Path, content: bytes
) -> None:
    with io.BytesIO(content) as stream:  # this is what its "OK" is worth
        assert scan_stream(blind.address, stream) == CLEAN
    assert scan(blind.address, tmp_path, content) == TOO_LARGE
    assert scan(blind.address, tmp_path, b"Halo.\n") == CLEAN


def test_the_proof_is_asked_for_once_and_again_for_what_is_larger(
    clamd: Clamd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def noting(size: int) -> object:
        sizes.append(size)
        return make_proof(size)

    monkeypatch.setattr("desk.scan.scanner.make_proof", noting)
    scanner, file = Scanner(clamd.address), tmp_path / "berkas"
    for size in (100_000, 50_000, 100_000, 200_000):
        file.write_bytes(b"x" * size)
        assert scanner.scan(file) == CLEAN
    assert sizes == [100_000, 200_000]


# ── whoever does not answer ───────────────────────────────────────────────────────────────────────


def read_some(link: socket.socket) -> None:
    link.recv(MB)


def answer(text: bytes) -> Callable[[socket.socket], None]:
    def behave(link: socket.socket) -> None:
        while not link.recv(MB).endswith(b"\0\0\0\0"):
            pass
        link.sendall(text)

    return behave


def hang(link: socket.socket) -> None:
    while link.recv(MB):
        pass


@pytest.mark.parametrize(
    "behave",
    [
        hang, read_some, answer(b""), answer(b"\0"), answer(b"stream: O"), answer(b"stream: OK"),
        answer(b"stream: OK\n\0"), answer(b"OK\0"), answer(b"stream: OK FOUN\0"),
        answer(b"stream: Can't allocate memory ERROR\0"), answer(b"UNKNOWN COMMAND\0"),
        answer(b"x" * 5000),
    ],
    ids=["hangs", "breaks-off", "nothing", "empty", "cut", "no-end", "line-feed", "bare", "odd",
         "error", "unknown", "endless"],
)  # fmt: skip
def test_whatever_is_no_answer_is_not_clean(
    tmp_path: Path, behave: Callable[[socket.socket], None]
) -> None:
    file = tmp_path / "berkas"
    file.write_bytes(b"Halo.\n" * 100_000)
    with faked(behave) as address, pytest.raises(ScannerSilent):
        Scanner(address, 0.5).scan(file)


def test_one_that_is_not_there_is_named(tmp_path: Path) -> None:
    file = tmp_path / "berkas"
    file.write_bytes(b"Halo.\n")
    for address in (Address(path=str(tmp_path / "none")), Address(host="127.0.0.1", port=1)):
        with pytest.raises(ScannerSilent) as told:
            Scanner(address).scan(file)
        assert str(address) in str(told.value)


class Slow(io.RawIOBase):
    """A file of 10 MB; while it is read something happens."""

    def __init__(self, happens: Callable[[], None]) -> None:
        self.given, self.happens = 0, happens

    def read(self, size: int = -1) -> bytes:
        self.given += 1
        if self.given == 10:
            self.happens()
        return b"x" * size if self.given < 160 else b""


def test_one_that_is_killed_in_the_middle_called_nothing_clean() -> None:
    with running() as server, pytest.raises(ScannerSilent):
        scan_stream(server.address, Slow(server.kill))  # type: ignore[arg-type]


def test_a_slow_one_has_so_long_for_all_of_it() -> None:
    def trickle(link: socket.socket) -> None:
        for _ in range(1000):
            link.sendall(b"s")
            time.sleep(0.05)

    begun = time.monotonic()
    with faked(trickle) as address, pytest.raises(ScannerSilent):
        scan_stream(address, io.BytesIO(b"Halo."), 0.5)
    assert time.monotonic() - begun < 20


# ── words ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "scanned"),
    [
        (b"stream: OK", CLEAN),
        (b"stream: Win.Test-1 FOUND", Scanned(outcome="found", signature="Win.Test-1")),
        (b"stream: a\x1b[31m\r\nb FOUND", Scanned(outcome="found", signature="a [31m b")),
        (b"stream: \xff FOUND", Scanned(outcome="found", signature="�")),
        (b"stream:  FOUND", Scanned(outcome="found", signature="?")),
        (b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND", TOO_LARGE),
        (b"INSTREAM size limit exceeded. ERROR", TOO_LARGE),
    ],
)
def test_what_an_answer_says(line: bytes, scanned: Scanned) -> None:
    assert read_answer(line) == scanned


def test_a_signature_is_bounded() -> None:
    scanned = read_answer(b"stream: " + b"V" * 4000 + b" FOUND")
    assert (scanned.outcome, len(scanned.signature) <= 80) == ("found", True)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("unix:/run/clamav/clamd.ctl", Address(path="/run/clamav/clamd.ctl")),
        ("tcp:pemindai:3310", Address(host="pemindai", port=3310)),
        ("tcp:[::1]:3310", Address(host="::1", port=3310)),
        ("unix:clamd.ctl", None),
        ("tcp:pemindai", None),
        ("tcp::3310", None),
        ("tcp:pemindai:0", None),
        ("tcp:pemindai:99999", None),
        ("/run/clamav/clamd.ctl", None),
        ("", None),
    ],
)
def test_an_address_is_read(written: str, address: Address | None) -> None:
    assert read_address(written) == address

"""What runs inside the sandbox: one child process, mails one after another, nothing kept between
them.

The child reads requests from standard input and writes answers to standard output, each a length (4
bytes, big endian) and a MessagePack body. It has limits on memory, time and files before it touches
the first byte.
"""

import errno
import mmap
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from desk.domain.merge import merge_parcels
from desk.pipeline import examine
from desk.sandbox.confinement import allow_processor, confine
from desk.sandbox.emitted import write_into
from desk.sandbox.protocol import ChildLimits, Reply, Request, read_frame, write_frame
from desk.sandbox.taken_out import emit_pictures_inside
from ingest.read.mail.delivery import is_report, read_report
from ingest.read.parcel import read_email, read_files
from redaksi.arrival import File, Parcel
from redaksi.model import Examination
from validators.registry import make_rulebook

DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}  # faults of ours


@contextmanager
def map_file(path: str) -> Iterator[mmap.mmap | bytes]:
    """The bytes of a file, mapped rather than read: no attachment is held twice."""
    with Path(path).open("rb") as stream:
        if os.fstat(stream.fileno()).st_size == 0:
            yield b""
            return
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        try:
            yield mapped
        finally:
            with suppress(BufferError):  # a traceback may still hold a view; the map goes with it
                mapped.close()


def keep(files: tuple[File, ...], folder: Path) -> None:
    """Write each file's bytes as `<sha256>`; what was made of them is there by then."""
    for file in files:
        target = folder / file.sha256
        if not target.exists():
            target.write_bytes(file.load())


def tidy(files: tuple[File, ...], examination: Examination, request: Request) -> None:
    """Write the tidied copy of the first document that can be read; nothing when there is none."""
    from ingest.read.document.reformat import (  # noqa: PLC0415 - python-docx, for --fix alone
        reformat_document,
    )

    rules = make_rulebook(request.limits.rules)
    for judged in examination.assessments:
        document = judged.submission.document
        file = next((f for f in files if document and f.sha256 == document.sha256), None)
        if document and file and document.readable and document.judged:
            copy = reformat_document(
                file.load(), document.kind, document, rules.fonts, rules.points, rules.lines
            )
            Path(request.tidy).write_bytes(copy)
            return


def examine_request(request: Request) -> Examination:
    """Examine one request and leave the files' bytes in its folder."""

    def done(parcel: Parcel) -> Examination:
        emit = write_into(Path(request.keep)) if request.keep else None
        examination = examine(parcel, request.limits, emit)
        if request.keep:
            keep(parcel.files, Path(request.keep))
        if emit is not None:
            judged, safety = examination.assessments, request.limits.safety
            emit_pictures_inside(parcel.files, judged, safety, emit)
        if request.tidy:
            tidy(parcel.files, examination, request)
        return examination

    safety = request.limits.safety
    named = [(name, Path(path).read_bytes()) for name, path in request.files]
    if not request.mail:
        return done(read_files(named, request.source, safety))
    with map_file(request.mail) as raw:
        parcel = read_email(raw, request.source, safety)
        if request.plan is not None:
            stays = read_files(named, request.source, safety)
            parcel = merge_parcels(parcel, stays.files, request.plan)
        examination = done(parcel)
        if examination.mail_kind == "dsn" or (parcel.mail and is_report(parcel.mail)):
            examination = msgspec.structs.replace(examination, report=read_report(raw, safety))
        return examination


def answer(request: Request) -> Reply:
    """Examine; a parcel that breaks the memory limit is told as such. Any other crash ends the
    child."""
    allow_processor(request.cpu)
    try:
        return Reply(examination=examine_request(request))
    except MemoryError:
        return Reply(broke="memory")
    except OSError as error:
        if error.errno not in DISK:
            raise
        return Reply(disk=errno.errorcode.get(error.errno or 0, "EIO"))


def main() -> None:
    """Serve requests until standard input ends. The first frame is the ChildLimits."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the answers
    first = read_frame(requests)
    if first is None:
        return
    confine(msgspec.msgpack.decode(first, type=ChildLimits))
    while (frame := read_frame(requests)) is not None:
        reply = answer(msgspec.msgpack.decode(frame, type=Request))
        write_frame(answers, msgspec.msgpack.encode(reply))


if __name__ == "__main__":
    main()

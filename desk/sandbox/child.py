"""What runs inside the sandbox: one reading, then the end.

The child is forked with everything imported. It is confined before it learns what it is to read;
its inputs are descriptors, its outputs frames.
"""

import hashlib
import mmap
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import msgspec

from desk.domain.merge import merge_parcels
from desk.pipeline import examine, identify
from desk.sandbox.confinement.confine import Prepared, confine
from desk.sandbox.confinement.limits import Bounds
from desk.sandbox.confinement.measures import Standing
from desk.sandbox.outgoing import Emitter, FrameWriter, Outgoing
from desk.sandbox.protocol import (
    OUT_OF_MEMORY,
    UNCONFINED,
    Derived,
    Task,
    receive,
    receive_descriptors,
)
from desk.sandbox.taken_out import emit_pictures_inside
from ingest.read.budget import Budget
from ingest.read.mail.delivery import is_report, read_report
from ingest.read.parcel import read_email, read_files
from ingest.read.photo.published import publish_picture
from redaksi.arrival import File, Parcel
from redaksi.errors import Unreadable
from redaksi.model import Examination
from redaksi.reasons import Reason
from validators.registry import make_rulebook


def run(line: socket.socket, prepared: Prepared, server: int, wanted: Standing | None) -> int:
    """One reading, from the first word of the worker's to the exit status. Where less holds than
    what is `wanted`, nothing is read. `server`: the pid of who forked us."""
    bounds = receive(line, Bounds)
    descriptors = receive_descriptors(line, bounds.inputs)
    keep = (0, 1, 2, line.fileno(), *descriptors)
    standing = confine(prepared, bounds, server, keep)
    if wanted is not None and standing != wanted:
        return UNCONFINED
    try:
        task = receive(line, Task)
        out = FrameWriter(line, task.nonce)
        if task.prefix is not None:
            out.answer(msgspec.msgpack.encode(identify(task.prefix, task.limits)))
            return 0
        with map_all(descriptors) as inputs:
            answer = derive(task, inputs, out) if task.derive else read(task, inputs, out)
        out.answer(msgspec.msgpack.encode(answer))
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def read(task: Task, inputs: list[mmap.mmap | bytes], out: Outgoing) -> Examination:
    """Read `inputs` as `task` asks; files, and pictures made of them, go to `out`."""
    safety = task.limits.safety
    budget = Budget(
        safety,
        bare=task.bare,
        skip=task.skip,
        begins=out.progress,
        spent=time.process_time,
        soft=task.soft,
    )
    raw = inputs[0] if task.mail else b""
    given = inputs[1:] if task.mail else inputs
    files = read_files(
        ((name, bytes(octets)) for name, octets in zip(task.names, given, strict=True)),
        task.source,
        safety,
        budget,
    )
    if not task.mail:
        return examine_parcel(task, files, out, budget)
    parcel = read_email(raw, task.source, safety, budget)
    if task.plan is not None:
        budget.number(parcel.files)
        parcel = merge_parcels(parcel, files.files, task.plan)
    examination = examine_parcel(task, parcel, out, budget)
    if examination.mail_kind == "dsn" or (parcel.mail and is_report(parcel.mail)):
        examination = msgspec.structs.replace(examination, report=read_report(raw, safety))
    return examination


def examine_parcel(task: Task, parcel: Parcel, out: Outgoing, budget: Budget) -> Examination:
    """Examine, and give the files and what was made of them to `out`."""
    safety = task.limits.safety
    emit = Emitter(out, task.kept, safety, budget)
    examination = examine(parcel, task.limits, emit if task.keep else None, budget)
    if task.keep:
        for file in parcel.files:
            emit(file.sha256, "original", file.load())
        emit_pictures_inside(parcel.files, examination.assessments, safety, emit, budget)
    if task.tidy:
        tidy(parcel.files, examination, task, emit, budget)
    return examination


def tidy(
    files: tuple[File, ...], examination: Examination, task: Task, emit: Emitter, budget: Budget
) -> None:
    """Emit the tidied copy of the first document that can be read; nothing when there is none, or
    its package cannot be mended."""
    from ingest.read.document.reformat import (  # noqa: PLC0415 - python-docx, for --fix alone
        reformat_document,
    )

    rules = make_rulebook(task.limits.rules)
    for judged in examination.assessments:
        document = judged.submission.document
        file = next((f for f in files if document and f.sha256 == document.sha256), None)
        if document and file and document.readable and document.judged:
            budget.begin(file)  # what dies from here on died of it
            with suppress(Unreadable):
                copy = reformat_document(
                    file.load(),
                    document.kind,
                    document,
                    rules.fonts,
                    rules.points,
                    rules.lines,
                    anew=task.anew,
                )
                emit(document.sha256, "tidied", copy)
            return


def derive(task: Task, inputs: list[mmap.mmap | bytes], out: Outgoing) -> Derived:
    """Emit what readers get of the one photo in `inputs`, or say why there is nothing."""
    safety = task.limits.safety
    content = bytes(inputs[0])
    made = publish_picture(content, Budget(safety))
    if isinstance(made, Reason):
        return Derived(reason=made)
    Emitter(out, task.kept, safety)(hashlib.sha256(content).hexdigest(), "publish", made)
    return Derived()


@contextmanager
def map_all(descriptors: list[int]) -> Iterator[list[mmap.mmap | bytes]]:
    """The bytes behind descriptors, mapped rather than read: no attachment is held twice."""
    mapped = [map_descriptor(each) for each in descriptors]
    try:
        yield mapped
    finally:
        for each in mapped:
            if isinstance(each, mmap.mmap):
                with suppress(BufferError):  # a view may be left; the map goes with it
                    each.close()


def map_descriptor(descriptor: int) -> mmap.mmap | bytes:
    """The bytes of an open file, whose descriptor is closed."""
    try:
        if os.fstat(descriptor).st_size == 0:
            return b""
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)

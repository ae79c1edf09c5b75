"""What the worker asks of a sandbox, and what a child is told of it."""

import math
import os
import secrets
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from desk.domain.merge import Plan
from desk.sandbox.protocol import NONCE_BYTES, Role, Task, bound_roles
from desk.sandbox.receive import Caps
from redaksi.errors import StoreError
from redaksi.fault import name_fault
from redaksi.limits import MB, Limits, Safety

_KEPT_OF_MAIL, _KEPT_MORE = 3, 20 * MB  # files and pictures: 3 x the mail + 20 MB
_OF_A_MAIL: tuple[Role, ...] = ("original", "thumbnail", "screen", "jpeg")


class Request(Struct, frozen=True, kw_only=True):
    """What the worker wants read: a raw mail, files named together, or a photo that is to be
    published. Paths are ours, never the mail's; the rest as in Task."""

    source: str
    limits: Limits
    mail: Path | None = None
    prefix: bytes | None = None
    files: tuple[tuple[str, Path], ...] = ()  # (display name, path)
    plan: Plan | None = None
    # SHA-256 of the files that the answer may list, of a reading that keeps none; None = any
    known: frozenset[str] | None = None
    keep: bool = False
    tidy: bool = False
    anew: bool = False
    derive: bool = False
    bare: bool = False
    skip: tuple[int, ...] = ()


def make_task(request: Request, size: int, reply: int, soft: float = math.inf) -> Task:
    """What a child is told of a request; `size`: bytes of its inputs, `reply`: of the answer at
    most, `soft` as in Task."""
    return Task(
        nonce=secrets.token_bytes(NONCE_BYTES),
        source=request.source,
        limits=request.limits,
        mail=request.mail is not None,
        prefix=request.prefix,
        names=tuple(name for name, _ in request.files),
        plan=request.plan,
        keep=request.keep,
        tidy=request.tidy,
        anew=request.anew,
        derive=request.derive,
        bare=request.bare,
        skip=request.skip,
        kept=_KEPT_OF_MAIL * size + _KEPT_MORE,
        reply=reply,
        soft=soft,
    )


def make_caps(request: Request, task: Task) -> Caps:
    """How much a reading may give: no file that was not asked for."""
    most = bound_roles(request.limits.safety, task.kept)
    asked = {role: most[role] for role in _OF_A_MAIL if request.keep}
    if request.tidy:
        asked["tidied"] = most["tidied"]
    if request.derive:
        asked["publish"] = most["publish"]
    return Caps(answer=task.reply, kept=task.kept, most=asked)


def read_prefix(raw: Path, safety: Safety) -> bytes:
    """The first bytes of a mail, in which its header lies. Raises StoreError."""
    try:
        with raw.open("rb") as stream:
            return stream.read(safety.header_prefix)
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error


def open_inputs(request: Request, stack: ExitStack) -> list[int]:
    """Descriptors of the request's files, closed with `stack`. Raises StoreError."""
    paths = [*([request.mail] if request.mail else []), *(path for _, path in request.files)]
    descriptors = []
    try:
        for path in paths:
            descriptors.append(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC))
            stack.callback(os.close, descriptors[-1])
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error
    return descriptors

"""What a child that was taken over gives for a photo's published picture, as the photo's bytes name
it: a payload for `tests.hostile.payload_server`."""

import hashlib
import io
import os
from collections.abc import Callable, Sequence

from PIL import Image

from desk.sandbox import child
from desk.sandbox.outgoing import Outgoing
from desk.sandbox.protocol import Announced, Derived, Role, Task
from redaksi.limits import MOST_PUBLISHED
from redaksi.reasons import ReasonCode, explain

as_asked = child.derive


def encode(size: tuple[int, int] = (64, 48), kind: str = "JPEG", **how: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "red").save(made, kind, **how)
    return made.getvalue()


def put(out: Outgoing, photo: bytes, content: bytes, role: Role = "publish") -> Derived:
    original, sha256 = hashlib.sha256(photo).hexdigest(), hashlib.sha256(content).hexdigest()
    out.put(Announced(role=role, sha256=sha256, size=len(content), original=original), content)
    return Derived()


def put_located(out: Outgoing, photo: bytes) -> Derived:
    marks = Image.Exif()
    marks.get_ifd(0x8825).update({1: "S", 2: (0.0, 1.0, 33.0)})
    return put(out, photo, encode(exif=marks))


def put_and_refuse(out: Outgoing, photo: bytes) -> Derived:
    put(out, photo, encode())
    return Derived(reason=explain(ReasonCode.NO_DECODER))


def put_two(out: Outgoing, photo: bytes) -> Derived:
    put(out, photo, encode())
    return put(out, photo, encode((48, 64)))


def die(_out: Outgoing, _photo: bytes) -> Derived:
    os.abort()


PICTURES: dict[bytes, Callable[[Outgoing, bytes], Derived]] = {
    b"located": put_located,
    b"two": put_two,
    b"beside a reason": put_and_refuse,
    b"none": lambda _out, _photo: Derived(),
    b"of another photo": lambda out, _photo: put(out, b"another", encode()),
    b"too wide": lambda out, photo: put(out, photo, encode((1601, 10))),
    b"too large": lambda out, photo: put(out, photo, bytes(MOST_PUBLISHED + 1)),
    b"png": lambda out, photo: put(out, photo, encode(kind="PNG")),
    b"page": lambda out, photo: put(out, photo, b"<script>alert(1)</script>"),
    b"with words": lambda out, photo: put(out, photo, encode(xmp=b"<x:xmpmeta/>")),
    b"with a profile": lambda out, photo: put(out, photo, encode(icc_profile=bytes(400))),
    b"as a screen copy": lambda out, photo: put(out, photo, encode(), "screen"),
    b"as the original": lambda out, photo: put(out, photo, photo, "original"),
    b"no sentence": lambda _out, _photo: Derived(reason=explain(ReasonCode.READER_DIED)),
    b"dead": die,
}


def derive(task: Task, inputs: Sequence[bytes], out: Outgoing) -> Derived:
    """As asked where the photo names nothing."""
    photo = bytes(inputs[0])
    if photo in PICTURES:
        return PICTURES[photo](out, photo)
    return as_asked(task, [*inputs], out)

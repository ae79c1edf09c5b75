"""A photo's published picture, from a child: taken where it is one of ours and of that photo; whatever
a child says that was taken over, nothing of it is kept, and the next photo is derived."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from desk.sandbox.fork_server import ForkServer
from desk.sandbox.host import Crashed, Sandbox
from desk.sandbox.pool import SandboxPool
from desk.sandbox.sink import FolderSink
from desk.sandbox.trust.jpeg_walk import walk_jpeg
from redaksi.errors import Unreadable
from redaksi.limits import DECODERS, Limits, Safety
from redaksi.reasons import ReasonCode
from tests.hostile.planted_pictures import PICTURES
from tests.unit.read_photo.pictures import heif, picture, saved


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    server = ForkServer("tests.hostile.payload_server", "tests.hostile.planted_pictures:derive")
    with Sandbox(server=server) as sandbox:
        yield sandbox


def derive(
    sandbox: Sandbox | SandboxPool, photo: bytes, folder: Path, limits: Limits | None = None
) -> FolderSink:
    original = folder / "photo"
    original.write_bytes(photo)
    sink = FolderSink(folder)
    sandbox.derive(original, hashlib.sha256(photo).hexdigest(), limits or Limits(), sink)
    return sink


@pytest.mark.parametrize(
    "photo",
    [
        saved(picture(1800, 900), "JPEG"),
        heif(picture(1800, 900)),
        saved(picture(1800, 900), "WEBP"),
    ],
    ids=["JPEG", "HEIC", "WebP"],
)
def test_a_confined_child_makes_it(photo: bytes, tmp_path: Path) -> None:
    with Sandbox() as sandbox, SandboxPool(sandbox.limits, 1, sandbox) as pool:
        (received,) = derive(pool, photo, tmp_path).received
    assert (received.file.role, received.file.original) == (
        "publish",
        hashlib.sha256(photo).hexdigest(),
    )
    content = received.path.read_bytes()
    assert walk_jpeg(content) == (1600, 800)
    with Image.open(io.BytesIO(content)) as image:
        assert image.getpixel((800, 400)) is not None


@pytest.mark.parametrize("planted", [name for name in PICTURES if name != b"dead"])
def test_nothing_else_is_taken(sandbox: Sandbox, planted: bytes, tmp_path: Path) -> None:
    with pytest.raises(Crashed) as crashed:
        derive(sandbox, planted, tmp_path)
    assert crashed.value.cause == "protocol"
    assert [path.name for path in tmp_path.iterdir()] == ["photo"]
    assert len(derive(sandbox, saved(picture(), "PNG"), tmp_path).received) == 1


def test_a_death_is_the_photo_s_alone(sandbox: Sandbox, tmp_path: Path) -> None:
    with pytest.raises(Crashed) as crashed:
        derive(sandbox, b"dead", tmp_path)
    assert crashed.value.cause == "signal"
    assert len(derive(sandbox, saved(picture(), "PNG"), tmp_path).received) == 1


def test_another_file_s_bytes_under_the_photo_s_name_are_seen(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    original = tmp_path / "photo"
    original.write_bytes(saved(picture(), "PNG"))
    with pytest.raises(Crashed) as crashed:
        sandbox.derive(original, "0" * 64, Limits(), FolderSink(tmp_path))
    assert crashed.value.cause == "protocol"


@pytest.mark.parametrize(
    ("photo", "decoders", "code"),
    [
        (b"<script>", DECODERS, ReasonCode.NOT_A_PICTURE),
        (b"", DECODERS, ReasonCode.NOT_A_PICTURE),
        (saved(picture(), "PNG"), ("jpeg",), ReasonCode.NO_DECODER),
    ],
)
def test_what_cannot_be_made_has_a_reason(
    sandbox: Sandbox,
    photo: bytes,
    decoders: tuple[str, ...],
    code: ReasonCode,
    tmp_path: Path,
) -> None:
    limits = Limits(safety=Safety(decoders=decoders))  # type: ignore[arg-type]
    with pytest.raises(Unreadable) as refused:
        derive(sandbox, photo, tmp_path, limits)
    assert refused.value.reason.code == code

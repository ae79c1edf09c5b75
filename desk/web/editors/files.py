"""Files of a submission: originals as downloads, pictures of our own making to look at."""

import os
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import BinaryIO

from starlette.responses import Response, StreamingResponse

from desk.presentation.pages.submission import find_file, find_picture, list_originals
from desk.web.editors.errors import show_error
from desk.web.guards import FILE_POLICY
from desk.web.packing import pack_stored
from desk.web.visit import Visit, WebRoute
from redaksi.errors import BlobMissing

CHUNK = 64 * 1024
ALL = "semua.zip"
_DIGITS = 6


def give_original(visit: Visit) -> Response:
    """A file as it came, or our tidied copy of it. No browser renders it: it is bytes to save, under a
    name of ours."""
    number, name = visit.path["number"], visit.path["name"]
    revision = _read_revision(visit)
    if name == ALL:
        return _give_all(visit, number, revision)
    found = find_file(visit.app, number, revision, name)
    if found is None:
        return show_error(visit, 404)
    if isinstance(found, Path):
        return give_download(found.open("rb"), f"{number}-{name}")
    try:
        return give_download(visit.app.blobs.open(found), f"{number}-{name}")
    except BlobMissing:
        return show_error(visit, 404, "purged")


def _give_all(visit: Visit, number: str, revision: int) -> Response:
    """The document and the photos in one archive."""
    blobs = visit.app.blobs
    files = list_originals(visit.app, number, revision)
    if not files:
        return show_error(visit, 404)
    if not all(blobs.exists(sha256) for sha256 in files.values()):
        return show_error(visit, 404, "purged")
    opening = ((name, partial(blobs.open, sha256)) for name, sha256 in files.items())
    headers = {
        "content-disposition": f'attachment; filename="{number}-{revision}-asli.zip"',
        "content-security-policy": FILE_POLICY,
    }
    packed = pack_stored(opening)
    return StreamingResponse(packed, media_type="application/octet-stream", headers=headers)


def give_small(visit: Visit) -> Response:
    """A photo, 480 pixels at most."""
    found = find_picture(
        visit.app, visit.path["number"], _read_revision(visit), visit.path["stem"], "thumbnail"
    )
    return _show(visit, found)


def give_large(visit: Visit) -> Response:
    """A photo as large as a screen."""
    found = find_picture(
        visit.app, visit.path["number"], _read_revision(visit), visit.path["stem"], "screen"
    )
    return _show(visit, found)


def _read_revision(visit: Visit) -> int:
    word = visit.path["revision"]
    return int(word) if word.isdecimal() and len(word) <= _DIGITS else -1


def _show(visit: Visit, path: Path | None) -> Response:
    if path is None or not path.is_file():
        return show_error(visit, 404)
    headers = {
        "cache-control": "private, max-age=86400",
        "content-security-policy": FILE_POLICY,
        "content-disposition": "inline",
    }
    return Response(path.read_bytes(), media_type="image/jpeg", headers=headers)


def give_download(stream: BinaryIO, name: str) -> Response:
    """Bytes to save, never to open; closed when they were sent."""
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "content-security-policy": FILE_POLICY,
        "content-length": str(os.fstat(stream.fileno()).st_size),
    }
    return StreamingResponse(_read(stream), media_type="application/octet-stream", headers=headers)


def _read(stream: BinaryIO) -> Iterator[bytes]:
    with closing(stream):
        while chunk := stream.read(CHUNK):
            yield chunk


ROUTES = (
    WebRoute(path="/kiriman/{number}/berkas/{revision}/{name}", answer=give_original),
    WebRoute(path="/kiriman/{number}/kecil/{revision}/{stem}.jpg", answer=give_small),
    WebRoute(path="/kiriman/{number}/layar/{revision}/{stem}.jpg", answer=give_large),
)

"""manifest.json: what a backup holds. It carries the SHA-256 of its own other members, and its bytes
are those that this module writes: any changed byte of it is found."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct

from redaksi.errors import StoreUnfit

NAME = "manifest.json"
FORMAT = 1  # grows when an older program could misread what a newer one wrote
CHUNK = 1024 * 1024
Kind = Literal["sqlite", "postgresql"]


class File(Struct, frozen=True, kw_only=True):
    """A file of the backup's own folder."""

    size: int  # bytes
    sha256: str


class Manifest(Struct, frozen=True, kw_only=True):
    """`taken_at`: the moment of the database, in UTC; what was written later is not in it. `missing`:
    blobs that the database names and the installation had lost or damaged already."""

    format: int = FORMAT
    program: str
    revision: str  # of the schema
    database: Kind
    taken_at: datetime
    counts: Mapping[str, int]  # rows, by table
    files: Mapping[str, File]
    blobs: Mapping[str, int]  # size by SHA-256
    missing: tuple[str, ...] = ()


def seal(manifest: Manifest) -> bytes:
    """The bytes of manifest.json."""
    plain: dict[str, Any] = msgspec.to_builtins(manifest)
    return _encode({**plain, "sha256": hashlib.sha256(_encode(plain)).hexdigest()})


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup. Raises StoreUnfit when it is damaged, or of a newer program;
    OSError."""
    raw = (folder / NAME).read_bytes()
    try:
        plain = msgspec.json.decode(raw, type=dict[str, Any])
        own = plain.pop("sha256", "")
        if hashlib.sha256(_encode(plain)).hexdigest() != own:
            raise StoreUnfit("backup_manifest", path=folder / NAME)
        if raw != _encode({**plain, "sha256": own}):
            raise StoreUnfit("backup_manifest", path=folder / NAME)
        if plain.get("format", 0) > FORMAT:
            raise StoreUnfit("backup_newer", path=folder / NAME)
        return msgspec.convert(plain, Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreUnfit("backup_manifest", path=folder / NAME) from error


def measure(path: Path) -> File:
    """Size and hash of a file, read whole. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return File(size=size, sha256=digest.hexdigest())


def find_damaged(folder: Path, manifest: Manifest) -> list[str]:
    """Files of the folder that are missing or other than the manifest says."""
    return [
        name
        for name, file in sorted(manifest.files.items())
        if not (folder / name).is_file() or measure(folder / name) != file
    ]


def _encode(plain: Mapping[str, Any]) -> bytes:
    ordered = msgspec.json.encode(plain, order="sorted")
    return msgspec.json.format(ordered, indent=1) + b"\n"

"""Files by the SHA-256 of their bytes. What has a name here is complete and on the disk.

tmp file (O_EXCL, 0600) ─► write ─► fsync ─► rename ─► fsync of the folder
"""

import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from redaksi.errors import BlobMissing, StoreError
from redaksi.fault import name_fault

CHUNK = 1024 * 1024
LEFTOVER_SECONDS = 3600.0  # a tmp file this old belongs to a process that died
_SHA256 = re.compile(r"[0-9a-f]{64}")
MARKS = "marks"
_MARK = re.compile(r"[a-z0-9-]{1,100}")


class LocalBlobs:
    """The BlobStore in a folder, which is made unless one only `looks`."""

    def __init__(self, folder: Path, *, looks: bool = False) -> None:
        self._folder = folder
        self._tmp = folder / "tmp"
        if looks:
            return
        with _faults_named():
            for each in (folder, self._tmp):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)

    def local_path(self, sha256: str) -> Path:
        """Where the blob is. Raises BlobMissing."""
        path = self._path(sha256)
        if not path.is_file():
            raise BlobMissing("blob_missing", path=path)
        return path

    def _path(self, sha256: str) -> Path:
        """Where the blob is or would be."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256 in lower-case hex")
        return self._folder / sha256[:2] / sha256

    def exists(self, sha256: str) -> bool:
        """Whether the blob is here."""
        return self._path(sha256).is_file()

    def open(self, sha256: str) -> BinaryIO:
        """The blob, for reading."""
        with _faults_named():
            return self.local_path(sha256).open("rb")

    @contextmanager
    def tmp(self) -> Iterator[Path]:
        """A path for a new file in the blobs' own file system; gone at the end unless it was
        adopted."""
        path = self._tmp / f"{os.getpid()}-{secrets.token_hex(8)}"
        try:
            yield path
        finally:
            with suppress(FileNotFoundError):
                path.unlink()

    def put(self, content: bytes | BinaryIO | Path) -> str:
        """Keep bytes, a stream from where it stands, or a file's copy; the SHA-256."""
        if isinstance(content, Path):
            with _faults_named(), content.open("rb") as stream:
                return self.put(stream)
        chunks = (
            iter((content,))
            if isinstance(content, bytes)
            else iter(lambda: content.read(CHUNK), b"")
        )
        digest = hashlib.sha256()
        with _faults_named(), self.tmp() as path:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                for chunk in chunks:
                    digest.update(chunk)
                    out.write(chunk)
                _to_disk(out)
            self._name(path, digest.hexdigest())
        return digest.hexdigest()

    def adopt(self, path: Path, sha256: str) -> str:
        """Move in a file that somebody else wrote (a spooled mail, a child's output), after reading
        it once.

        Raises ValueError when it is no plain file or its bytes are not those of `sha256`; it stays
        where it is then.
        """
        with _faults_named():
            if not stat.S_ISREG(path.lstat().st_mode):
                raise ValueError("not a plain file")
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(descriptor, "rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != sha256:
                    raise ValueError("the file is not what its name says")
                if os.fstat(stream.fileno()).st_dev != self._folder.stat().st_dev:
                    stream.seek(0)
                    self.put(stream)
                    path.unlink()
                    return sha256
                os.fchmod(stream.fileno(), 0o600)
                os.fsync(stream.fileno())
            self._name(path, sha256)
        return sha256

    def take(self, path: Path, sha256: str) -> None:
        """Move in a file that we wrote and hashed ourselves."""
        with _faults_named():
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(descriptor, "rb") as stream:
                if os.fstat(descriptor).st_dev != self._folder.stat().st_dev:
                    self.put(stream)
                    path.unlink()
                    return
                os.fsync(descriptor)
            self._name(path, sha256)

    def receive(self, stream: BinaryIO, sha256: str) -> int:
        """Copy a stream in whose bytes are said to be those of `sha256`, hashed while they are
        copied; their number. Raises ValueError when they are others: nothing is left then."""
        digest, size = hashlib.sha256(), 0
        with _faults_named(), self.tmp() as path:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    size += out.write(chunk)
                if digest.hexdigest() != sha256:
                    raise ValueError("the bytes are not what their name says")
                _to_disk(out)
            self._name(path, sha256)
        return size

    def delete(self, sha256: str) -> None:
        """Forget a blob; nothing happens when it is not here."""
        with _faults_named(), suppress(FileNotFoundError):
            self._path(sha256).unlink()

    def discard(self, sha256: str, before: datetime) -> int | None:
        """Forget a blob that nobody put since; it is looked at again where nobody else finds it."""
        path, moment = self._path(sha256), before.timestamp()
        with _faults_named(), suppress(FileNotFoundError), self.tmp() as aside:
            if path.stat().st_mtime >= moment:
                return None
            path.replace(aside)
            found = aside.stat()
            if found.st_mtime < moment:
                return found.st_size
            aside.replace(path)  # somebody put it meanwhile
        return None

    def iterate(self) -> Iterator[str]:
        """The SHA-256 of every blob, in no order."""
        with _faults_named():
            for folder in self._folder.glob("[0-9a-f][0-9a-f]"):
                yield from (path.name for path in folder.iterdir() if _SHA256.fullmatch(path.name))

    def read_mark(self, name: str) -> str | None:
        """A short text under a name, beside the blobs; None when there is none."""
        with _faults_named(), suppress(FileNotFoundError):
            return self._mark(name).read_text(encoding="utf-8")
        return None

    def write_mark(self, name: str, text: str) -> None:
        """Keep a short text under a name of letters, digits and hyphens."""
        with _faults_named(), self.tmp() as path:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(text.encode())
                _to_disk(out)
            final = self._mark(name)
            final.parent.mkdir(mode=0o700, exist_ok=True)
            path.replace(final)
            _folder_to_disk(final.parent)

    def delete_mark(self, name: str) -> None:
        """Forget a mark; nothing happens when it is not here."""
        with _faults_named(), suppress(FileNotFoundError):
            self._mark(name).unlink()

    def marks(self) -> Iterator[str]:
        """The names of all marks, in no order."""
        with _faults_named(), suppress(FileNotFoundError):
            yield from [path.name for path in (self._folder / MARKS).iterdir()]

    def _mark(self, name: str) -> Path:
        if not _MARK.fullmatch(name):
            raise ValueError("not the name of a mark")
        return self._folder / MARKS / name

    def sweep(self, now: float | None = None) -> int:
        """Remove tmp files of processes that died; how many. `now`: seconds since the epoch."""
        swept = 0
        with _faults_named():
            for path in self._tmp.iterdir():
                with suppress(FileNotFoundError):
                    if (
                        time.time() if now is None else now
                    ) - path.stat().st_mtime > LEFTOVER_SECONDS:
                        path.unlink()
                        swept += 1
        return swept

    def _name(self, path: Path, sha256: str) -> None:
        final = self._path(sha256)
        if not final.parent.is_dir():
            final.parent.mkdir(mode=0o700, exist_ok=True)
            _folder_to_disk(self._folder)
        os.utime(path)  # since when it is here: `discard` goes by it
        path.replace(final)
        _folder_to_disk(final.parent)


def _to_disk(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _folder_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _faults_named() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError("files", fault=name_fault(error)) from error

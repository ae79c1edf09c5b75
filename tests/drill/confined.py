"""Every mail and file that there is, read in a confined child and in this process: the Examinations are the same."""

import os
import time
from collections.abc import Iterable, Iterator
from multiprocessing import Pool
from pathlib import Path

from desk.sandbox.host import Crashed, Request, Sandbox
from desk.sandbox.sink import DiscardingSink
from redaksi.limits import Limits
from tests.in_process import InProcess

SHARED = Path(__file__).parents[3] / "shared"
FOLDERS = ("corpus", "cases")
KINDS = frozenset(
    {".doc", ".docm", ".docx", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
)


def find_paths() -> list[Path]:
    """Mails, documents and photos beside the checkout; REDAKSI_SHARED names another place."""
    shared = Path(os.environ.get("REDAKSI_SHARED", SHARED))
    found = (path for folder in FOLDERS for path in (shared / folder).rglob("*"))
    return sorted(path for path in found if path.suffix.lower() in {".eml", *KINDS})


def make_request(path: Path) -> Request:
    """A mail as a mail, all else as a file that was handed in; pictures for people are made too."""
    if path.suffix == ".eml":
        return Request(source=path.name, limits=Limits(), mail=path, keep=True)
    return Request(source=path.name, limits=Limits(), files=((path.name, path),), keep=True)


def find_differences(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """What is not the same, and how: "differs", or how its child died."""
    with Sandbox() as sandbox:
        assert sandbox.start().level == "full"
        for path in paths:
            request = make_request(path)
            try:
                confined = sandbox.read(request, DiscardingSink()).examination
            except Crashed as crashed:
                yield path, crashed.cause
                continue
            if confined != InProcess().read(request, DiscardingSink()).examination:
                yield path, "differs"


def compare(paths: list[Path]) -> list[tuple[Path, str]]:
    """For another process."""
    return list(find_differences(paths))


def drill() -> bool:
    """Whether all are the same."""
    begun = time.monotonic()
    paths = find_paths()
    with Pool(2) as pool:
        found = [each for some in pool.map(compare, [paths[0::2], paths[1::2]]) for each in some]
    print(
        f"confined: {len(paths)} read at full and in process, {len(found)} not the same, "
        f"{time.monotonic() - begun:.0f} s"
    )
    for path, how in found:
        print(f"  {path.parent.name}/{path.name}: {how}")
    return bool(paths) and not found

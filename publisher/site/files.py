"""Files of the generated queue: each replaced by an atomic rename, for their owner alone or for a
group too (publisher.site.sharing)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from publisher.site.copying import bound
from publisher.site.fold import fold, fold_entry
from publisher.site.pages import Frame, Page, Shot
from publisher.site.sharing import copy_original, is_shared, make_folder, mode_of
from redaksi import paths

COPYING = "tayang.html"  # beside a submission's page


def replace(target: Path, content: bytes) -> bool:
    """Put `content` at `target` by an atomic rename; False when it stands there already."""
    if (
        target.is_file()
        and target.stat().st_size == len(content)
        and target.read_bytes() == content
    ):
        return False
    make_folder(target.parent)
    fresh, mode = target.with_name(f".{target.name}.{os.getpid()}.new"), mode_of(target)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as stream:
        os.fchmod(stream.fileno(), mode)
        stream.write(content)
    fresh.replace(target)
    return True


def write_page(folder: Path, frame: Frame, page: Page, render: Callable[..., bytes]) -> None:
    """The page of a submission with everything that hangs on it; what did before is removed."""
    home = folder / page.entry.number
    originals = [*([page.document] if page.document else []), *page.others, *page.mails]
    shots = (*page.shots, *page.inside)
    downloads = {o.download: o.sha256 for o in originals} | {s.download: s.sha256 for s in shots}
    downloads.pop("", None)  # what is closed has no name here
    for name, sha256 in downloads.items():
        _link(frame.blobs / sha256[:2] / sha256, home / name)
    pictures = {name: path for shot in shots for name, path in _pictures(shot)}
    for name, path in pictures.items():
        _link(path, home / name)
    replace(home / "index.html", render("submission.html.j2", page=fold(page)))
    kept = {*downloads, *pictures, "index.html"}
    if page.copy is not None:
        copy = {"entry": fold_entry(page.entry), "copy": bound(page.copy)}
        replace(home / COPYING, render("copying.html.j2", **copy))
        kept.add(COPYING)
    for stale in set(home.iterdir()) - {home / name for name in kept}:
        stale.unlink()


def _pictures(shot: Shot) -> Iterator[tuple[str, Path]]:
    """What people look at of a photo: names of ours, and where the bytes are."""
    if shot.thumbnail is not None:
        yield f"k-{shot.sha256}.jpg", shot.thumbnail
    if shot.screen is not None:
        yield f"l-{shot.sha256}.jpg", shot.screen
    if shot.jpeg is not None and shot.converted:
        yield shot.converted, shot.jpeg


def remove_page(home: Path) -> None:
    """The page of a submission that is not shown any more leaves nothing behind."""
    if home.is_dir():
        for file in home.iterdir():
            file.unlink()
        home.rmdir()


def copy_assets(folder: Path) -> None:
    """Stylesheets."""
    for asset in (paths.templates() / "static").iterdir():
        replace(folder / asset.name, asset.read_bytes())


def _link(source: Path, target: Path) -> None:
    """A hard link to a blob, a copy where the file system has none or others may read it; nothing
    when the blob is gone.

    A new revision may bring another file under the name of an old one, so a link is made anew
    unless it is to this blob.
    """
    if not source.is_file() or (target.exists() and target.samefile(source)):
        return
    make_folder(target.parent)
    if is_shared(target.parent):
        copy_original(source, target)
        return
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        fresh.unlink(missing_ok=True)
        os.link(source, fresh)
        fresh.replace(target)
    except OSError:
        replace(target, source.read_bytes())

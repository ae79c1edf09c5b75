"""The generated review queue: a static site, each file replaced by an atomic rename, stale files
removed last.

It holds personal data: folders are 0700, files 0600; serve it behind a login. No script runs in it,
and what came from a mail is text: Jinja's autoescape is on, a strict Content-Security-Policy stands
in every page, and originals are stored under names and endings of our choice.
"""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from publisher.site.feed import atom, plain_queue
from publisher.site.pages import Entry, Frame, Page, Passed
from publisher.site.wording import ago
from redaksi import catalog, paths
from redaksi.text import locale

STAMPS = ".stamps.json"
TABS = (("action", "index.html"), ("waiting", "menunggu.html"), ("other", "lain.html"))
HOUSE = ""  # key of the stamp of what all pages share: templates, language, zone
PageOf = Callable[[str], Page | None]


def publish(
    folder: Path, frame: Frame, entries: Iterable[Entry], passed: Iterable[Passed], page_of: PageOf
) -> int:
    """Write the whole queue below `folder`; returns how many submission pages were written anew.

    `entries` in the order of the index, those of one group together.

    A page is rendered again only when its entry's stamp changed, so that a pass over a full queue
    stays short.
    """
    rows, others = list(entries), list(passed)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    render = _renderer(frame)
    house = _house(frame)
    known = _stamps(folder)
    if known.get(HOUSE) != house:
        known = {}
    written = 0
    for entry in rows:
        if known.get(entry.number) != entry.stamp and (page := page_of(entry.number)) is not None:
            _write_page(folder, frame, page, render)
            written += 1
    _assets(folder)
    counts = Counter(entry.tab for entry in rows) + Counter({"other": len(others)})
    for tab, name in TABS:
        shown = [entry for entry in rows if entry.tab == tab]
        groups = [
            (group, list(found)) for group, found in groupby(shown, key=lambda entry: entry.group)
        ]
        html = render(
            "queue.html.j2",
            tab=tab,
            entries=shown,
            groups=groups,
            counts=counts,
            passed=others if tab == "other" else [],
        )
        replace(folder / name, html.encode("utf-8", "replace"))
    replace(
        folder / "queue.json",
        json.dumps(plain_queue(rows, others), ensure_ascii=False, indent=1).encode(
            "utf-8", "replace"
        ),
    )
    replace(folder / "feed.atom", atom(rows, frame).encode())
    _forget(folder, {entry.number for entry in rows})
    stamps = {HOUSE: house} | {entry.number: entry.stamp for entry in rows}
    replace(folder / STAMPS, json.dumps(stamps).encode())
    return written


def replace(target: Path, content: bytes) -> None:
    """Put `content` at `target` by an atomic rename; nothing is written when it stands there
    already."""
    if (
        target.is_file()
        and target.stat().st_size == len(content)
        and target.read_bytes() == content
    ):
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
        stream.write(content)
    fresh.replace(target)


def _renderer(frame: Frame) -> Callable[..., str]:
    environment = Environment(
        loader=FileSystemLoader(paths.templates() / "web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    zone = ZoneInfo(frame.zone)
    environment.filters["moment"] = lambda value: locale.format_moment(value, frame.language, zone)
    environment.filters["ago"] = lambda value: ago(value, frame.now, frame.language)
    environment.filters["grouped"] = lambda value: locale.format_number(value, frame.language)
    environment.filters["pages"] = lambda value: locale.format_decimal(
        f"{value:.1f}", frame.language
    )
    environment.globals["say"] = catalog.load(frame.language).say
    environment.globals["frame"] = frame
    environment.globals["tabs"] = TABS

    def render(name: str, **values: Any) -> str:
        return environment.get_template(name).render(**values)

    return render


def _write_page(folder: Path, frame: Frame, page: Page, render: Callable[..., str]) -> None:
    home = folder / page.entry.number
    originals = [*([page.document] if page.document else []), *page.others, *page.mails]
    downloads = {o.download: o.sha256 for o in originals} | {
        s.download: s.sha256 for s in page.shots
    }
    small = [shot.sha256 for shot in page.shots if shot.thumbnail]
    for name, sha256 in downloads.items():
        _link(frame.blobs / sha256[:2] / sha256, home / name)
    for sha256 in small:
        _link(frame.thumbnails / sha256[:2] / f"{sha256}.jpg", home / f"k-{sha256}.jpg")
    replace(home / "index.html", render("submission.html.j2", page=page).encode("utf-8", "replace"))
    copies = {shot.converted: shot.sha256 for shot in page.shots if shot.converted}
    for name, sha256 in copies.items():
        _link(frame.thumbnails / sha256[:2] / f"{sha256}.full.jpg", home / name)
    for stale in set(home.iterdir()) - {
        home / name
        for name in (*downloads, *copies, *(f"k-{sha256}.jpg" for sha256 in small), "index.html")
    }:
        stale.unlink()


def _link(source: Path, target: Path) -> None:
    """A hard link to a blob, a copy where the file system has none; nothing when the blob is gone.

    A new try may bring another file under the name of an old one, so a link is made anew unless it
    is to this blob.
    """
    if not source.is_file() or (target.exists() and target.samefile(source)):
        return
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        fresh.unlink(missing_ok=True)
        os.link(source, fresh)
        fresh.replace(target)
    except OSError:
        replace(target, source.read_bytes())


def _assets(folder: Path) -> None:
    for asset in (paths.templates() / "static").iterdir():
        replace(folder / asset.name, asset.read_bytes())


def _house(frame: Frame) -> str:
    """Changes with whatever every page is made of, so that an upgrade or another language
    reaches old pages too."""
    words = catalog.load(frame.language).sections
    digest = hashlib.sha256(f"{frame.language} {frame.zone} {words}".encode())
    for template in sorted((paths.templates() / "web").iterdir()):
        digest.update(template.read_bytes())
    return digest.hexdigest()[:16]


def _stamps(folder: Path) -> Mapping[str, str]:
    try:
        return msgspec.json.decode((folder / STAMPS).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return {}


def _forget(folder: Path, kept: set[str]) -> None:
    """Remove the pages of submissions that are no longer shown (retention reaches the generated
    queue)."""
    for home in folder.glob("W-*"):
        if home.is_dir() and home.name not in kept:
            for file in home.iterdir():
                file.unlink()
            home.rmdir()

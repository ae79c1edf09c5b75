"""A folder that a web server, a static site's builder or another program reads:
`<folder>/2026/W-2026-0143/`, exchanged whole (publisher.targets.folders.exchange).

What an earlier delivery left in the middle is finished before anything else is done. The folder
itself is never made: a disk that is not mounted looks like one that is missing.
"""

import errno
import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from msgspec import Struct

from publisher.articles.edition import Edition
from publisher.targets.folders import exchange
from publisher.targets.folders.contents import (
    PAGE,
    PhotoFailed,
    find_place,
    list_files,
    list_withdrawn,
    name_photos,
)
from publisher.targets.target import (
    Action,
    Article,
    Delivered,
    Known,
    Media,
    NotNow,
    Outcome,
    Refused,
    Step,
)

BUSY = timedelta(minutes=1)  # another process delivers there
_YEAR = re.compile(r"\d{4}")
_MOST = 16 * 1024 * 1024  # bytes of a warta.json that are read

List = Callable[[], exchange.Files]


class Folder(Struct, frozen=True, kw_only=True):
    """`base_url`: the address the folder is served under; "": what is there has none, and stands at
    once."""

    id: str
    folder: str
    base_url: str = ""

    @property
    def has_page(self) -> bool:
        return bool(self.base_url)

    def publish(self, article: Article, known: Known | None) -> Outcome:
        """Write it."""
        return self._deliver(article)

    def correct(self, article: Article, known: Known) -> Outcome:
        """Exchange what stands there for it."""
        return self._deliver(article)

    def take_down(self, article: Article, known: Known) -> Outcome:
        """Leave a `warta.json` alone, which says that it is canceled."""
        return self._exchange(article, lambda: list_withdrawn(article), known)

    def find(self, article: Article) -> Known | NotNow | Refused | None:
        """What readers see there, by its own `warta.json`."""
        place = find_place(article.edition)
        if place is None:
            return None
        try:
            with exchange.open_folder(self.folder) as root:
                news = _read_news(root, *place)
        except OSError as error:
            return _refuse(error)
        if news.get("uri") != article.edition.uri or news.get("pubStatus") != "usable":
            return None
        known = self._describe(article, place)
        version = str(news.get("version", ""))
        return Known(
            external_id=known.external_id, version=version, url=known.url, media=known.media
        )

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:
        """Which folder would be written, and what into it."""
        place = find_place(article.edition)
        if place is None:
            return (Step(code="folder_no_place", facts={"number": article.edition.submission}),)
        path = os.path.join(self.folder, *place)  # noqa: PTH118 - words, no file is meant
        if action == "take_down":
            return (Step(code="folder_withdraw", facts={"path": path}),)
        stands = self.find(article)
        if isinstance(stands, Refused):
            return (Step(code="folder_unreadable", facts={"path": path, "why": stands.detail}),)
        code = "folder_exchange" if stands else "folder_write"
        size = sum(photo.size for photo in article.photos)
        facts = {"path": path, "n": len(article.photos), "kb": -(-size // 1000)}
        return (Step(code=code, facts=facts),)

    def _deliver(self, article: Article) -> Outcome:
        place = find_place(article.edition)
        known = self._describe(article, place) if place else None
        address = self._address(place) if place else ""
        return self._exchange(article, lambda: list_files(article, address), known)

    def _exchange(self, article: Article, files: List, known: Known | None) -> Outcome:
        place = find_place(article.edition)
        if place is None or known is None:
            return Refused(code="rejected", detail=article.edition.submission[:80])
        try:
            with _open_alone(self.folder) as root:
                if root is None:
                    return NotNow(code="throttled", retry_after=BUSY)
                _finish_all(root)
                if not article.overwrite and _is_foreign(root, place, article.edition):
                    return Refused(code="changed_on_site", detail="/".join(place))
                with _open_year(root, place[0]) as year:
                    exchange.put(year, place[1], files())
        except PhotoFailed:
            return Refused(code="photo_failed")
        except OSError as error:
            return _refuse(error)
        return Delivered(known=known, is_public=not self.has_page)

    def _address(self, place: tuple[str, str]) -> str:
        """Where an article's files are served, with "/" at the end; "" where they are not."""
        return f"{self.base_url.rstrip('/')}/{place[0]}/{place[1]}/" if self.base_url else ""

    def _describe(self, article: Article, place: tuple[str, str]) -> Known:
        address = self._address(place)
        photos = zip(article.photos, name_photos(article.photos), strict=True)
        return Known(
            external_id="/".join(place),
            version=str(article.edition.number),
            url=address and f"{address}{PAGE}",
            media={
                photo.original: Media(id=name, url=address and f"{address}{name}")
                for photo, name in photos
            },
        )


@contextmanager
def _open_alone(path: str) -> Iterator[int | None]:
    """The folder, for no other process of ours as long (flock(2)); None: another has it. A file
    system that knows no locks gives it to everybody: there is a lease above."""
    with exchange.open_folder(path) as root:
        try:
            fcntl.flock(root, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
            return
        except OSError:
            pass
        yield root


@contextmanager
def _open_year(root: int, year: str) -> Iterator[int]:
    """A year's folder, made where there is none."""
    try:
        os.mkdir(year, 0o755, dir_fd=root)
    except FileExistsError:
        pass
    else:
        with exchange.open_folder(year, root) as made:
            os.fchmod(made, 0o755)
        os.fsync(root)
    with exchange.open_folder(year, root) as opened:
        yield opened


def _finish_all(root: int) -> None:
    """Bring to its end what a cut left in any year. What is there under a year's name and is no
    folder is not ours."""
    for year in filter(_YEAR.fullmatch, exchange.list_names(root)):
        try:
            with exchange.open_folder(year, root) as opened:
                exchange.finish(opened)
        except OSError as error:
            if error.errno not in (errno.ENOTDIR, errno.ELOOP, errno.ENOENT):
                raise


def _is_foreign(root: int, place: tuple[str, str], edition: Edition) -> bool:
    """Whether what stands at the article's place is another's."""
    try:
        with exchange.open_folder(place[0], root) as year:
            if not exchange.exists(year, place[1]):
                return False
    except FileNotFoundError:
        return False
    return _read_news(root, *place).get("uri") != edition.uri


def _read_news(root: int, year: str, name: str) -> dict[str, object]:
    """The `warta.json` that readers see; empty where there is none that can be read as one."""
    try:
        with exchange.open_folder(year, root) as above, exchange.open_folder(name, above) as home:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            with os.fdopen(os.open(exchange.LAST, flags, dir_fd=home), "rb") as file:
                news = json.loads(file.read(_MOST))
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EISDIR):
            raise
        return {}
    except (ValueError, RecursionError):
        return {}
    return news if isinstance(news, dict) else {}


def _refuse(error: OSError) -> Refused:
    """A disk that is full, read-only, missing or broken: somebody must look."""
    with suppress(KeyError):
        return Refused(code="disk", detail=errno.errorcode[error.errno or 0])
    return Refused(code="disk", detail=type(error).__name__)

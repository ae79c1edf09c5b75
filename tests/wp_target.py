"""The WordPress target against a real site, and what its readers and its database say of it."""

import fcntl
import html
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

import msgspec
from PIL import Image

from publisher.articles.edition import Edition, EditionPhoto
from publisher.articles.photo_words import gather_words, insert_words
from publisher.targets.http import Http, Response
from publisher.targets.target import MadePhoto
from publisher.targets.wordpress import WordPress
from tests.editions import make_edition, make_photo
from tests.wordpress import Site

NEIGHBOUR = Http(private=True)


def make_target(site: Site, url: str = "", user: str = "redaksi") -> WordPress:
    """The target at a site, or at what stands before it (`url`)."""
    return WordPress.at("situs", url or site.url, user, site.passwords[user], NEIGHBOUR)


def number_edition(number: str, **changes: object) -> Edition:
    """An edition of a submission of its own, so that tests do not meet."""
    headline = str(changes.pop("headline", "Gotong royong menata bantaran Sungai Kapuas"))
    slug = f"gotong-royong-{number.lower()}"
    uri = f"tag:warta.example,2026:{number}"
    edition = make_edition(uri=uri, submission=number, slug=slug, headline=headline)
    return msgspec.structs.replace(edition, **changes)


def make_true_photos(edition: Edition, width: int = 320) -> tuple[MadePhoto, ...]:
    """The edition's photos as JPEGs with their words inside: WordPress reads those words, and makes
    smaller pictures."""
    return tuple(_make_true_photo(edition, words, width) for words in edition.photos)


def _make_true_photo(edition: Edition, words: EditionPhoto, width: int) -> MadePhoto:
    drawn = BytesIO()
    colour = tuple(bytes.fromhex(words.sha256[:6]))
    Image.new("RGB", (width, width * 3 // 4), colour).save(drawn, "JPEG")
    made = insert_words(drawn.getvalue(), gather_words(edition, words))
    photo = make_photo(words, made)
    return msgspec.structs.replace(photo, size=len(made), read=lambda: made)


class Rows:
    """What the database of a site holds of one submission."""

    def __init__(self, site: Site, number: str) -> None:
        self.site = site
        self.number = number.lower()

    def posts(self, status: str = "%") -> list[int]:
        return self._ids("post", f"post_status LIKE '{status}'")

    def photos(self) -> list[int]:
        return self._ids("attachment", "1=1")

    def shown_photos(self) -> list[str]:
        """The slugs of those that are on a page readers see."""
        pages = "".join(read_pages(self.site, self.number))
        named = [
            self.site.ask(f"SELECT post_name FROM wp_posts WHERE ID={each}")
            for each in self.photos()
        ]
        slugs = [rows[0][0] for rows in named]
        return [slug for slug in slugs if slug[: len(self.number) + 13] in pages]

    def _ids(self, kind: str, condition: str) -> list[int]:
        named = f"(post_name LIKE '%{self.number}' OR post_name LIKE '%{self.number}-%')"
        rows = self.site.ask(
            f"SELECT ID FROM wp_posts WHERE post_type='{kind}' AND {named} AND {condition} ORDER BY ID"
        )
        return [int(row[0]) for row in rows]

    def read(self) -> object:
        """All of it, to see that nothing changed."""
        posts = self.site.ask(
            f"SELECT * FROM wp_posts WHERE post_name LIKE '%{self.number}%' ORDER BY ID"
        )
        terms = self.site.ask("SELECT * FROM wp_terms ORDER BY term_id")
        return posts, terms

    def remove(self) -> None:
        """As if there had never been any of it."""
        for each in [*self.posts(), *self.photos()]:
            self.site.ask(f"DELETE FROM wp_postmeta WHERE post_id={each}")
            self.site.ask(f"DELETE FROM wp_term_relationships WHERE object_id={each}")
            self.site.ask(f"DELETE FROM wp_posts WHERE ID={each}")
        for file in Path(self.site.folder, "wp-content", "uploads").rglob(f"{self.number}-*"):
            file.unlink()


def read_pages(site: Site, number: str) -> list[str]:
    """The pages of a submission's posts that readers see."""
    rows = site.ask(
        "SELECT ID FROM wp_posts WHERE post_type='post'"
        f" AND post_name LIKE '%{number.lower()}%' ORDER BY ID"
    )
    pages = [NEIGHBOUR.get_page(f"{site.url}/?p={row[0]}") for row in rows]
    return [
        each.body.decode() for each in pages if isinstance(each, Response) and each.status == 200
    ]


def list_headlines(site: Site, number: str) -> list[str]:
    """Their headlines."""
    found = [re.search("<h1>(.*?)</h1>", page) for page in read_pages(site, number)]
    return [html.unescape(each[1]) for each in found if each]


@contextmanager
def alone(site: Site) -> Iterator[None]:
    """For no other test process: its slugs are everybody's."""
    with Path(site.folder, "alone").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


Cut = tuple[str, int]  # "up" or "down": the request or the answer; after so many bytes


class Cutter:
    """Before a site: cuts connections after a number of bytes, of the request or of the answer. What
    the site was told in whole it does; the answer it gives is read to its end, so that
    `wait` knows when PHP is at rest."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cuts: list[Cut | None] = []  # for the next connections, one each
        self.on_strike: Callable[[], object] = lambda: None  # before both sides are hung up on
        self.mutes = b""  # requests that begin so are done, and never answered
        self.struck = 0
        self.is_open = True
        self._busy = 0
        self._changed = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def wait(self, seconds: float = 60) -> None:
        """Until the site is at rest: what 60 seconds of patience are for."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._busy == 0, seconds):
                raise TimeoutError("the site is still at work")

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            if not self.is_open:
                peer.close()
                continue
            with self._changed:
                self._busy += 1
            cut = self.cuts.pop(0) if self.cuts else None
            threading.Thread(target=self._serve, args=[peer, cut], daemon=True).start()

    def _serve(self, peer: socket.socket, cut: Cut | None) -> None:
        try:
            with peer, socket.create_connection(("127.0.0.1", self.site.port)) as site:
                begun = peer.recv(65536)
                if self.mutes and begun.startswith(self.mutes):
                    cut = ("down", 0)
                limits = dict([cut] if cut else [])
                args = [peer, site, begun, limits.get("up")]
                sender = threading.Thread(target=self._send, args=args, daemon=True)
                sender.start()
                self._answer(site, peer, limits.get("down"))
                with suppress(OSError):
                    peer.shutdown(socket.SHUT_RDWR)
                sender.join(10)
        except OSError:
            pass
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()

    def _send(
        self, peer: socket.socket, site: socket.socket, chunk: bytes, most: int | None
    ) -> None:
        """The request; cut, both sides are hung up on."""
        with suppress(OSError):
            while chunk:
                if most is not None and len(chunk) >= most:
                    site.sendall(chunk[:most])
                    self._strike()
                    site.shutdown(socket.SHUT_WR)
                    peer.shutdown(socket.SHUT_RDWR)
                    return
                most = None if most is None else most - len(chunk)
                site.sendall(chunk)
                chunk = peer.recv(65536)
            site.shutdown(socket.SHUT_WR)  # who asked has gone

    def _strike(self) -> None:
        self.on_strike()
        self.struck += 1

    def _answer(self, site: socket.socket, peer: socket.socket, most: int | None) -> None:
        """The answer; after a cut the rest of it is read, and nobody gets it."""
        is_cut = False
        while chunk := site.recv(65536):
            if is_cut:
                continue
            passes = chunk if most is None else chunk[:most]
            with suppress(OSError):
                peer.sendall(passes)
            if most is None:
                continue
            most -= len(passes)
            if most == 0:
                is_cut = True
                self._strike()
                with suppress(OSError):
                    peer.shutdown(socket.SHUT_RDWR)


@contextmanager
def cutting(site: Site) -> Iterator[Cutter]:
    """A cutter before a site, stopped afterwards."""
    cutter = Cutter(site)
    try:
        yield cutter
    finally:
        cutter.stop()

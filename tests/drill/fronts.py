"""What stands between a target and its readers in the drill of letters: a page that comes late, and
a record of whether it has been shown."""

import http.client
import json
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publisher.articles.edition import Edition
from publisher.targets.page import fold
from redaksi.config.publish import PublishTarget
from tests.listener import Asked, answer, listening
from tests.receiver import SECRET
from tests.wordpress import Site
from tests.wp_target import Rows

FRONTS = ("folder", "folder with address", "webhook", "wordpress")
NUMBER = "W-2026-0001"
MOST_CUT = 2  # answers of the target
MOST_LATE = 4  # looks at a page that does not show it yet
SPARED = ("transfer-encoding", "content-length", "connection")


class Front:
    """Without a page: the article is its files. `is_told`: whether a letter is written."""

    def __init__(self, target: PublishTarget, home: Path) -> None:
        self.target, self.home, self.url = target, home, ""
        self.secrets: dict[str, str] = {}
        self.failed = 0
        self._late: list[str] = []
        self._cuts = 0
        self._shown = False
        self._wrong: list[str] = []
        self._lock = threading.Lock()

    def begin(self, edition: Edition, chance: random.Random, is_told: Callable[[], bool]) -> None:
        """Nothing stands here, and of the next article nobody was told."""
        self.edition, self.is_told = edition, is_told
        self.failed, self._shown = 0, False
        late = chance.randint(0, MOST_LATE)
        self._late = [chance.choice(["404", "cut", "other"]) for _ in range(late)]
        self._cuts = chance.randint(0, MOST_CUT)
        self.clear()

    def clear(self) -> None:
        """Remove what stands."""
        for each in sorted(self.home.rglob("*"), reverse=True):
            each.rmdir() if each.is_dir() else each.unlink()

    def is_shown(self) -> bool:
        return bool(self.count_standing())

    def take_wrong(self) -> list[str]:
        """What was found since the last time."""
        found, self._wrong = self._wrong, []
        return found

    def wait(self) -> None:
        """Until what was asked is done."""

    def count_standing(self) -> Any:
        """Articles that stand whole, and their photos."""
        found = list(self.home.glob("2*/W-*/warta.json"))
        photos = [each for one in found for each in one.parent.glob("foto-*.jpg")]
        shown = [json.loads(each.read_text())["headlines"][0]["value"] for each in found]
        is_whole = all(shown_there == self.edition.headline for shown_there in shown)
        return [len(found) * is_whole, len(photos)] if found else []

    def count_wanted(self) -> Any:
        return [1, len(self.edition.photos)]


class Paged(Front):
    """With a page: the letter must not be there before it was shown."""

    def is_shown(self) -> bool:
        return self._shown

    def may_answer(self) -> bool:
        """Whether the target's own answer reaches who asked; else it is cut."""
        with self._lock:
            is_cut, self._cuts = bool(self._cuts), max(0, self._cuts - 1)
            self.failed += is_cut
            return not is_cut

    def show(self, page: bytes) -> Any:
        """What a look at the page is answered, that truly shows `page`."""
        with self._lock:
            if fold(self.edition.headline) not in fold(page.decode(errors="replace")):
                return answer(page, "404 Not Found")
            if not self._shown and self.is_told():
                self._wrong.append("a letter before the page was shown")
            if self._late:
                self.failed += 1
                return fail(self._late.pop(0), page)
            self._shown = True
            return answer(page, "200 OK", "Content-Type: text/html; charset=utf-8")


def fail(how: str, page: bytes) -> Any:
    """A page that does not show it yet."""
    if how == "404":
        return answer(page, "404 Not Found")
    if how == "other":
        return answer(b"<h1>Pasar murah di Palu</h1>")
    return answer(page)[: -len(page)] + page[:3]  # the rest never comes


class Served(Paged):
    """A small server over the folder."""

    def say(self, asked: Asked) -> Any:
        place = self.home / asked.path.strip("/")
        file = place / "warta.html" if place.is_dir() else place
        return self.show(file.read_bytes() if file.is_file() else b"nothing here")


class Received(Paged):
    """A receiver with a page; it takes an action once."""

    def clear(self) -> None:
        self.events: dict[str, dict[str, Any]] = {}

    def say(self, asked: Asked) -> Any:
        if asked.method == "POST":
            event = json.loads(asked.body)
            self.events.setdefault(asked.headers["webhook-id"], event)
            page = json.dumps({"url": self.url}).encode()
            return answer(page) if self.may_answer() else []
        shown = [each["data"]["headlines"][0]["value"] for each in self.events.values()]
        return self.show(f"<h1>{shown[0] if shown else 'Tidak ada'}</h1>".encode())

    def count_standing(self) -> Any:
        photos = [each["data"].get("associations", []) for each in self.events.values()]
        return [len(self.events), sum(map(len, photos))]


class Passed(Paged):
    """A proxy before the real WordPress: what it says of its own address is ours in its answers."""

    def __init__(self, target: PublishTarget, home: Path, site: Site) -> None:
        super().__init__(target, home)
        self.site = site
        self.secrets = {"WORDPRESS": site.passwords["redaksi"]}
        self.port = 0
        self._busy = 0
        self._rests = threading.Condition()

    def clear(self) -> None:
        Rows(self.site, NUMBER).remove()

    def say(self, asked: Asked) -> Any:
        with self._rests:
            self._busy += 1
        try:
            status, headers, body = self._ask(asked)
        finally:
            with self._rests:
                self._busy -= 1
                self._rests.notify_all()
        if asked.method == "POST" and not self.may_answer():
            return []
        if asked.method == "GET" and "rest_route" not in asked.path and "wp-json" not in asked.path:
            return self.show(body) if status.startswith("200") else answer(body, status, *headers)
        return answer(body, status, *headers)

    def _ask(self, asked: Asked) -> tuple[str, list[str], bytes]:
        wire = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)
        sent = {**asked.headers, "host": f"127.0.0.1:{self.site.port}", "connection": "close"}
        wire.request(asked.method, asked.path, asked.body or None, sent)
        got = wire.getresponse()
        ours, theirs = f"127.0.0.1:{self.port}", f"127.0.0.1:{self.site.port}"
        headers = [
            f"{name}: {value.replace(theirs, ours)}"
            for name, value in got.getheaders()
            if name.lower() not in SPARED
        ]
        body = got.read().replace(theirs.encode(), ours.encode())
        wire.close()
        return f"{got.status} {got.reason}", headers, body

    def wait(self) -> None:
        with self._rests:
            assert self._rests.wait_for(lambda: not self._busy, 60)

    def count_standing(self) -> Any:
        rows = Rows(self.site, NUMBER)
        return [len(rows.posts()), len(rows.photos())]


@contextmanager
def open_front(kind: str, home: Path, site: Site | None) -> Iterator[Front]:
    """The target of this kind, and its readers' side."""
    (folder := home / "site").mkdir()
    front: Any = None
    with listening(lambda asked: front.say(asked)) as listener:  # noqa: PLW0108 - made below
        base = listener.url("")
        if kind == "wordpress":
            assert site is not None
            front = Passed(_name_wordpress(base), folder, site)
            front.port, front.url = listener.port, base
        elif kind == "webhook":
            url = f"{base}/hook"
            target = PublishTarget(
                id="situs", kind="webhook", private=True, url=url, secret="env:HOOK"
            )
            front = Received(target, folder)
            front.secrets = {"HOOK": SECRET}
            front.url = f"{base}/warta"
        else:
            link = base if kind.endswith("address") else ""
            target = PublishTarget(
                id="situs", kind="folder", folder=str(folder), base_url=link, private=bool(link)
            )
            front = (Served if link else Front)(target, folder)
            front.url = link
        yield front


def _name_wordpress(url: str) -> PublishTarget:
    return PublishTarget(
        id="situs",
        kind="wordpress",
        private=True,
        url=url,
        user="redaksi",
        password="env:WORDPRESS",
    )

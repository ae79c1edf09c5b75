"""A site that readers look at, in memory: it fails in every way that a request can, its pages may be
old, and an editor's hand may put an article there."""

# ruff: noqa: ARG002 - a port has more to say than a site in memory listens to

from collections.abc import Callable
from typing import Literal

from msgspec import Struct, field

from desk.workflow.publishing.deliver import Page
from publisher.articles.edition import Edition
from publisher.targets.target import (
    Action,
    Article,
    Asks,
    Delivered,
    Known,
    NotNow,
    Outcome,
    Refused,
    Step,
)
from tests.sites import Cut

Mood = Literal[
    "good", "unreachable", "busy", "late", "cut", "cut before", "rejects", "locked", "asks", "changed"
]  # fmt: skip
MOODS: tuple[Mood, ...] = (
    "good", "unreachable", "busy", "late", "cut", "cut before", "rejects", "locked", "asks", "changed"
)  # fmt: skip


class Place(Struct):
    """`pages`: what stands at an address; `ours`: the address of what we made. `meanwhile` happens
    once while a request is under way."""

    id: str
    has_page: bool = True
    mood: Mood = "good"
    pages: dict[str, Edition] = field(default_factory=dict)
    ours: str = ""
    shown: dict[str, Edition] | None = None  # old pages, while they are
    made: int = 0
    may_find: bool = True  # it can be asked what stands there
    beside: str = ""  # what a hand made while we asked
    is_asked: bool = False
    meanwhile: Callable[[], object] | None = None

    # ── hands ────────────────────────────────────────────────────────────────────────────────────

    def paste(self, url: str, edition: Edition) -> None:
        """An editor's hand, who looks at what was pasted: that page is no old one."""
        self.pages[url] = edition
        if self.shown is not None:
            self.shown[url] = edition
        if self.is_asked and url != self.ours:
            self.beside = url

    def tidy(self) -> None:
        """Who made it by hand while we made it too sees two there, and takes ours away."""
        beside, self.beside = self.beside, ""
        if beside in self.pages and self.ours not in ("", beside):
            self._remove()

    # ── readers ───────────────────────────────────────────────────────────────────────────────────

    def look(self, url: str) -> Edition | None:
        return (self.pages if self.shown is None else self.shown).get(url)

    def is_seen(self, page: Page) -> bool:
        self._interrupt()
        return self.look(page.url) == page.edition

    def is_gone(self, page: Page) -> bool:
        self._interrupt()
        return self.look(page.url) is None

    # ── the port ──────────────────────────────────────────────────────────────────────────────────

    def publish(self, article: Article, known: Known | None) -> Outcome:
        return self._act(article, lambda: self._put(article))

    def correct(self, article: Article, known: Known) -> Outcome:
        if not self.ours and not article.overwrite:
            return Refused(code="gone_on_site")
        return self._act(article, lambda: self._put(article))

    def take_down(self, article: Article, known: Known) -> Outcome:
        return self._act(article, self._remove)

    def find(self, article: Article) -> Known | NotNow | Refused | None:
        if not self.may_find:
            return Known()
        if self.mood in ("unreachable", "late", "cut before"):
            return NotNow(code="unreachable")
        return self._known(article.edition) if self.ours else None

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:
        return ()

    def _act(self, article: Article, does: Callable[[], None]) -> Outcome:
        refused = self._refuse(article)
        self.is_asked = True
        self._interrupt()
        self.is_asked = False
        if refused is not None:
            return refused
        url = self.ours
        does()
        if self.mood == "late":
            return NotNow(code="timeout")
        if self.mood == "cut":
            raise Cut
        known = self._known(article.edition)
        if not known.url and self.has_page:
            known = Known(external_id=known.external_id, version=known.version, url=url)
        is_gone = not self.ours and not known.url
        return Delivered(known=known, is_public=is_gone or not self.has_page)

    def _refuse(self, article: Article) -> Outcome | None:
        if self.mood == "cut before":
            raise Cut
        return {
            "unreachable": NotNow(code="unreachable"),
            "busy": NotNow(code="server_error"),
            "rejects": Refused(code="rejected"),
            "locked": Refused(code="login_refused"),
            "asks": Asks(),
            "changed": None if article.overwrite else Refused(code="changed_on_site"),
        }.get(self.mood)

    def _put(self, article: Article) -> None:
        if not self.ours:
            self.made += 1
            self.ours = f"https://{self.id}.example/{self.made}"
        self.pages[self.ours] = article.edition

    def _remove(self) -> None:
        self.pages.pop(self.ours, None)
        self.ours = ""

    def _known(self, edition: Edition) -> Known:
        url = self.ours if self.has_page else ""
        return Known(external_id=edition.submission, url=url, version=str(edition.number))

    def _interrupt(self) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            meanwhile()

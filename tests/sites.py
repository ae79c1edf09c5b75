"""A site in memory behind the port, for what no real one can be made to do at will: it fails where it
is told to, before or after it took what was handed to it."""

# ruff: noqa: ARG002 - a port has more to say than a site in memory listens to

from datetime import timedelta

from msgspec import Struct, field

from desk.app import App
from desk.workflow.publishing.deliver import Tools, publish_due
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


class Cut(Exception):
    """The process ends here."""


class Site(Struct):
    """`posts`: what stands, by the submission's number; `ever`: how many were made."""

    id: str = "situs"
    has_page: bool = True
    posts: dict[str, Edition] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)
    answers: list[Outcome | Exception] = field(default_factory=list)  # instead of taking it
    cuts: int = 0  # takes it, and the answer is lost
    is_shown: bool = True  # whether its pages show what stands

    def publish(self, article: Article, known: Known | None) -> Outcome:
        return self._take(article)

    def correct(self, article: Article, known: Known) -> Outcome:
        return self._take(article)

    def take_down(self, article: Article, known: Known) -> Outcome:
        if self.answers:
            return self._answer()
        self.posts.pop(article.edition.submission, None)
        return self._delivered(article)

    def find(self, article: Article) -> Known | NotNow | Refused | None:
        return self._known(article) if article.edition.submission in self.posts else None

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:
        return ()

    def shows(self, edition: Edition) -> bool:
        return self.is_shown and self.posts.get(edition.submission) == edition

    def _take(self, article: Article) -> Outcome:
        if self.answers:
            return self._answer()
        number = article.edition.submission
        if number not in self.posts:
            self.made.append(number)
        self.posts[number] = article.edition
        if self.cuts:
            self.cuts -= 1
            raise Cut
        return self._delivered(article)

    def _answer(self) -> Outcome:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _delivered(self, article: Article) -> Delivered:
        return Delivered(known=self._known(article), is_public=not self.has_page)

    def _known(self, article: Article) -> Known:
        number = article.edition.submission
        url = f"https://{self.id}.example/{number}" if self.has_page else ""
        return Known(external_id=number, url=url, version=str(article.edition.number))


def tools_of(*sites: Site) -> Tools:
    """Delivery to these sites; photos are not made."""
    by_id = {site.id: site for site in sites}
    return Tools(
        targets=dict(by_id),
        make_photos=lambda _app, _edition: (),
        is_seen=lambda page: by_id[page.target].shows(page.edition),
        is_gone=lambda page: page.edition.submission not in by_id[page.target].posts,
    )


def publish(app: App, tools: Tools) -> int:
    """A tick; a process that was cut lets go of its leases as its heartbeat ends."""
    try:
        return publish_due(app, tools)
    except Cut:
        return 0


ASKING = Asks()
LATER = NotNow(code="server_error", retry_after=timedelta(minutes=1))

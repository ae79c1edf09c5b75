"""The port behind which articles are published. Four implementations pass one contract test; none
knows the store, and none keeps anything: what a target told comes back to it as `Known`.

Every verb may be repeated after a cut, with the same article and key, and leaves one article and one
attachment a photo.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal, Protocol

from msgspec import Struct

from publisher.articles.edition import Edition
from redaksi.catalog import Sentence

Action = Literal["publish", "correct", "take_down"]
# tried again by itself
Passing = Literal["unreachable", "timeout", "server_error", "throttled"]
# an editor or ops at once
Final = Literal[
    "login_refused", "not_allowed", "rejected", "blocked_address", "no_category", "no_target",
    "changed_on_site", "gone_on_site", "photo_failed", "disk", "not_seen", "gone",
]  # fmt: skip
FailureCode = Passing | Final


class MadePhoto(Struct, frozen=True, kw_only=True):
    """A photo of the edition as JPEG, words inside; in the edition's order."""

    original: str  # SHA-256: what a photo is known by
    sha256: str  # of the JPEG
    width: int
    height: int
    size: int  # bytes
    read: Callable[[], bytes]


class Article(Struct, frozen=True, kw_only=True):
    """What is delivered. `key` is the same for the same action on the same edition, at every try
    ("pub_17_2_correct"); `before` is the edition that stands, where one is corrected."""

    edition: Edition
    photos: tuple[MadePhoto, ...]
    key: str
    now: datetime
    before: Edition | None = None
    overwrite: bool = False  # an editor said so of what was changed there


def has_its_photos(article: Article) -> bool:
    """Whether every photo of the edition was made, in its order."""
    originals = [photo.original for photo in article.photos]
    return originals == [photo.sha256 for photo in article.edition.photos]


class Media(Struct, frozen=True, kw_only=True):
    """A photo as a target knows it."""

    id: str = ""
    url: str = ""


class Known(Struct, frozen=True, kw_only=True):
    """What a target told of an article that stands there."""

    external_id: str = ""
    version: str = ""
    url: str = ""
    media: Mapping[str, Media] = {}  # by the original's SHA-256


class Delivered(Struct, frozen=True, kw_only=True):
    """The target took it. `is_public`: no page needs to be looked at, for the target has no
    address."""

    known: Known
    is_public: bool = False
    doubles: int = 0  # articles of the same slug found and set aside


class Asks(Struct, frozen=True, kw_only=True):
    """Somebody must do it by hand and say so."""


class NotNow(Struct, frozen=True, kw_only=True):
    """Later by itself. `detail` is the target's own word, cleaned and short."""

    code: Passing
    retry_after: timedelta | None = None
    detail: str = ""


class Refused(Struct, frozen=True, kw_only=True):
    """Not without a person."""

    code: Final
    detail: str = ""


Outcome = Delivered | Asks | NotNow | Refused


class Step(Struct, frozen=True, kw_only=True):
    """One thing that would be done: a code of the catalog's [publish_step] and its facts."""

    code: str
    facts: Mapping[str, object] = {}


def word_step(step: Step) -> Sentence:
    """The step in the catalog's words."""
    return Sentence(section="publish_step", key=step.code, facts=step.facts)


class Target(Protocol):
    """A place where articles stand. No verb raises for what the other side says or does."""

    @property
    def id(self) -> str:
        """Its name in config.toml."""

    @property
    def has_page(self) -> bool:
        """Whether what stands there has an address that is looked at."""

    def publish(self, article: Article, known: Known | None) -> Outcome:
        """Make the article stand there."""

    def correct(self, article: Article, known: Known) -> Outcome:
        """Make this edition stand in place of the one that does."""

    def take_down(self, article: Article, known: Known) -> Outcome:
        """Make it be seen no more."""

    def find(self, article: Article) -> Known | NotNow | Refused | None:
        """What stands there of the article, asked of the target itself; None: nothing. One that
        cannot be asked, and may have made it, knows of it without a word. Reads only."""

    def plan(self, article: Article, action: Action, known: Known | None) -> tuple[Step, ...]:
        """What the action would do. Reads only."""

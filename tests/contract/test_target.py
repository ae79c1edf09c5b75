"""Every target keeps one contract, whatever stands behind it: one article and one attachment a
photo, repeated or cut, corrected, taken down; a plan only reads. A site is a fixture a target."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from publisher.targets.copy_desk import CopyDesk
from publisher.targets.folder import Folder
from publisher.targets.target import (
    Action,
    Asks,
    Delivered,
    Known,
    NotNow,
    Refused,
    Target,
    word_step,
)
from redaksi import catalog
from redaksi.model import Language
from tests import wordpress
from tests.editions import HEADLINE, make_article, make_edition
from tests.listener import Listener, listening
from tests.receiver import Receiver, make_webhook
from tests.wp_target import Cutter, Rows, alone, cutting, list_headlines, make_target

ACTIONS: tuple[Action, ...] = ("publish", "correct", "take_down")
NUMBER = make_edition().submission
LANGUAGES: tuple[Language, ...] = ("id", "en")


class Site(Protocol):
    """A target, and what its readers see."""

    target: Target
    asks: bool = False  # a person does it: nothing stands by the target's own doing
    may_find: bool = True  # it can be asked what stands there

    def list_articles(self) -> list[str]:
        """The headline of each article that readers see."""

    def count_photos(self) -> int:
        """Photos that stand there for the article; one that is there twice counts twice."""

    def cut(self) -> AbstractContextManager[None]:
        """Whatever is delivered meanwhile is cut at the worst moment: it arrives, unanswered."""

    def read_all(self) -> object:
        """Everything that stands there, to see that nothing changed."""

    def lose(self) -> None:
        """From now on the site is not there."""


class CopySite:
    """An editor who has not done anything yet."""

    asks, may_find = True, False

    def __init__(self) -> None:
        self.target: Target = CopyDesk(id="situs")

    def list_articles(self) -> list[str]:
        return []

    def count_photos(self) -> int:
        return 0

    @contextmanager
    def cut(self) -> Iterator[None]:
        yield

    def read_all(self) -> object:
        return None

    def lose(self) -> None:
        return None


class FolderSite:
    """A folder, read as another program reads it: names with a dot are not seen."""

    asks, may_find = False, True

    def __init__(self, folder: Path, base_url: str = "") -> None:
        self.folder = folder
        self.target: Target = Folder(id="arsip", folder=str(folder), base_url=base_url)

    def _articles(self) -> Iterator[Path]:
        for file in self.folder.glob("[!.]*/[!.]*/warta.json"):
            if json.loads(file.read_text())["pubStatus"] == "usable":
                yield file

    def list_articles(self) -> list[str]:
        return [json.loads(file.read_text())["headlines"][0]["value"] for file in self._articles()]

    def count_photos(self) -> int:
        return len(list(self.folder.rglob("*.jpg")))

    @contextmanager
    def cut(self) -> Iterator[None]:
        """It is killed between the two renames."""
        yield
        for home in self.folder.glob("[!.]*/[!.]*"):
            home.rename(home.with_name(f".{home.name}.new"))
            home.with_name(f".{home.name}.old").mkdir()

    def read_all(self) -> object:
        return sorted(
            (str(path), path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
            for path in self.folder.rglob("*")
        )

    def lose(self) -> None:
        self.folder.rename(self.folder.with_name("elsewhere"))


class WebhookSite:
    """A receiver on loopback; what stands there is what its events say."""

    asks, may_find = False, False

    def __init__(self, receiver: Receiver, listener: Listener) -> None:
        self.receiver, self.listener = receiver, listener
        self.target: Target = make_webhook(listener)

    def list_articles(self) -> list[str]:
        return [news["headlines"][0]["value"] for news in self.receiver.list_standing()]

    def count_photos(self) -> int:
        standing = self.receiver.list_standing()
        return len({photo["uri"] for news in standing for photo in news["associations"]})

    @contextmanager
    def cut(self) -> Iterator[None]:
        self.receiver.fails.append((True, []))
        yield

    def read_all(self) -> object:
        return self.listener.connections

    def lose(self) -> None:
        self.listener.stop()


MAKERS: dict[str, Callable[[Path], AbstractContextManager[Site]]] = {}


def site_of(name: str) -> Callable[..., object]:
    """Registers the maker of a site."""

    def register(maker: Callable[[Path], Iterator[Site]]) -> object:
        MAKERS[name] = contextmanager(maker)
        return maker

    return register


@site_of("copy")
def make_copy(folder: Path) -> Iterator[Site]:
    yield CopySite()


@site_of("folder")
def make_folder(folder: Path) -> Iterator[Site]:
    yield FolderSite(folder)


@site_of("folder with an address")
def make_served_folder(folder: Path) -> Iterator[Site]:
    yield FolderSite(folder, "https://warta.example/arsip/")


@site_of("webhook")
def make_receiver(folder: Path) -> Iterator[Site]:
    receiver = Receiver()
    with listening(receiver) as listener:
        yield WebhookSite(receiver, listener)


class WordPressSite:
    """A real WordPress behind a proxy, its pages as a reader gets them."""

    asks, may_find = False, True

    def __init__(self, site: wordpress.Site, cutter: Cutter) -> None:
        self.site = site
        self.cutter = cutter
        self.rows = Rows(site, NUMBER)
        self.target: Target = make_target(site, cutter.url)

    def list_articles(self) -> list[str]:
        return list_headlines(self.site, NUMBER)

    def count_photos(self) -> int:
        """What a correction leaves out stays in the site's library, for others may use it."""
        return len(self.rows.shown_photos())

    @contextmanager
    def cut(self) -> Iterator[None]:
        """It does what it is told, and its answer is lost."""
        self.cutter.mutes = b"POST /?rest_route=%2Fwp%2Fv2%2Fposts"
        yield
        assert self.cutter.struck
        self.cutter.mutes = b""
        self.cutter.wait()

    def read_all(self) -> object:
        return self.rows.read()

    def lose(self) -> None:
        self.cutter.is_open = False


@contextmanager
def open_wordpress(site: wordpress.Site) -> Iterator[Site]:
    with alone(site), cutting(site) as cutter:
        made = WordPressSite(site, cutter)
        made.rows.remove()
        yield made


@pytest.fixture(params=[*MAKERS, "wordpress"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    if request.param == "wordpress":
        with open_wordpress(request.getfixturevalue("wordpress")) as made:
            yield made
        return
    folder = tmp_path / "site"
    folder.mkdir()
    with MAKERS[request.param](folder) as made:
        yield made


def take(site: Site, outcome: object) -> Known:
    """What the target told; it asked, where it asks."""
    if site.asks:
        assert outcome == Asks()
        return Known()
    assert isinstance(outcome, Delivered), outcome
    return outcome.known


def seen(site: Site, *headlines: str) -> list[str]:
    """What readers see of an article that stands."""
    return [] if site.asks else list(headlines)


def test_what_is_published_stands_once(site: Site) -> None:
    article = make_article()
    known = take(site, site.target.publish(article, None))
    assert site.list_articles() == seen(site, HEADLINE)
    assert site.count_photos() == len(seen(site, "1", "2"))
    if site.may_find:
        assert site.target.find(article) == known


def test_what_has_no_address_stands_at_once(site: Site) -> None:
    outcome = site.target.publish(make_article(), None)
    assert isinstance(outcome, Asks) or (
        isinstance(outcome, Delivered) and outcome.is_public is not site.target.has_page
    )


def test_repeated_after_a_cut_it_stands_once(site: Site) -> None:
    article = make_article()
    with site.cut():
        site.target.publish(article, None)
    known = site.target.find(article)
    assert not isinstance(known, NotNow | Refused)
    take(site, site.target.publish(article, known))
    assert site.list_articles() == seen(site, HEADLINE)
    assert site.count_photos() == len(seen(site, "1", "2"))


@pytest.mark.parametrize("is_cut", [False, True])
def test_a_correction_takes_its_place(site: Site, is_cut: bool) -> None:
    before, after = make_edition(), make_edition(2, headline="Warga menata bantaran Kapuas")
    known = take(site, site.target.publish(make_article(before), None))
    article = make_article(after, "correct", before=before)
    if is_cut:
        with site.cut():
            site.target.correct(article, known)
    take(site, site.target.correct(article, known))
    assert site.list_articles() == seen(site, "Warga menata bantaran Kapuas")
    assert site.count_photos() == len(seen(site, "1", "2"))


def test_a_photo_that_a_correction_leaves_out_is_seen_no_more(site: Site) -> None:
    before, after = make_edition(), make_edition(2, photos=1)
    known = take(site, site.target.publish(make_article(before), None))
    take(site, site.target.correct(make_article(after, "correct", before=before), known))
    assert site.count_photos() == len(seen(site, "1"))


@pytest.mark.parametrize("is_cut", [False, True])
def test_what_is_taken_down_is_seen_no_more(site: Site, is_cut: bool) -> None:
    known = take(site, site.target.publish(make_article(), None))
    article = make_article(action="take_down")
    if is_cut:
        with site.cut():
            site.target.take_down(article, known)
    take(site, site.target.take_down(article, known))
    assert site.list_articles() == []
    assert site.target.find(article) is None or not site.may_find


def test_what_was_taken_down_may_be_published_again(site: Site) -> None:
    known = take(site, site.target.publish(make_article(), None))
    take(site, site.target.take_down(make_article(action="take_down"), known))
    take(site, site.target.publish(make_article(make_edition(2)), None))
    assert site.list_articles() == seen(site, HEADLINE)


@pytest.mark.parametrize("stands", [False, True])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_plan_reads_and_says_what_it_would_do(site: Site, action: Action, stands: bool) -> None:
    known = take(site, site.target.publish(make_article(), None)) if stands else None
    before = site.read_all()
    steps = site.target.plan(make_article(make_edition(2), action), action, known)
    assert site.read_all() == before
    assert steps
    for language in LANGUAGES:
        words = catalog.load(language)
        assert all(words.knows("publish_step", step.code) for step in steps)
        assert all(words.render(word_step(step)) for step in steps)


def test_a_site_that_is_not_there_is_an_outcome_and_no_error(site: Site) -> None:
    known = take(site, site.target.publish(make_article(), None))
    site.lose()
    article = make_article(make_edition(2), "correct", before=make_edition())
    outcomes = (
        site.target.publish(article, None),
        site.target.correct(article, known),
        site.target.take_down(article, known),
    )
    assert all(isinstance(each, Asks if site.asks else NotNow | Refused) for each in outcomes)
    site.target.find(article)
    assert site.target.plan(article, "correct", known)

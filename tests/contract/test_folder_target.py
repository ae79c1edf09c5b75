"""A folder that articles are published into: what lies there, who may read it, what a link, a full
disk or a death does to it."""

import errno
import fcntl
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from publisher.targets.folder import BUSY, Folder
from publisher.targets.target import Action, Delivered, Known, MadePhoto, NotNow, Refused
from redaksi.errors import BlobMissing
from tests.drill.folder import (
    KILLS,
    Happen,
    act_on,
    another,
    article,
    count_calls,
    read_whole,
)
from tests.editions import HEADLINE, make_article, make_edition, make_photos

ROOT = Path(__file__).parents[2]
ACTIONS: tuple[Action, ...] = ("publish", "correct", "take_down")
FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def target_of(site: Path, base_url: str = "") -> Folder:
    return Folder(id="arsip", folder=str(site), base_url=base_url)


def home_of(site: Path) -> Path:
    return site / "2026/W-2026-0143"


def read_news(site: Path) -> dict[str, object]:
    news: dict[str, object] = json.loads((home_of(site) / "warta.json").read_text())
    return news


def list_all(site: Path) -> set[str]:
    return {str(each.relative_to(site)) for each in site.rglob("*")}


def test_what_lies_there(site: Path) -> None:
    target_of(site).publish(make_article(), None)
    home = "2026/W-2026-0143"
    files = ("warta.json", "warta.html", "warta.md", "foto-1.jpg", "foto-2.jpg")
    assert list_all(site) == {"2026", home, *(f"{home}/{name}" for name in files)}
    assert HEADLINE in (home_of(site) / "warta.html").read_text()
    assert (home_of(site) / "warta.md").read_text().startswith("---\n")
    for photo, made in zip((1, 2), make_photos(make_edition()), strict=True):
        assert (home_of(site) / f"foto-{photo}.jpg").read_bytes() == made.read()


def test_another_user_may_read_it_whatever_the_umask(site: Path) -> None:
    before = os.umask(0o077)
    try:
        target_of(site).publish(make_article(), None)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(each.stat().st_mode) for each in site.rglob("*") if each.is_file()}
    folders = {stat.S_IMODE(each.stat().st_mode) for each in site.rglob("*") if each.is_dir()}
    assert (modes, folders) == ({0o644}, {0o755})


@pytest.mark.parametrize(
    "base_url", ["https://warta.example/arsip", "https://warta.example/arsip/"]
)
def test_addresses_are_absolute_where_it_is_served(site: Path, base_url: str) -> None:
    outcome = target_of(site, base_url).publish(make_article(), None)
    served = "https://warta.example/arsip/2026/W-2026-0143/"
    assert isinstance(outcome, Delivered)
    assert (outcome.known.url, outcome.is_public) == (f"{served}warta.html", False)
    assert {each.url for each in outcome.known.media.values()} == {
        f"{served}foto-1.jpg",
        f"{served}foto-2.jpg",
    }
    assert f'"{served}foto-1.jpg"' in (home_of(site) / "warta.json").read_text()


def test_without_an_address_names_are_bare(site: Path) -> None:
    outcome = target_of(site).publish(make_article(), None)
    assert isinstance(outcome, Delivered)
    assert (outcome.known.url, outcome.is_public) == ("", True)
    assert '"href": "foto-1.jpg"' in (home_of(site) / "warta.json").read_text()


def test_of_what_was_taken_down_not_a_word_is_left(site: Path) -> None:
    target = target_of(site)
    target.publish(make_article(), None)
    target.take_down(make_article(action="take_down"), Known())
    assert {each.name for each in home_of(site).iterdir()} == {"warta.json"}
    assert read_news(site)["pubStatus"] == "canceled"
    text = (home_of(site) / "warta.json").read_text()
    assert not [word for word in ("Gotong", "gotong", "Inayatullah", "Kapuas") if word in text]


def test_the_year_is_the_numbers(site: Path) -> None:
    edition = make_edition(submission="W-2025-0900", uri="tag:warta.example,2025:W-2025-0900")
    target_of(site).publish(make_article(edition), None)
    assert (site / "2025/W-2025-0900/warta.json").is_file()


@pytest.mark.parametrize("number", ["../W-2026-0143", "W-2026-0143/..", ".W", "", "a/b", "W\x00"])
def test_a_number_that_leads_elsewhere_is_refused(site: Path, number: str) -> None:
    edition = make_edition(submission=number)
    outcome = target_of(site).publish(make_article(edition), None)
    assert isinstance(outcome, Refused) and outcome.code == "rejected"
    assert list_all(site.parent) == {"site"}


LINKS: dict[str, Callable[[Path, Path], None]] = {
    "the year": lambda site, away: (site / "2026").symlink_to(away),
    "the article": lambda site, away: make_link(home_of(site), away),
    "the new one": lambda site, away: make_link(site / "2026/.W-2026-0143.new", away),
    "the old one": lambda site, away: make_link(site / "2026/.W-2026-0143.old", away),
    "another year": lambda site, away: (site / "2025").symlink_to(away),
}


def make_link(path: Path, away: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(away)


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("where", LINKS)
def test_no_link_is_followed_out_of_the_folder(site: Path, where: str, overwrite: bool) -> None:
    away = site.parent / "away"
    away.mkdir()
    (away / "kept").write_text("theirs")
    (away / ".W-2026-0100.old").mkdir()
    LINKS[where](site, away)
    target_of(site).publish(make_article(overwrite=overwrite), None)
    assert list_all(away) == {"kept", ".W-2026-0100.old"}
    assert (away / "kept").read_text() == "theirs"


def test_a_link_inside_the_article_is_removed_and_not_what_it_leads_to(site: Path) -> None:
    away = site.parent / "away"
    away.mkdir()
    (away / "kept").write_text("theirs")
    target = target_of(site)
    target.publish(make_article(), None)
    (home_of(site) / "link").symlink_to(away)
    (home_of(site) / "file").symlink_to(away / "kept")
    target.correct(make_article(make_edition(2), "correct"), Known())
    assert (away / "kept").read_text() == "theirs"
    assert not {"link", "file"} & {each.name for each in home_of(site).iterdir()}


@pytest.mark.parametrize(
    "theirs", ["{}", "no json", '{"uri": "tag:other.example,2026:W-2026-0143"}', "[" * 9999]
)
def test_what_is_not_ours_is_exchanged_only_when_an_editor_says_so(site: Path, theirs: str) -> None:
    home_of(site).mkdir(parents=True)
    (home_of(site) / "warta.json").write_text(theirs)
    target = target_of(site)
    for outcome in (
        target.publish(make_article(), None),
        target.take_down(make_article(), Known()),
    ):
        assert isinstance(outcome, Refused) and outcome.code == "changed_on_site"
    assert (home_of(site) / "warta.json").read_text() == theirs
    assert isinstance(target.publish(make_article(overwrite=True), None), Delivered)
    assert read_news(site)["uri"] == make_edition().uri


def unreadable() -> bytes:
    raise BlobMissing("blob_missing", sha256="0" * 64)


def unreadable_disk() -> bytes:
    raise OSError(errno.EIO, "I/O error")


PHOTOS: dict[str, Callable[[tuple[MadePhoto, ...]], list[MadePhoto]]] = {
    "one lacks": lambda photos: [photos[0]],
    "in another order": lambda photos: [photos[1], photos[0]],
    "its file is gone": lambda photos: [photos[0], changed(photos[1], unreadable)],
    "its disk is broken": lambda photos: [photos[0], changed(photos[1], unreadable_disk)],
    "its bytes are others": lambda photos: [photos[0], changed(photos[1], lambda: b"other")],
}


def changed(photo: MadePhoto, read: Callable[[], bytes]) -> MadePhoto:
    return MadePhoto(
        original=photo.original, sha256=photo.sha256, width=1, height=1, size=1, read=read
    )


@pytest.mark.parametrize("how", PHOTOS)
def test_without_all_its_photos_nothing_is_exchanged(site: Path, how: str) -> None:
    target = target_of(site)
    target.publish(make_article(), None)
    edition = make_edition(2, headline="Judul baru")
    photos = PHOTOS[how](make_photos(edition))
    outcome = target.correct(make_article(edition, "correct", photos=photos), Known())
    assert outcome == Refused(code="photo_failed")
    assert HEADLINE in (home_of(site) / "warta.html").read_text()
    assert {each.name for each in (site / "2026").iterdir()} == {"W-2026-0143"}


def test_a_folder_that_is_missing_is_not_made(tmp_path: Path) -> None:
    """The disk may not be mounted."""
    outcome = target_of(tmp_path / "arsip").publish(make_article(), None)
    assert outcome == Refused(code="disk", detail="ENOENT")
    assert list(tmp_path.iterdir()) == []


def test_two_at_once_do_not_meet(site: Path) -> None:
    held = os.open(site, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        outcome = target_of(site).publish(make_article(), None)
    finally:
        os.close(held)
    assert outcome == NotNow(code="throttled", retry_after=BUSY)
    assert isinstance(target_of(site).publish(make_article(), None), Delivered)


def make_fault(number: int) -> Happen:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def list_steps(
    site: Path, action: Action, happen: Happen, every: int
) -> Iterator[tuple[int, object]]:
    """An action with something happening before one of `every` of its system calls, in a new folder each."""
    step = calls = 0
    while calls >= step:
        step += every
        folder = site / f"{action}-{step}"
        folder.mkdir()
        if action != "publish":
            target_of(folder).publish(article(1, "publish"), None)
        act = act_on(target_of(folder), 1 if action == "publish" else 2, action)
        outcome, calls = count_calls(act, step, happen)
        yield step, outcome


@pytest.mark.parametrize("number", FAULTS, ids=[errno.errorcode[number] for number in FAULTS])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_disk_that_refuses_any_step_leaves_one_whole_edition(
    site: Path, action: Action, number: int
) -> None:
    before, wanted = {"publish": (0, 1), "correct": (1, 2), "take_down": (1, -2)}[action]
    every = 2 if number == errno.ENOSPC else 7  # they are met alike
    refusals = 0
    for step, outcome in list_steps(site, action, make_fault(number), every):
        folder = site / f"{action}-{step}"
        refused = Refused(code="disk", detail=errno.errorcode[number])
        assert outcome == refused or isinstance(outcome, Delivered), (step, outcome)
        refusals += outcome == refused
        if before or not isinstance(outcome, Refused):
            assert (folder / "2026/W-2026-0143/warta.json").is_file()  # readers see one meanwhile
        assert isinstance(target_of(folder).publish(another(), None), Delivered)
        assert read_whole(folder) in ((before, wanted) if outcome == refused else (wanted,))
        act_on(target_of(folder), abs(wanted), action)()
        assert read_whole(folder) == wanted
    assert refusals > 20 // every


def test_a_tenth_of_the_deaths_of_the_drill() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.drill.folder", str(KILLS // 10)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert sum(json.loads(done.stdout).values()) >= KILLS // 10

"""Pages are written by one process at a time, into a folder of their own, and the store says how
that went."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desk.app import App
from desk.health.judge import find_troubles
from desk.health.look import observe
from desk.health.trouble import TroubleCode
from desk.health.words import say_trouble
from desk.presentation import queue_site
from desk.presentation.queue_site import OWNER, publish_queue
from desk.store import pages
from desk.store.jobs import leases
from desk.store.pages import PagesState
from redaksi.errors import StoreError, StoreUnfit
from tests.postoffice import MONDAY, Bench, bench
from tests.processes import give_birth, silence


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path / "a", MONDAY) as ready:
        yield ready


def state(app: App) -> PagesState | None:
    with app.store.read() as tx:
        return pages.state_of(tx, str(app.config.queue_folder))


def test_the_store_says_when_the_pages_were_written_and_by_whom(on: Bench) -> None:
    assert state(on.app) is None
    publish_queue(on.app)
    found = state(on.app)
    assert found is not None
    assert (found.written_at, found.holder, found.error) == (MONDAY, on.app.name, "")


def test_pages_that_cannot_be_written_are_told_until_they_can(on: Bench) -> None:
    publish_queue(on.app)
    folder = on.app.config.queue_folder
    aside = folder.rename(folder.with_name("aside"))
    folder.write_text("in the way")
    for minutes in (11, 22):
        on.later(minutes=11)
        with pytest.raises((StoreError, OSError)):
            publish_queue(on.app)
        found = state(on.app)
        assert found is not None
        assert found.error
        assert found.error_at is not None
        assert (found.written_at, (on.now - found.error_at).total_seconds()) == (
            MONDAY, 60 * (minutes - 11),
        )  # fmt: skip
    folder.unlink()
    aside.rename(folder)
    assert publish_queue(on.app) is not None
    found = state(on.app)
    assert found is not None
    assert (found.error, found.error_at, found.written_at) == ("", None, on.now)


def tell(on: Bench) -> list[str]:
    """What `status` says of the pages."""
    found = find_troubles(observe(on.app), on.app.config, on.now)
    return [say_trouble(one, "id") for one in found if one.code is TroubleCode.PAGES_STALE]


def test_status_tells_of_them_after_a_quarter_of_an_hour_and_is_quiet_when_they_are_written(
    on: Bench,
) -> None:
    publish_queue(on.app)
    folder = on.app.config.queue_folder
    aside = folder.rename(folder.with_name("aside"))
    folder.write_text("in the way")
    for minutes in (0, 11, 5):
        on.later(minutes=minutes)
        with pytest.raises((StoreError, OSError)):
            publish_queue(on.app)
        if minutes < 5:
            assert tell(on) == []
    (line,) = tell(on)
    assert line.startswith("halaman antrean tidak tertulis sejak 16 menit lalu: ")
    folder.unlink()
    aside.rename(folder)
    publish_queue(on.app)
    assert tell(on) == []


def test_pages_that_were_removed_are_written_again(on: Bench) -> None:
    publish_queue(on.app)
    on.app.config.queue_folder.rename(on.app.config.queue_folder.with_name("aside"))
    assert publish_queue(on.app) is not None
    assert (on.app.config.queue_folder / "index.html").is_file()


def test_two_publishers_take_turns(on: Bench) -> None:
    """Whoever comes while another writes leaves it to that one; a killed one is waited for until it
    is silent."""
    give_birth(on.app.store, "elsewhere")
    with on.app.store.begin() as tx:
        assert leases.acquire(tx, queue_site.LEASE, "elsewhere")
    assert publish_queue(on.app) is None
    assert state(on.app) is None
    silence(on.app.store, "elsewhere")
    assert publish_queue(on.app) is not None


def test_two_installations_do_not_share_a_folder(on: Bench, tmp_path: Path) -> None:
    publish_queue(on.app)
    before = (on.app.config.queue_folder / "index.html").read_bytes()
    with bench(tmp_path / "b", MONDAY) as other:
        queue = msgspec.structs.replace(
            other.app.config.queue, folder=str(on.app.config.queue_folder)
        )
        config = msgspec.structs.replace(other.app.config, queue=queue)
        app = msgspec.structs.replace(other.app, config=config)
        assert app.config.queue_folder == on.app.config.queue_folder
        with pytest.raises(StoreUnfit, match="another installation"):
            publish_queue(app, force=True)
        found = state(app)
        assert found is not None
        assert found.error
    assert (on.app.config.queue_folder / "index.html").read_bytes() == before


def test_a_folder_whose_mark_a_full_disk_left_empty_is_ours(on: Bench) -> None:
    folder = on.app.config.queue_folder
    folder.mkdir(parents=True)
    (folder / OWNER).touch()
    assert publish_queue(on.app) is not None
    assert (folder / OWNER).read_text().strip()

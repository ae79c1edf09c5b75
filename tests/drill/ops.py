"""An installation's whole life by its verbs, each in a process of its own, on both databases: upgraded from
0.1; backed up, onto a full disk too; restored; a person erased; backed up anew; the older one restored.

`python -m tests.drill ops` prints one table: what is asked of each step, and what was found.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from sqlalchemy import text

from desk.backup.manifest import NAME, find_damaged, read_manifest
from desk.blobs.compare import Compared, compare_blobs
from desk.blobs.local import LocalBlobs
from desk.store import open_store
from tests import leaving, postgres
from tests.backups import change, list_blobs, names_of, settle_in
from tests.canaries import find_words, search
from tests.drill.backup import thaw_postgres, thaw_sqlite

MakeDatabase = Callable[[], str]  # the address of an empty one; "" for SQLite, which is a file
TABLES = ("mail", "submission", "event", "outbox", "photo", "document")
UNDER_WAY = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending', 'held')"


class Place(Struct, frozen=True, kw_only=True):
    """An installation: its folder, and its database's address."""

    home: Path
    url: str


class Step(Struct, frozen=True, kw_only=True):
    """What was done, what is asked of it, and what was found."""

    what: str
    asked: object
    found: object


def drill() -> bool:
    """Whether every step was as asked."""
    print(f"{'database':<12}{'step':<52}{'asked':>6}{'found':>6}")
    with tempfile.TemporaryDirectory() as folder:
        held = _print(Path(folder) / "sqlite", live_on_sqlite(Path(folder) / "sqlite"))
        programs = postgres.binaries()
        if programs is None:
            print("no PostgreSQL here")
            return False
        with postgres.cluster(programs) as cluster:

            def make() -> str:
                return cluster.url(cluster.create())

            home = Path(folder) / "postgres"
            return _print(home, _live(home, make, lambda _, url: thaw_postgres(url))) and held


def live_on_sqlite(folder: Path) -> Iterator[Step]:
    """Every step."""
    return _live(folder, lambda: "", lambda home, _: thaw_sqlite(home))


def _print(folder: Path, steps: Iterator[Step]) -> bool:
    held = True
    for step in steps:
        print(f"{folder.name:<12}{step.what:<52}{step.asked!s:>6}{step.found!s:>6}", flush=True)
        held &= step.asked == step.found
    return held


def _live(folder: Path, make: MakeDatabase, thaw: Callable[[Path, str], str]) -> Iterator[Step]:
    yield from _upgrade(folder / "old", make(), thaw)
    yield from _keep(folder, make)


def _upgrade(home: Path, url: str, thaw: Callable[[Path, str], str]) -> Iterator[Step]:
    home.mkdir(parents=True)
    place = Place(home=home, url=thaw(home, url))
    settle_in(place.url, home)
    config = _write_config(place, url)
    before = _count(place.url, ("submission", "mail"))
    yield Step(
        what="upgrade from 0.1: exit", asked=0, found=_redaksi("upgrade", "--config", config)[0]
    )
    yield Step(
        what="upgrade from 0.1: rows lost",
        asked=0,
        found=_lost(before, _count(place.url, tuple(before))),
    )
    published = _ask(place.url, "SELECT count(*) FROM submission WHERE state = 'published'")
    code, told = _redaksi("queue", "--json", "--state", "published", "--config", config)
    yield Step(what="queue of what is published after it: exit", asked=0, found=code)
    yield Step(
        what="queue of what is published after it: rows",
        asked=published,
        found=len(json.loads(told)),
    )


def _keep(folder: Path, make: MakeDatabase) -> Iterator[Step]:
    dest, home, url = folder / "cadangan", folder / "desk", make()
    if url:
        open_store(url).close()
    with leaving.town(home, url) as town:
        config = leaving.write_config(town)
        place = Place(home=home, url=town.app.config.database_url({}))
    _send_soon(place.url)
    before = _count(place.url)
    yield Step(what="letters under way", asked=True, found=_ask(place.url, UNDER_WAY) > 0)
    yield Step(what="backup: exit", asked=0, found=_redaksi("backup", dest, "--config", config)[0])
    (older,) = _list_whole(dest)
    yield from _fill_disk(folder / "full", config)
    yield Step(what="the backup before it: damaged files", asked=0, found=len(_damaged(older)))

    first = _restored(folder / "first", make)
    yield Step(what="restore: exit", asked=0, found=_restore(older, first))
    after = _count(first.url)
    yield Step(what="restored: rows lost", asked=0, found=_lost(before, after))
    yield Step(what="restored: rows there twice", asked=0, found=_twice(before, after))
    yield Step(
        what="restored: letters that leave by themselves", asked=0, found=_ask(first.url, UNDER_WAY)
    )
    yield from _reconcile("restored", first)

    yield Step(what="canaries", asked=len(leaving.WORDS), found=_find_canaries(place))
    code, _ = _redaksi("erase", leaving.ADDRESS, "--yes", "--config", config)
    yield Step(what="erase: exit", asked=0, found=code)
    yield Step(what="erased: canaries", asked=0, found=_find_canaries(place))
    yield Step(
        what="backup after it: exit", asked=0, found=_redaksi("backup", dest, "--config", config)[0]
    )
    (later,) = set(_list_whole(dest)) - {older}
    yield Step(what="backup after it: canaries", asked=0, found=len(_find_in_backup(dest, later)))

    again = _restored(folder / "again", make)
    yield Step(what="the older one restored: exit", asked=0, found=_restore(older, again))
    yield Step(what="the older one restored: canaries", asked=0, found=_find_canaries(again))
    yield from _reconcile("the older one restored", again)


def _fill_disk(mounted: Path, config: Path) -> Iterator[Step]:
    if os.getuid() != 0:
        return  # only root may mount one
    with _small_disk(mounted):
        code, told = _redaksi("backup", mounted, "--config", config)
        yield Step(what="backup onto a full disk: exits other than 0", asked=True, found=code != 0)
        yield Step(
            what="backup onto a full disk: says so",
            asked=True,
            found="penuh" in told or "habis" in told,
        )
        yield Step(
            what="backup onto a full disk: with a name", asked=0, found=len(_list_whole(mounted))
        )


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    """Of half a megabyte."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", "size=512k", "tmpfs", str(folder)]
    subprocess.run(["mount", *options], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _restored(into: Path, make: MakeDatabase) -> Place:
    database = make()
    return Place(home=into, url=database or f"sqlite:///{into / 'redaksi.db'}")


def _restore(backup: Path, place: Place) -> int:
    database = () if place.url.startswith("sqlite") else ("--database", place.url)
    return _redaksi("restore", backup, "--into", place.home, *database)[0]


def _reconcile(what: str, place: Place) -> Iterator[Step]:
    blobs = LocalBlobs(place.home / "blobs", looks=True)
    compared = compare_blobs(blobs, names_of(place.url))
    yield Step(what=f"{what}: blobs without a row, rows without", asked=0, found=_odd(compared))
    files = {path.name for path in (place.home / "blobs").glob("??/*") if path.is_file()}
    yield Step(
        what=f"{what}: blobs whose hash is right",
        asked=len(files),
        found=len(list_blobs(place.home / "blobs")),
    )


def _odd(compared: Compared) -> int:
    return len(compared.missing) + len(compared.unnamed)


def _find_canaries(place: Place) -> int:
    store = open_store(place.url)
    try:
        rows = leaving.find_in_rows(store)
    finally:
        store.close()
    pages = place.home.with_name("antrean")
    config = place.home / "config.toml"  # the mailbox is the redaksi's own
    assert config.exists()
    return len(rows | set(search(place.home, leaving.WORDS)) | set(search(pages, leaving.WORDS)))


def _find_in_backup(dest: Path, made: Path) -> set[str]:
    blobs = LocalBlobs(dest / "blobs", looks=True)
    contents = (blobs.local_path(each).read_bytes() for each in read_manifest(made).blobs)
    within = {word for each in contents for word in find_words(each, leaving.WORDS)}
    return within | set(search(made, leaving.WORDS))


def _list_whole(dest: Path) -> list[Path]:
    return sorted(path.parent for path in dest.glob(f"[0-9]*/{NAME}"))


def _damaged(backup: Path) -> list[str]:
    return find_damaged(backup, read_manifest(backup))


def _send_soon(url: str) -> None:
    """What waits for an editor's word has it."""
    with change(url) as connection:
        connection.execute(text("UPDATE outbox SET state = 'queued' WHERE state = 'draft'"))


def _count(url: str, tables: tuple[str, ...] = TABLES) -> Mapping[str, int]:
    return {name: _ask(url, f"SELECT count(*) FROM {name}") for name in tables}


def _ask(url: str, query: str) -> int:
    with change(url) as connection:
        return int(connection.scalar(text(query)) or 0)


def _lost(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    return sum(max(0, before[name] - after[name]) for name in before)


def _twice(before: Mapping[str, int], after: Mapping[str, int]) -> int:
    """A restore notes what it settled: events apart."""
    return sum(max(0, after[name] - before[name]) for name in before if name != "event")


def _write_config(place: Place, url: str) -> Path:
    path = place.home / "config.toml"
    path.write_text(
        f"""data_dir = "{place.home}"
[[mailbox]]
id = "warta"
address = "redaksi@warta.example"
host = "127.0.0.1"
user = "x"
password = "env:P"
since = 2020-01-01
[queue]
folder = "{place.home.with_name("antrean-lama")}"
[storage]
database = "{url or "sqlite"}"
[reply]
mode = "off"
"""
    )
    path.chmod(0o600)
    return path


def _redaksi(*words: object) -> tuple[int, str]:
    """A verb's exit code, and all it said."""
    command = [sys.executable, "-m", "desk.cli", *map(str, words)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.returncode, done.stdout

"""Backups end to end, on both databases: every released schema brought back, killed at fifty points of
a backup and of a restore, a hundred flipped bytes."""

import gzip
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from desk.backup.make import Made
from desk.blobs.compare import Compared, compare_blobs
from desk.blobs.local import LocalBlobs
from desk.store import open_store
from desk.store.engine import make_engine
from tests import backup_deaths as deaths
from tests import postgres
from tests.backups import NOW, Kept, list_blobs, names_of, read_queue_of, settle_in

FROZEN = Path(__file__).parents[1] / "frozen"
POINTS, FLIPS = 50, 100
DAY = timedelta(days=1)
MakeDatabase = Callable[[], str]


def drill() -> bool:
    """Whether all of it held."""
    print(f"{'database':<12}{'schema':<9}{'what':<34}{'held':>9}")
    with tempfile.TemporaryDirectory() as folder:
        held = _drill(Path(folder) / "sqlite", thaw_sqlite, lambda: "")
        programs = postgres.binaries()
        if programs is None:
            print("no PostgreSQL here")
            return False
        with postgres.cluster(programs) as cluster:

            def make() -> str:
                return cluster.url(cluster.create())

            return _drill(Path(folder) / "postgres", lambda _: thaw_postgres(make()), make) and held


def _drill(folder: Path, thaw: Callable[[Path], str], make: MakeDatabase) -> bool:
    held = True
    for schema in ("0.1", "today"):
        home = folder / schema
        home.mkdir(parents=True)
        url = thaw(home)
        if schema == "today":
            open_store(url).close()
        kept = settle_in(url, home)
        made = kept.back_up()

        def tell(what: str, count: int, of: int, name: str = schema) -> bool:
            print(f"{folder.name:<12}{name:<9}{what:<34}{count:>4}/{of:<4}", flush=True)
            return count == of

        held &= tell("brought back, reconcile 0, hashes", _is_back(kept, made, folder, make), 1)
        if schema == "today":
            held &= tell("flipped bytes found", _flip(made, folder, make), FLIPS)
            held &= tell("killed backups: old one whole", _kill_backups(kept, made), POINTS)
            held &= tell(
                "killed restores: absent or whole", _kill_restores(made, folder, make), POINTS
            )
    return held


def _is_back(kept: Kept, made: Made, folder: Path, make: MakeDatabase) -> bool:
    into, database = folder / f"back-{made.manifest.revision}", make()
    deaths.bring_back(made.folder, into, database)
    url = database or f"sqlite:///{into / 'redaksi.db'}"
    blobs = LocalBlobs(into / "blobs", looks=True)
    is_whole = compare_blobs(blobs, names_of(url)) == Compared()
    is_whole &= list_blobs(into / "blobs") == set(made.manifest.blobs)
    return is_whole and read_queue_of(url) == read_queue_of(kept.url)


def _flip(made: Made, folder: Path, make: MakeDatabase) -> int:
    into, database = folder / "flipped", make()
    return sum(deaths.is_flip_found(made.folder, into, n, database) for n in range(FLIPS))


def _kill_backups(kept: Kept, old: Made) -> int:
    steps = deaths.run_until(0, lambda: kept.back_up(now=NOW + DAY)) or 0
    held = 0
    for point in deaths.points(steps, POINTS):
        deaths.run_until(point, lambda: kept.back_up(now=NOW + 2 * DAY, keep=9))
        held += deaths.is_old_whole(kept, old)
    return held


def _kill_restores(made: Made, folder: Path, make: MakeDatabase) -> int:
    first = make()
    steps = deaths.run_until(0, lambda: deaths.bring_back(made.folder, folder / "n0", first)) or 0
    held = 0
    for point in deaths.points(steps, POINTS):
        into, fresh = folder / f"n{point}", make()
        deaths.run_until(point, lambda: deaths.bring_back(made.folder, into, fresh))  # noqa: B023
        held += deaths.is_absent_or_whole(into, fresh)
    return held


def _dump(name: str) -> str:
    return gzip.decompress((FROZEN / name).read_bytes()).decode()


def thaw_sqlite(home: Path) -> str:
    """The store of 0.1 in this folder; its address."""
    with closing(sqlite3.connect(home / "redaksi.db")) as connection:
        connection.executescript(_dump("store.sqlite.sql.gz"))
    return f"sqlite:///{home / 'redaksi.db'}"


def thaw_postgres(url: str) -> str:
    """The store of 0.1 in this empty database; its address."""
    engine = make_engine(url)
    with engine.begin() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(_dump("store.postgres.sql.gz"))
    engine.dispose()
    return url

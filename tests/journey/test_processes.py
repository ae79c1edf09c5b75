"""Daemons and `poll --once` side by side on one store split nothing and ask for nothing that came:
a tenth of `make drill ARGS=processes`."""

from pathlib import Path

import pytest

from desk.demo import dovecot
from ingest.fetch.listing import Account
from tests import postgres
from tests.drill import processes

PAIRS = 10


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("database", "daemons"), [("sqlite", 3), ("postgres", 2)])
def test_pairs_stay_whole_whatever_works_on_them(
    database: str, daemons: int, tmp_path: Path, dovecot_server: dovecot.Dovecot
) -> None:
    account = Account(
        id="warta",
        host=dovecot_server.host,
        port=dovecot_server.port,
        user=f"pairs-{database}",
        password=dovecot_server.password,
        security="none",
    )
    home = tmp_path / "data"
    if database == "sqlite":
        url = f"sqlite:///{home}/redaksi.db"
        found = processes.run(home, url, account, PAIRS, daemons)
    else:
        programs = postgres.binaries()
        if programs is None:
            pytest.skip("needs postgres")
        with postgres.cluster(programs) as cluster:
            url = cluster.url(cluster.create())
            found = processes.run(home, url, account, PAIRS, daemons)
    assert (found.whole, found.split, found.undue) == (PAIRS, 0, 0)

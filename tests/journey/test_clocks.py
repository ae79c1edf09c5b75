"""Daemons whose clocks are 20 minutes apart double nothing: a little of `make drill ARGS=clocks`."""

from pathlib import Path

import pytest

from desk.demo import dovecot
from ingest.fetch.listing import Account
from tests import postgres
from tests.drill import clocks

MAILS = 4


@pytest.mark.timeout(600)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_clocks_apart_double_no_letter_and_no_filing(
    database: str, tmp_path: Path, dovecot_server: dovecot.Dovecot
) -> None:
    account = Account(
        id="warta",
        host=dovecot_server.host,
        port=dovecot_server.port,
        user=f"clocks-{database}",
        password=dovecot_server.password,
        security="none",
    )
    home = tmp_path / "data"
    if database == "sqlite":
        found = clocks.run(home, f"sqlite:///{home}/redaksi.db", account, MAILS)
    else:
        programs = postgres.binaries()
        if programs is None:
            pytest.skip("needs postgres")
        with postgres.cluster(programs) as cluster:
            found = clocks.run(home, cluster.url(cluster.create()), account, MAILS)
    assert found.letters == MAILS
    assert (found.doubled_letters, found.doubled_filings, found.in_doubt) == (0, 0, 0)

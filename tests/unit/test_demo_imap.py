"""The demo's mail server: Dovecot, and where it does not start, pymap."""

from typing import NoReturn

import pytest

from desk.demo import dovecot
from desk.demo.imap import imap_server
from desk.demo.pymap_server import PASSWORD


def test_a_dovecot_that_does_not_start_is_no_reason_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> NoReturn:
        raise dovecot.NotStarted("dovecot 2.3 does not start: no reason given")

    monkeypatch.setattr(dovecot, "running", broken)
    with imap_server() as server:
        assert (server.name, server.password) == ("pymap", PASSWORD)

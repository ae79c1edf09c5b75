"""The connection is cut after N bytes, for many N: never a wrong file, never a byte asked for
twice without need."""

import hashlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from ingest.fetch.listing import Account
from ingest.fetch.mailbox import open_mailbox
from ingest.fetch.spool import Fetched
from redaksi.errors import Unreachable
from tests.faultproxy import Fault, FaultProxy, proxied

# 720 KB
MAIL = b"Message-ID: <1@example.org>\r\n\r\n" + b"".join(
    b"%07d\r\n" % number for number in range(80_000)
)
CUTS = [round(len(MAIL) * 1.01 * step / 50) + 1 for step in range(50)]


def fetched_through(account: Account, proxy: FaultProxy, into: Path, tries: int = 3) -> Fetched:
    """What a poll does: again after each fault of the wire."""
    through = replace(account, host=proxy.host, port=proxy.port, read_timeout=1)
    for attempt in range(tries):
        try:
            with open_mailbox(through) as mailbox:
                listed = mailbox.new("INBOX", 0)
                return mailbox.fetch(1, listed[0].size, into)
        except Unreachable:
            if attempt == tries - 1:
                raise
    raise AssertionError("no attempt")


@pytest.fixture
def filled(account: Account) -> Account:
    with open_mailbox(account) as mailbox:
        mailbox.append("INBOX", MAIL)
    return account


@pytest.mark.parametrize(("fault", "cuts"), [("close", CUTS), ("reset", CUTS[::7])])
def test_a_cut_anywhere_never_yields_a_wrong_file(
    filled: Account, tmp_path: Path, fault: Fault, cuts: list[int]
) -> None:
    with proxied(filled.host, filled.port) as proxy:
        for count in cuts:
            proxy.break_after(count, fault)
            fetched = fetched_through(filled, proxy, tmp_path)
            assert fetched.sha256 == hashlib.sha256(MAIL).hexdigest(), f"cut after {count} bytes"
            assert fetched.path.read_bytes() == MAIL, f"cut after {count} bytes"
            fetched.path.unlink()
        assert proxy.struck == len(cuts)
    assert list(tmp_path.iterdir()) == []


def test_what_came_before_a_cut_is_not_downloaded_again(filled: Account, tmp_path: Path) -> None:
    with proxied(filled.host, filled.port) as proxy:
        for count in CUTS[1::5]:
            proxy.break_after(count)
            fetched_through(filled, proxy, tmp_path).path.unlink()
        assert proxy.received <= 1.05 * len(MAIL) * len(CUTS[1::5])


def test_a_mail_in_pieces_goes_on_after_each_of_many_cuts(
    filled: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.fetch.mailbox._WHOLE", 0)
    monkeypatch.setattr("ingest.fetch.mailbox.PIECE", 200_000)
    with proxied(filled.host, filled.port) as proxy:
        through = replace(filled, host=proxy.host, port=proxy.port)
        fetched = None
        while fetched is None:
            proxy.break_after(100_000)
            try:
                with open_mailbox(through) as mailbox:
                    listed = mailbox.new("INBOX", 0)
                    fetched = mailbox.fetch(1, listed[0].size, tmp_path)
            except Unreachable:
                assert proxy.struck < 20
        assert fetched.path.read_bytes() == MAIL
        assert proxy.received <= 1.1 * len(MAIL)


def test_a_server_that_falls_silent_is_unreachable_after_the_read_timeout(
    filled: Account, tmp_path: Path
) -> None:
    with proxied(filled.host, filled.port) as proxy:
        proxy.break_after(300_000, "stall")
        with pytest.raises(Unreachable, match="no answer in time"):
            fetched_through(filled, proxy, tmp_path, tries=1)


def test_a_connection_that_died_while_waiting_is_unreachable(filled: Account) -> None:
    with proxied(filled.host, filled.port) as proxy:

        def proxy_gone() -> bool:
            proxy.stop()
            return False

        through = replace(filled, host=proxy.host, port=proxy.port, read_timeout=1)
        with pytest.raises(Unreachable), open_mailbox(through) as mailbox:
            mailbox.select("INBOX")
            mailbox.wait(20, proxy_gone)

"""Where the desk listens."""

import socket

import pytest

from desk.web import server


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_an_answer_waits_for_no_receipt(host: str) -> None:
    """TCP_NODELAY (RFC 896, tcp(7)): asyncio sets it only where a socket names its protocol."""
    try:
        taken = server._bind(host, 0)
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with taken, socket.create_connection((host, taken.getsockname()[1])):
        answering, _ = taken.accept()
        with answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

"""Where the desk listens."""

import socket

from desk.web import server


def test_an_answer_waits_for_no_receipt() -> None:
    """TCP_NODELAY (RFC 896, tcp(7)): asyncio sets it only where a socket names its protocol."""
    taken = server._bind("127.0.0.1", 0)
    with taken, socket.create_connection(taken.getsockname()):
        answering, _ = taken.accept()
        with answering:
            assert answering.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)

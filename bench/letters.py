"""Letters handed to a relay on this machine: one conversation for all, against one for each."""

import time

from desk.demo.post import Letterbox, capturing
from publisher.smtp.session import SmtpServer, SmtpSession, send

LETTERS = 100
OURS = "redaksi@warta.example"
RAW = b"Subject: Re: Naskah\r\n\r\n" + b"Terima kasih atas kirimannya.\r\n" * 200
Row = tuple[str, float, str]


def rows() -> list[Row]:
    """The table's rows."""
    with capturing(Letterbox()) as port:
        server = SmtpServer(host="127.0.0.1", port=port, security="none")
        together = _seconds_together(server)
        apart = _seconds_apart(server)
    return [
        ("a letter in one conversation for all, milliseconds", together * 1000, "loopback, plain"),
        ("one conversation for all / one for each", together / apart, "same run"),
    ]


def _seconds_together(server: SmtpServer) -> float:
    start = time.perf_counter()
    with SmtpSession(server) as session:
        for number in range(LETTERS):
            session.send(RAW, OURS, f"k{number}@kontributor.example")
    return (time.perf_counter() - start) / LETTERS


def _seconds_apart(server: SmtpServer) -> float:
    start = time.perf_counter()
    for number in range(LETTERS):
        send(RAW, OURS, f"k{number}@kontributor.example", server)
    return (time.perf_counter() - start) / LETTERS

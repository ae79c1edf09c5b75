"""What the system refused, in our words: no English of the system's reaches a person, and no errno is
read as what it does not mean."""

import errno
import http.client
import smtplib
import socket
import ssl
import urllib.error

import pytest

from publisher.smtp.connection import line_of
from redaksi import catalog
from redaksi.catalog.stored import say_stored, thaw
from redaksi.errors import ServerError, Unreachable
from redaksi.fault import name_fault, word_full

ID, EN = catalog.load("id"), catalog.load("en")


def tls(number: int, reason: str) -> ssl.SSLError:
    """Its errno is OpenSSL's: 1 is no EPERM."""
    error = ssl.SSLError(number, f"[SSL: {reason}] x (_ssl.c:1006)")
    error.reason = reason
    return error


FAULTS: list[tuple[Exception, str]] = [
    (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "tidak ada yang menjawab"),
    (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), "diputus dari sana"),
    (ConnectionAbortedError(errno.ECONNABORTED, "x"), "sambungannya diputus"),
    (BrokenPipeError(errno.EPIPE, "Broken pipe"), "diputus dari sana"),
    (TimeoutError(errno.ETIMEDOUT, "Connection timed out"), "tidak menjawab pada waktunya"),
    (TimeoutError("timed out"), "tidak menjawab pada waktunya"),
    (TimeoutError("_ssl.c:989: The handshake operation timed out"), "tidak menjawab"),
    (OSError(errno.EHOSTUNREACH, "No route to host"), "tidak terjangkau dari sini"),
    (OSError(errno.ENETUNREACH, "Network is unreachable"), "tidak ada jaringan ke sana"),
    (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), "tidak ditemukan di DNS"),
    (socket.gaierror(-5, "No address associated with hostname"), "tidak ditemukan di DNS"),
    (socket.gaierror(-3, "Temporary failure in name resolution"), "DNS tidak menjawab"),
    (urllib.error.URLError(socket.gaierror(-2, "x")), "tidak ditemukan di DNS"),
    (urllib.error.URLError(ConnectionRefusedError(errno.ECONNREFUSED, "x")), "tidak ada yang"),
    (tls(1, "TLSV1_ALERT_PROTOCOL_VERSION"), "TLS gagal (TLSV1_ALERT_PROTOCOL_VERSION)"),
    (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), "sambungannya terputus"),
    (ssl.SSLZeroReturnError(6, "TLS/SSL connection has been closed"), "sambungannya terputus"),
    (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), "sambungannya terputus"),
    (http.client.RemoteDisconnected("Remote end closed connection"), "sambungannya terputus"),
    (ValueError("invalid literal for int()"), "jawabannya tidak dapat dipahami"),
    (OSError(errno.ENOSPC, "No space left on device"), "sistem berkasnya penuh"),
]


@pytest.mark.parametrize(("error", "words"), FAULTS, ids=lambda one: str(one)[:40])
def test_a_fault_is_in_our_words(error: Exception, words: str) -> None:
    fault = name_fault(error)
    said = {ID.render(fault), EN.render(fault)}
    assert words in ID.render(fault)
    assert len(said) == 2
    assert not any(part in line for line in said for part in ("Errno", str(error), "_ssl"))


def test_what_nobody_has_words_for_keeps_the_system_s_own() -> None:
    assert ID.render(name_fault(OSError(errno.EPROTO, "Protocol error"))) == "Protocol error"
    assert ID.render(name_fault(OSError("something"))) == "something"
    ours = ConnectionError("literal of 4000000000 bytes where 9 are the most")
    assert ID.render(name_fault(ours)) == str(ours)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((0, 0, 65536), "ruang disk habis"),
        ((4096, 9, 65536), "ruang disk habis"),
        ((9 << 20, 0, 65536), "inode habis (terlalu banyak berkas)"),
        ((9 << 20, 9, 65536), "sistem berkasnya penuh"),  # a moment later there was room again
        ((9 << 20, 0, 0), "sistem berkasnya penuh"),  # btrfs counts none
    ],
)
def test_a_full_disk_says_of_what(numbers: tuple[int, int, int], words: str) -> None:
    assert ID.render(word_full(*numbers)) == words


def test_a_relay_s_fault_is_kept_and_said_in_either_language() -> None:
    kept = line_of(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"))
    assert (say_stored(kept, ID), say_stored(kept, EN)) == (
        "tidak ada yang menjawab di sana", "nobody answers there",
    )  # fmt: skip
    error = ServerError("smtp", host="h", port=25, reply=thaw(kept))
    assert error.say("id") == "SMTP h:25: tidak ada yang menjawab di sana"
    assert say_stored(error.freeze(), EN) == "SMTP h:25: nobody answers there"


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPConnectError(554, b"5.7.1 go away"),
        smtplib.SMTPHeloError(501, b"5.7.1 go away"),
        smtplib.SMTPSenderRefused(550, b"5.7.1 go away", "a@b.id"),
        smtplib.SMTPDataError(554, b"5.7.1 go away"),
        smtplib.SMTPAuthenticationError(535, b"5.7.1 go away"),
    ],
)
def test_a_server_s_own_line_stays_as_it_came(error: Exception) -> None:
    assert line_of(error).endswith("5.7.1 go away")
    assert thaw(line_of(error)) == line_of(error)


def test_a_silent_mailbox_is_told_in_the_reader_s_language() -> None:
    fault = name_fault(ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"))
    kept = Unreachable("silent", host="h", port=993, fault=fault).freeze()
    assert say_stored(kept, ID).endswith("tidak ada yang menjawab di sana")
    assert say_stored(kept, EN).endswith("nobody answers there")

"""What a test puts into a mailbox, and what an editor does there meanwhile."""

from ingest.fetch.mailbox import Mailbox


def mail(number: int, lines: int = 3) -> bytes:
    return (
        b"Message-ID: <%d@example.org>\r\nSubject: Warta\r\n\r\n" % number
        + b"Warga bergotong royong.\r\n" * lines
    )


def flags_of(mailbox: Mailbox, uid: int) -> set[bytes]:
    found: dict[int, tuple[bytes, ...]] = mailbox._client.get_flags([uid])
    return {flag for flag in found[uid] if flag != b"\\Recent"}


def as_editor(mailbox: Mailbox, uid: int, *flags: str) -> None:
    """What an editor does in the mail program meanwhile."""
    mailbox._client.select_folder("INBOX")
    mailbox._client.add_flags([uid], flags)

"""What a row of the table asks of a mail: its sender, and single header fields."""

from msgspec import Struct

from redaksi.arrival import Mail
from redaksi.limits import Identity
from redaksi.sender_policy.authentication import Authentication, read_border
from redaksi.sender_policy.brought import Brought
from redaksi.sender_policy.header_fields import (
    Mailbox,
    ascii_domain,
    mailboxes,
    plain,
    strip_comments,
    words,
)


class Question(Struct, frozen=True, kw_only=True):
    """What a row looks at: the mail, who we are, and what came with it."""

    mail: Mail
    own: Identity
    brought: Brought

    def all(self, name: str) -> list[str]:
        """Every value of a header field; white space before the colon is obsolete but legal (RFC
        5322, 4.5)."""
        return [value for key, value in self.mail.headers if key.strip().lower() == name.lower()]

    def has(self, name: str) -> bool:
        """Whether the header field is there at all."""
        return bool(self.all(name))


def senders_of(mail: Mail) -> tuple[Mailbox | None, ...]:
    return tuple(
        box
        for key, value in mail.headers
        if key.strip().lower() == "from"
        for box in mailboxes(value)
    )


def local_parts_of(mail: Mail) -> list[str]:
    return [plain(sender.local) for sender in senders_of(mail) if sender]


def from_domain_of(mail: Mail) -> str:
    return next((sender.domain for sender in senders_of(mail) if sender), "")


def precedence_of(question: Question) -> set[str]:
    return {word for value in question.all("Precedence") for word in words(value)}


def auto_submitted_of(question: Question) -> list[str]:
    """The keyword of each Auto-Submitted field, without comments and parameters."""
    values = question.all("Auto-Submitted")
    return [strip_comments(value).split(";", 1)[0].strip() for value in values]


def border_of(question: Question) -> Authentication | None:
    return read_border(question.all("Authentication-Results"), question.own.authserv_id)


def canonical_mailbox(box: Mailbox) -> tuple[str, str]:
    local, domain = plain(box.local).split("+", 1)[0], ascii_domain(box.domain)
    if domain in ("gmail.com", "googlemail.com"):
        local, domain = local.replace(".", ""), "gmail.com"
    return local, domain

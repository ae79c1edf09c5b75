"""What mail programs and people write before a subject: "Re:", "Bls:", "Fwd:", "Terusan:"."""

import re

_REPLY = r"re|bls|balas|balasan|aw"
_FORWARD = r"fwd?|tr|trs|terusan|diteruskan|wg"
_COUNT = r"\s*(?:\[\d+\])?\s*"  # "Re[2]:"
_IS_REPLY = re.compile(rf"\s*(?:{_REPLY}){_COUNT}[:：]", re.IGNORECASE)
_IS_FORWARD = re.compile(rf"\s*(?:{_FORWARD}){_COUNT}[:：]", re.IGNORECASE)
_MARKS = re.compile(rf"(?:\s*(?:{_REPLY}|{_FORWARD}){_COUNT}[:：])+\s*", re.IGNORECASE)


def is_reply(subject: str) -> bool:
    """Whether the subject says first that the mail answers another."""
    return _IS_REPLY.match(subject) is not None


def is_forward(subject: str) -> bool:
    """Whether the subject says first that the mail hands on another."""
    return _IS_FORWARD.match(subject) is not None


def strip_marks(subject: str) -> str:
    """A subject without all of these before it."""
    return _MARKS.sub("", subject, count=1).strip() if _MARKS.match(subject) else subject.strip()

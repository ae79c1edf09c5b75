"""What happened to a letter that was handed to the relay, told so that nobody has to guess whether
it left.

    Sent      the server took it
    Deferred  it did not leave, for now: the server said 4xx about this letter; try again later
    Refused   it will not leave: the server said 5xx about this letter
    Closed    no letter of ours can leave now: the server is not there, or busy, or refuses us and not the letter
    Unknown   the line was cut between the end of the letter and the server's word about it: only the Sent folder knows

Replies are the server's own lines, with addresses masked. Pure.
"""

import re

from msgspec import Struct

# Enhanced codes (RFC 3463, 5248) that speak of the sender, whatever the command: x.4.5 too much
# mail of ours (Gmail's daily limit), x.1.7 and x.1.8 our address, x.7.0, 3, 8, 9 and 10 to 14 our
# login, x.7.20 to 28 our authentication (RFC 7372) and rate; from x.7.57 Exchange Online's, for
# senders, tenants and blocked hosts.
_OURS = re.compile(
    r"[45]\d\d[ -][45]\.(?:4\.5|1\.[78]|7\.(?:[0389]|1[0-4]|2[0-8]|57|60|64|50\d|51[0-3]|7\d\d))(?!\d)"
)
_NO_RELAY = re.compile(
    r"relay(?:ing)? (?:access )?denied|(?:unable|not permitted) to relay", re.IGNORECASE
)


class Sent(Struct, frozen=True, kw_only=True):
    """The server took the letter and answers for it."""

    reply: str


class Deferred(Struct, frozen=True, kw_only=True):
    """The letter did not leave; trying again later may help."""

    reply: str


class Refused(Struct, frozen=True, kw_only=True):
    """The server will not take this letter, now or later."""

    reply: str


class Closed(Struct, frozen=True, kw_only=True):
    """Nothing of ours is taken now, and nothing is wrong with the letter; the others need not be
    tried either."""

    reply: str


class Unknown(Struct, frozen=True, kw_only=True):
    """The whole letter was handed over and no word came back."""

    reply: str


Outcome = Sent | Deferred | Refused | Closed | Unknown


def refusal(code: int, line: str, *, at_mail: bool = False) -> Deferred | Refused | Closed:
    """A 4xx, a 5xx, or what is no reply at all, to a command: of the letter, or of us.

    `at_mail`: only our own address was told yet. 421 closes the line, whatever was said before (RFC
    5321, 3.8).
    """
    if code == 421 or at_mail or _OURS.match(line) or _NO_RELAY.search(line):
        return Closed(reply=line)
    return Refused(reply=line) if 500 <= code < 600 else Deferred(reply=line)

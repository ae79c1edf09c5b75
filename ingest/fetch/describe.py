"""Sizes, dates and identities of many mails, where a server may refuse a whole batch for the sake of
one of them: asked again in halves, down to that one. Pure.

A bad mail among n costs O(log n) requests. Several are bounded by a budget; what is left over then is
listed by the next pass, and nothing above it either, so that no watermark moves past it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from ingest.fetch.answers import Fields
from redaksi.errors import ServerError, Unreachable

BATCH = 500  # UIDs a fetch asks for; a command line stays under 8,192 bytes (RFC 7162, 4)
AGAIN = 200  # requests a listing may cost beyond one a batch
REFUSED = 10  # mails that are refused by themselves, before the listing ends there

# What a server tells of mails, and its refusal when it ended in one. It may raise: then nobody asks on.
Ask = Callable[[Sequence[int]], tuple[Mapping[int, Fields], ServerError | None]]


class Described(Struct, frozen=True, kw_only=True):
    """What was found out. `below`: only UIDs under it were asked for to the end."""

    found: Mapping[int, Fields]
    silent: Sequence[int]  # neither told nor refused: expunged, or passed over by the server
    refused: Sequence[int]  # refused by themselves
    below: int | None = None  # None: all of them were


def describe(ask: Ask, uids: Sequence[int]) -> Described:
    """Ask for `uids`, ascending. Raises what `ask` raises, and a refusal that is the server's own
    and not a mail's: one that passes, and that no mail of many got around."""
    parts = list(_split_batches(uids))[::-1]  # the lowest is asked first
    most = len(parts) + AGAIN
    found: dict[int, Fields] = {}
    silent: list[int] = []
    refused: dict[int, ServerError] = {}
    for _ in range(most):
        if not parts or len(refused) >= REFUSED:
            break
        part = parts.pop()
        answer, refusal = ask(part)
        found.update(answer)
        missing = [uid for uid in part if uid not in answer]
        if refusal is None:
            silent += missing
        elif len(part) > 1:
            parts += _split_again(missing, of=len(part))
        elif missing:
            refused[part[0]] = refusal
    _raise_outage(found, refused, len(uids))
    below = min((part[0] for part in parts), default=None)
    return Described(found=found, silent=silent, refused=list(refused), below=below)


def _split_batches(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(uids), BATCH):
        yield uids[start : start + BATCH]


def _split_again(missing: Sequence[int], *, of: int) -> list[Sequence[int]]:
    """What is to be asked for again, the lowest last; all that is missing where something came."""
    if len(missing) < of:
        return [missing] if missing else []
    middle = len(missing) // 2
    return [missing[middle:], missing[:middle]]


def _raise_outage(
    found: Mapping[int, Fields], refused: Mapping[int, ServerError], count: int
) -> None:
    passing = [error for error in refused.values() if isinstance(error, Unreachable)]
    if passing and not found and count > 1:
        raise passing[0]

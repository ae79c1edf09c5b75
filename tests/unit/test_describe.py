"""A batch that is refused for the sake of one mail is asked for again in halves: nobody is passed
over, and few requests are spent."""

from collections.abc import Mapping, Sequence
from math import ceil, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.answers import Fields
from ingest.fetch.describe import AGAIN, BATCH, REFUSED, describe
from redaksi.errors import ServerError, Throttled, Unreachable

NO = ServerError("refused", server="x", reply="Some messages could not be FETCHed (Failure)")


class Server:
    """Refuses what holds one of `bad`, telling the rest first where it is `generous`; knows nothing
    of `gone`."""

    def __init__(
        self,
        bad: Sequence[int] = (),
        gone: Sequence[int] = (),
        *,
        generous: bool = False,
        refusal: ServerError = NO,
    ) -> None:
        self.bad, self.gone, self.generous = set(bad), set(gone), generous
        self.refusal = refusal
        self.asked: list[int] = []

    def __call__(self, uids: Sequence[int]) -> tuple[Mapping[int, Fields], ServerError | None]:
        self.asked.append(len(uids))
        refused = not self.bad.isdisjoint(uids)
        if refused and not self.generous:
            return {}, self.refusal
        told = [uid for uid in uids if uid not in self.bad | self.gone]
        return {uid: {b"RFC822.SIZE": uid} for uid in told}, self.refusal if refused else None


@given(
    st.sets(st.integers(1, 3000), max_size=1200),
    st.sets(st.integers(1, 3000), max_size=25),
    st.sets(st.integers(1, 3000), max_size=25),
    st.booleans(),
)
def test_every_mail_below_the_end_is_told_refused_or_silent(
    there: set[int], bad: set[int], gone: set[int], generous: bool
) -> None:
    uids = sorted(there | bad | gone)
    server = Server(sorted(bad), sorted(gone - bad), generous=generous)
    told = describe(server, uids)
    below = [uid for uid in uids if told.below is None or uid < told.below]
    for uid in below:
        wanted = told.refused if uid in bad else told.silent if uid in gone else told.found
        assert uid in wanted
    if len(bad) < REFUSED:
        assert told.below is None
    if bad:
        assert min(bad) in told.refused  # each listing gets on
    assert len(server.asked) <= ceil(len(uids) / BATCH) + AGAIN


@pytest.mark.parametrize("bad", [1, 250, 251, 499, 500])
@pytest.mark.parametrize("generous", [False, True])
def test_one_bad_mail_costs_the_logarithm_of_the_batch(bad: int, generous: bool) -> None:
    server = Server([bad], generous=generous)
    told = describe(server, range(1, BATCH + 1))
    assert list(told.refused) == [bad]
    assert len(told.found) == BATCH - 1
    assert len(server.asked) <= (2 if generous else 1 + 2 * ceil(log2(BATCH)))


def test_where_nothing_is_bad_a_batch_is_one_request() -> None:
    server = Server()
    describe(server, range(1, 1234))
    assert server.asked == [500, 500, 233]


@pytest.mark.parametrize("generous", [False, True])
def test_a_folder_of_bad_mails_alone_is_done_some_at_a_time(generous: bool) -> None:
    server = Server(range(1, 501), generous=generous)
    told = describe(server, range(1, 501))
    assert list(told.refused) == list(range(1, REFUSED + 1))
    assert told.below == REFUSED + 1
    assert len(server.asked) <= 40


def test_an_outage_that_passes_is_no_mails_fault() -> None:
    away = Unreachable("not_now", server="x", reply="[UNAVAILABLE] Temporary failure")
    with pytest.raises(Unreachable):
        describe(Server(range(1, 501), refusal=away), range(1, 501))


@pytest.mark.parametrize(
    "words", ["[SERVERBUG] Internal error occurred", "[UNAVAILABLE] try again"]
)
def test_a_fault_that_one_mail_causes_is_that_mails(words: str) -> None:
    fault = Unreachable("not_now", server="x", reply=words)
    told = describe(Server([7], refusal=fault), range(1, 41))
    assert list(told.refused) == [7]
    assert len(told.found) == 39


def test_who_is_throttled_asks_no_more() -> None:
    asked: list[int] = []

    def throttle(uids: Sequence[int]) -> tuple[Mapping[int, Fields], ServerError | None]:
        asked.append(len(uids))
        raise Throttled("limited", 60.0, server="x", reply="[THROTTLED]")

    with pytest.raises(Throttled):
        describe(throttle, range(1, 2000))
    assert asked == [500]


def test_nobody_is_asked_about_nothing() -> None:
    server = Server()
    told = describe(server, [])
    assert (told.found, told.silent, told.refused, told.below) == ({}, [], [], None)
    assert server.asked == []

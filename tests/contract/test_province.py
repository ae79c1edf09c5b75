"""The province of a submission: read where it is filed, anew with each revision."""

from collections.abc import Callable
from datetime import datetime

import pytest
from msgspec import structs
from sqlalchemy import select, update

from desk.store import Store
from desk.store.submissions import submission_rows
from desk.store.submissions.about.province import fill_province
from desk.store.submissions.queue_filter import QueueFilter, queue_page
from desk.store.tables import Mail, Submission
from redaksi.model import Assessment, Examination
from redaksi.states import State
from tests.filing import arrive, examination, file, filing, judged

At = Callable[[float], datetime]
KALBAR, JATENG = "Kalimantan Barat", "Jawa Tengah"


def place(dateline: str) -> Assessment:
    """An article from there."""
    found = judged()
    document = structs.replace(found.submission.documents[0], dateline=dateline)
    return structs.replace(
        found, submission=structs.replace(found.submission, documents=(document,))
    )


def write(dateline: str = "", *, sender: str = "Ani", written: str = "") -> Examination:
    """A mail with one."""
    whole = examination(place(dateline))
    assert whole.mail is not None
    mail = structs.replace(whole.mail, from_name=sender)
    return structs.replace(whole, mail=mail, written=written)


def province_of(store: Store, submission_id: int) -> str:
    with store.read() as tx:
        return tx.get_one(Submission, submission_id).province


def test_it_stands_there_once_filed_and_the_list_is_narrowed_by_it(store: Store, at: At) -> None:
    here = file(store, at(0), write("Pontianak"), uid=1).submissions[0]
    other = file(store, at(0), write("Semarang"), uid=2).submissions[0]
    nowhere = file(store, at(0), write("Siantan Hulu"), uid=3).submissions[0]
    found = [province_of(store, each.id) for each in (here, other, nowhere)]
    assert found == [KALBAR, JATENG, ""]
    with store.read() as tx:
        for province, number in ((KALBAR, here.number), (JATENG, other.number)):
            rows = queue_page(tx, QueueFilter(view="active", province=province)).rows
            assert [row.number for row in rows] == [number]


@pytest.mark.parametrize(
    ("first", "then", "province"),
    [
        (write("Kalbar"), write("Jateng"), JATENG),
        (write("Kalbar"), write(""), ""),
        (write(sender="KMW Kalbar"), write(""), KALBAR),  # he is who he was
        (write(written="Provinsi: Kalbar"), write(""), KALBAR),
        (write(written="Provinsi: Kalbar"), write("Jateng"), ""),
        (write(""), write("Kalbar"), KALBAR),
        (write(""), write(sender="KMW Kalbar"), KALBAR),
        (write(""), write(written="Provinsi: Kalbar"), KALBAR),
    ],
)
def test_each_revision_is_read_anew(
    store: Store, at: At, first: Examination, then: Examination, province: str
) -> None:
    filed = file(store, at(0), first, uid=1).submissions[0]
    file(store, at(60), then, uid=2, into=filed.id)
    assert province_of(store, filed.id) == province


@pytest.mark.parametrize("state", ["scheduled", "published"])
def test_what_an_editor_settled_stays(store: Store, at: At, state: State) -> None:
    filed = file(store, at(0), write("Kalbar"), uid=1).submissions[0]
    with store.begin() as tx:
        tx.execute(update(Submission).values(state=state))
    file(store, at(60), write("Jateng"), uid=2, into=filed.id)
    assert province_of(store, filed.id) == KALBAR


def test_what_is_refused_leaves_none(store: Store, at: At) -> None:
    """It is written in the transaction that files."""
    mail = arrive(store, at(0))
    with pytest.raises(RuntimeError), store.begin() as tx:
        submission_rows.file(tx, filing(mail, at(0), write("Kalbar")))
        raise RuntimeError
    with store.read() as tx:
        assert list(tx.scalars(select(Submission))) == []


def test_what_an_older_release_filed_is_read_once(store: Store, at: At) -> None:
    filed = file(store, at(0), write("", written="Provinsi: Kalbar"), uid=1).submissions[0]
    bare = file(store, at(0), write(""), uid=2).submissions[0]
    with store.begin() as tx:
        tx.execute(update(Submission).values(province=""))
        fill_province(tx, filed.id)
        fill_province(tx, bare.id)
    assert [province_of(store, each.id) for each in (filed, bare)] == [KALBAR, ""]
    with store.begin() as tx:
        tx.execute(update(Mail).values(written=""))
        fill_province(tx, filed.id)  # what stands there is not read again
    assert province_of(store, filed.id) == KALBAR

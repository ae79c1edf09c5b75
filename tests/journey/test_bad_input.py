"""Mails that are attacks: each ends in one visible outcome, the next mail is filed, no letter
carries their header."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct
from PIL import Image

from desk.demo import dovecot
from desk.demo.makers import bomb, mail, photo, word
from desk.demo.samples import RAHMA, captions, samples
from desk.demo.show import Stage, stage
from desk.demo.texts import article
from desk.store.inbound import mails
from desk.store.submissions import review_queue
from desk.worker.round import one_round
from ingest.fetch.listing import Account
from redaksi.errors import LoginRefused
from redaksi.reasons import ReasonCode, code_of
from tests.journey.scene import set_up
from tests.journey.whole import assert_whole

HEAD = b"From: Penyerang <x@asing.example>\r\nTo: redaksi@warta.example\r\nMessage-ID: <%s@asing.example>\r\n"
PASSED = b"Authentication-Results: mx.warta.example; dmarc=pass header.from=asing.example\r\n"
NASKAH = word(
    "Warga Bangun Saluran",
    article("Tallo", "membangun saluran"),
    byline="A",
    captions=captions("a.jpg"),
)


def nested(depth: int) -> bytes:
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(depth)
    )
    return HEAD % b"nested" + b"Subject: naskah\r\nMIME-Version: 1.0\r\n" + opening + b"\r\nisi\r\n"


def huge_photo() -> bytes:
    """A PNG that says it has 200 megapixels and stays small."""
    out = io.BytesIO()
    Image.new("1", (16_000, 12_500)).save(out, "PNG")
    return out.getvalue()


def with_slip() -> bytes:
    """A zip whose entry climbs out of its folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../naskah.docx", NASKAH)
    return out.getvalue()


def enclosing(subject: str, *files: tuple[str, bytes], text: str = "Terlampir.\n") -> bytes:
    """A mail of a contributor of its own: what one sends twice is one submission."""
    return mail(
        ("Kontributor", f"{subject.rsplit(maxsplit=1)[-1]}@kontributor.example"),
        subject,
        text,
        files,
    )


SHOT = photo(1600, 1200)
# Made when they are needed: a bomb of 2 GB takes seconds to fill.
ATTACKS: dict[str, Callable[[], bytes]] = {
    "2,000 nested parts": lambda: nested(2000),
    "a header of 10 MB": lambda: HEAD % b"header" + b"Subject: " + b"a" * 10_000_000 + b"\r\n\r\nisi\r\n",
    "a docx that unpacks to 2 GB": lambda: enclosing("Naskah bom", ("n.docx", bomb(2 << 30))),
    "a photo of 200 megapixels": lambda: enclosing(
        "Naskah besar", ("n.docx", NASKAH), ("a.png", huge_photo()), text="a.png: Warga.\n"
    ),
    "a file name that climbs": lambda: enclosing("Naskah naik", ("../../../etc/x.docx", NASKAH), ("a.jpg", SHOT)),
    "a zip that climbs": lambda: enclosing("Naskah zip", ("n.zip", with_slip()), ("a.jpg", SHOT)),
    "a subject with CR LF": lambda: PASSED + HEAD % b"crlf"
    + b"Subject: =?utf-8?q?Naskah=0D=0ABcc:_korban@lain.example=0D=0A?=\r\n\r\nTerlampir naskah.\r\n",
    "a wrong charset": lambda: HEAD % b"charset" + b"Subject: =?x-tidak-ada?q?naskah=FF?=\r\n"
    b"Content-Type: text/plain; charset=unicode_escape\r\n\r\nlampiran \\x00\\ud800 naskah\r\n",
    "nothing at all": lambda: b"\r\n",
    "bytes that are no mail": lambda: bytes(range(256)) * 40,
}  # fmt: skip


class Attacked(Struct, frozen=True):
    """The demo after all attacks, and the Message-ID of each."""

    on: Stage
    ids: dict[str, str]


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attacked]:
    if dovecot.missing():
        pytest.skip(dovecot.missing())
    good = next(s for s in samples() if s.name == "lengkap")
    with stage(tmp_path_factory.mktemp("attacked")) as on:
        ids = {}
        for what, made in ATTACKS.items():
            raw = made()
            on.deliver(raw)
            ids[what] = message_id(raw)
        on.deliver(good.raw)
        assert not one_round(on.app).troubles
        yield Attacked(on, ids)
        assert_whole(on.folder)


def test_every_mail_ends_in_exactly_one_outcome(attacked: Attacked) -> None:
    with attacked.on.app.store.read() as tx:
        rows = review_queue.queue_rows(tx)
        outcomes = [mails.get(tx, row.mail_id).outcome for row in rows]
    assert len(rows) == len(ATTACKS) + 1
    assert None not in outcomes
    assert "failed" not in outcomes


def test_the_next_mail_is_filed(attacked: Attacked) -> None:
    with attacked.on.app.store.read() as tx:
        assert "accept" in mails.outcomes(tx).values()


@pytest.mark.parametrize(
    "what", ["2,000 nested parts", "a header of 10 MB", "a docx that unpacks to 2 GB"]
)
def test_what_breaks_a_limit_is_quarantined_without_a_letter(attacked: Attacked, what: str) -> None:
    row = row_of(attacked, what)
    assert row.state == "quarantined"
    assert row.reason


def test_a_photo_of_200_megapixels_is_asked_for_smaller(attacked: Attacked) -> None:
    assert "F008" in {
        finding.code for finding in row_of(attacked, "a photo of 200 megapixels").findings
    }


@pytest.mark.parametrize("what", ["a file name that climbs", "a zip that climbs"])
def test_a_file_name_stays_a_name(attacked: Attacked, what: str) -> None:
    row = row_of(attacked, what)
    assert row.documents
    assert all("/" not in d.name and ".." not in d.name for d in row.documents)


def test_no_letter_carries_a_header_of_theirs(attacked: Attacked) -> None:
    letters = [message_from_bytes(letter.content) for letter in attacked.on.letterbox.letters]
    assert [letter for letter in letters if "crlf" in str(letter["In-Reply-To"])]
    for letter in letters:
        assert letter["Bcc"] is None
        assert letter["Cc"] is None
    assert all(len(letter.recipients) == 1 for letter in attacked.on.letterbox.letters)


def test_a_mail_over_the_cap_is_filed_without_a_download(tmp_path: Path, account: Account) -> None:
    big = mail(RAHMA, "Besar", "x\n", [("f.bin", b"\0" * (60 << 20))])
    with set_up(tmp_path, account) as on:
        on.deliver(big)
        one_round(on.app)
        with on.app.store.read() as tx:
            (row,) = review_queue.queue_rows(tx)
            assert mails.get(tx, row.mail_id).blob is None
    assert row.state == "review"
    assert code_of(row.reason) is ReasonCode.NOT_DOWNLOADED


def test_a_wrong_password_tells_the_servers_own_line_and_the_remedy(
    tmp_path: Path, account: Account
) -> None:
    with set_up(tmp_path, account) as on:
        app = msgspec.structs.replace(on.app, environment={"DEMO_PASSWORD": "salah"})
        (trouble,) = one_round(app).troubles
    assert isinstance(trouble, LoginRefused)
    assert "AUTHENTICATIONFAILED" in str(trouble)


def message_id(raw: bytes) -> str:
    """By hand: the standard library recurses to death over some of these mails."""
    found = re.search(rb"^Message-ID: (<[^>]+>)", raw, re.IGNORECASE | re.MULTILINE)
    return found[1].decode() if found else ""


def row_of(attacked: Attacked, what: str) -> review_queue.QueueRow:
    with attacked.on.app.store.read() as tx:
        rows = {mails.get(tx, row.mail_id).message_id: row for row in review_queue.queue_rows(tx)}
    return rows[attacked.ids[what]]

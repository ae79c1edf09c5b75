"""A desk with a person who will leave, Siti, and her neighbour Ani, who sent one of the same photos. Each
text of Siti's is a canary: a word that stands nowhere else."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec
from msgspec import Struct
from PIL import Image
from sqlalchemy import select, text

from desk.app import App
from desk.demo.makers import mail, photo, word
from desk.demo.texts import article
from desk.inbound.take_in import Taken, TakenFile, take_in
from desk.presentation.queue_site import publish_queue
from desk.store import Store, Transaction
from desk.store.columns import Base
from desk.store.editors import claims, form_drafts
from desk.store.editors.form_drafts import FormDraft
from desk.store.people import contributors
from desk.store.publications import decisions as stored
from desk.store.publications.decisions import StoredDecision
from desk.store.tables import Account, Address, Photo, PhotoChoice, Revision, Submission
from desk.workflow import decisions
from desk.workflow.decisions import Decision
from publisher.letters.letter_context import Remark
from redaksi.config.schema import Queue
from tests.canaries import find_words
from tests.desk_web import add_account
from tests.drill import pairs
from tests.in_process import InProcess
from tests.postoffice import MONDAY, Bench, bench

ADDRESS = "Kenarisurel@Kenaridomain.example"
OTHER_ADDRESS = "kenarikedua@kantor.example"
SHARED = photo(1600, 1200, 9)
ANI = ("Ani Rahma", "ani@tetangga.example")
WORDS = (
    "kenarinama", "kenarisurel", "kenaridomain", "kenarikedua", "kenaritelepon", "kenarisubjek",
    "kenariisi", "kenarijudul", "kenarinaskah", "kenaripenulis", "kenariketerangan", "kenariberkas",
    "kenarifoto", "kenariexif", "kenaricatatan", "kenarialasan", "kenarisurat", "kenariborang",
    "kenarimasuk", "kenarititipan", "kenaripilihan", "kenarikredit", "kenarialt", "kenariliar",
    "kenaribaru", "kenarikonsep", "kenarikepala", "kenarimesin", "kenarinavigasi",
)  # fmt: skip


class Town(Struct, frozen=True, kw_only=True):
    """What the tests ask about. `siti`, `ani`: the numbers of their submissions."""

    desk: Bench
    siti: str
    ani: str
    home: Path

    @property
    def app(self) -> App:
        """The office."""
        return self.desk.app


def shot(seed: int) -> bytes:
    """A photo whose EXIF says who took it, with which camera."""
    image = Image.open(io.BytesIO(photo(1600, 1200, seed)))
    exif = Image.Exif()
    exif[0x013B] = "Kenariexif"  # Artist
    exif[0x0110] = "Kenarimesin"  # Model
    exif[0x010E] = "Kenarinavigasi di lapangan"  # ImageDescription
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()


def siti_mail() -> bytes:
    """Her article with a photo of her own and one that Ani has too."""
    text = [*article("Kenarinaskah", "membangun jalan lingkungan", 3), "Telepon: kenaritelepon."]
    caption = "Warga Kenariketerangan meratakan beton di lorong."
    document = word(
        "Kenarijudul Tuntaskan Jalan Lingkungan",
        text,
        byline="Kenaripenulis, Tim 02 Palu",
        captions=[],
    )
    files = [
        ("Kenariberkas.docx", document),
        ("Kenarifoto.jpg", shot(4)),
        ("bersama.jpg", SHARED),
    ]
    body = (
        f"Halo redaksi, kenariisi.\n\nKenarifoto.jpg: {caption}\nbersama.jpg: Kaum ibu memasak.\n"
    )
    head = [("X-Kenarikepala", "kenarikepala")]
    return mail(("Kenarinama", ADDRESS), "Kenarisubjek", body, files, headers=head)


def ani_mail() -> bytes:
    """Her neighbour's."""
    document = word(
        "BKM Tetangga Tuntaskan Jalan",
        article("Talise1", "membangun jalan lingkungan", 1),
        byline="Ani Rahma, Tim 03 Palu",
    )
    body = "C.jpg: Warga meratakan beton.\nbersama.jpg: Kaum ibu memasak.\n"
    files = [("Naskah.docx", document), ("C.jpg", photo(1600, 1200, 5)), ("bersama.jpg", SHARED)]
    return mail(ANI, "Naskah", body, files)


@contextmanager
def town(home: Path, url: str = "") -> Iterator[Town]:
    """The desk, everything examined, decided, typed and written to pages."""
    with bench(home, MONDAY, url) as desk:
        queue = Queue(settle=timedelta(0), folder=str(home.with_name("antrean")))
        config = msgspec.structs.replace(desk.app.config, queue=queue)
        desk.app = msgspec.structs.replace(desk.app, config=config)
        for number, raw in enumerate((siti_mail(), ani_mail(), *_stray()), 1):
            pairs.take_in(desk.app, number, raw)
            pairs.work_with(desk.app, InProcess())
        siti, ani = _number_of(desk.app, 1), _number_of(desk.app, 2)
        _decide(desk, siti)
        _decide(desk, ani, word="tetangga")
        _take_in_more(desk.app, siti)
        pairs.work_with(desk.app, InProcess())
        _write_again(desk.app, siti)
        _say_same_person(desk.app)
        _leave_unexamined(desk.app)
        publish_queue(desk.app, force=True)
        yield Town(desk=desk, siti=siti, ani=ani, home=home)


def _stray() -> Iterator[bytes]:
    """Mails of hers that become no submission."""
    headers = [("List-Id", "<x.example>"), ("Precedence", "list")]
    yield mail(("Kenarinama", ADDRESS.lower()), "Kenariliar", "kenariliar", headers=headers)


def _number_of(app: App, mail_id: int) -> str:
    with app.store.read() as tx:
        return str(tx.scalars(select(Submission.number).where(Submission.mail_id == mail_id)).one())


def _decide(desk: Bench, number: str, word: str = "kenari") -> None:
    """What editors wrote about it, in every table that takes it."""
    app = desk.app
    with app.store.read() as tx:
        known = tx.scalars(select(Account)).first()
    account = known.id if known else add_account(app, "nina@warta.example", name="Nina Sari").id
    decisions.decide(
        app,
        number,
        Decision(
            event="note",
            account=account,
            note=f"{word}catatan",
            remarks=(Remark(ask=f"{word}surat?"),),
        ),
    )
    with app.store.begin() as tx:
        row = tx.scalars(select(Submission).where(Submission.number == number)).one()
        claims.claim(tx, row.id, account, app.clock())
        draft = FormDraft(
            fields={"catatan": f"{word}borang"}, revision=1, seq=1, saved_at=app.clock()
        )
        form_drafts.save(tx, account, row.id, "decision", draft)
        _choose(tx, row.id, word, account)
        aside = {"code": "F2", "subject": f"{word}foto.jpg", "reason": f"{word}alasan"}
        kept = StoredDecision(
            event_id=90_000 + row.id, event="schedule", at=app.clock(), account_id=account,
            reason=f"{word}alasan", overrides=(aside,),
        )  # fmt: skip
        stored.add(tx, row.id, kept)


def _choose(tx: Transaction, submission_id: int, word: str, account: int) -> None:
    """What an editor said of the photo that both have."""
    tx.add(
        PhotoChoice(
            submission_id=submission_id,
            sha256=hashlib.sha256(SHARED).hexdigest(),
            caption=f"{word}pilihan",
            credit=f"{word}kredit",
            alt=f"{word}alt",
            account_id=account,
            at=MONDAY,
        )
    )


def _take_in_more(app: App, number: str) -> None:
    """A file that came by WhatsApp, for the same submission; and a form that was typed and not sent."""
    take_in(
        app,
        Taken(
            form="ab" * 16,
            channel="whatsapp",
            files=(TakenFile(name="kenarimasuk.jpg", content=shot(7)),),
            text="kenarititipan",
            name="Kenarinama",
            address=OTHER_ADDRESS,
            number=number,
        ),
    )
    typed = {"alamat": ADDRESS, "isi_pesan": "kenariborang"}
    with app.store.begin() as tx:
        account = tx.scalars(select(Account.id)).first() or 0
        draft = FormDraft(fields=typed, revision=0, seq=1, saved_at=app.clock())
        form_drafts.save(tx, account, 0, "take-in", draft)


def _write_again(app: App, number: str) -> None:
    """A letter that has not left."""
    asks = (Remark(ask="kenarikonsep?"),)
    decisions.decide(app, number, Decision(event="note", editor="Nina Sari", remarks=asks))


def _say_same_person(app: App) -> None:
    """An editor knows that both addresses are hers."""
    with app.store.begin() as tx:
        rows = {row.address: row for row in tx.scalars(select(Address))}
        hers = rows[ADDRESS.lower()]
        contributors.mark_same_person(tx, rows[OTHER_ADDRESS].id, hers.person_id)


def _leave_unexamined(app: App) -> None:
    """A mail that came a moment ago."""
    raw = mail(("Kenarinama", ADDRESS), "Kenaribaru", "kenaribaru")
    pairs.take_in(app, 9, raw)


def write_config(town: Town) -> Path:
    """The configuration of the same office, for the verbs."""
    path = town.home / "config.toml"
    path.write_text(
        f"""data_dir = "{town.home}"
[[mailbox]]
id = "warta"
address = "redaksi@warta.example"
host = "127.0.0.1"
port = 1
user = "x"
password = "env:P"
since = 2020-01-01
[queue]
folder = "{town.home.with_name("antrean")}"
[storage]
database = "{town.app.config.storage.database}"
[reply]
mode = "off"
"""
    )
    path.chmod(0o600)
    return path


def list_photos(tx: Transaction, number: str) -> list[Photo]:
    """The photos of a submission."""
    found = select(Photo).join(Revision, Revision.id == Photo.revision_id)
    of_it = found.join(Submission, Submission.id == Revision.submission_id)
    return list(tx.scalars(of_it.where(Submission.number == number).order_by(Photo.id)))


def describe(tx: Transaction, number: str) -> list[object]:
    """Every row about a submission, as the database holds it."""
    row = tx.scalars(select(Submission).where(Submission.number == number)).one()
    told: list[object] = [[getattr(row, name) for name in row.__mapper__.column_attrs.keys()]]  # noqa: SIM118
    for table in Base.metadata.sorted_tables:
        if "submission_id" in table.c:
            keys = table.primary_key.columns
            wanted = select(*table.columns).where(table.c.submission_id == row.id).order_by(*keys)
            told.append([tuple(each) for each in tx.execute(wanted)])
    return told


def find_in_rows(store: Store) -> set[str]:
    """Words in any row, as its column holds it."""
    with store.read() as tx:
        rows = [
            value
            for table in Base.metadata.sorted_tables
            for row in tx.execute(select(*table.columns))
            for value in row
        ]
        if tx.get_bind().dialect.name == "postgresql":
            rows += tx.scalars(text("SELECT vector::text FROM submission_search"))
    return {
        word
        for value in rows
        for word in find_words(value if isinstance(value, bytes) else str(value).encode(), WORDS)
    }

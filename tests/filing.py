"""An examined mail, and how a test files it."""

from collections.abc import Callable
from datetime import datetime

from msgspec import structs

from desk.store import Store
from desk.store.inbound import ledger
from desk.store.inbound.ledger import Arrival, Place
from desk.store.submissions import submission_rows
from desk.store.submissions.filing import Filed, Filing, Versions
from redaksi.arrival import Mail
from redaksi.model import (
    Answer,
    Assessment,
    Caption,
    Document,
    Examination,
    Finding,
    Other,
    Paragraph,
    Photo,
    Run,
    Verdict,
)
from redaksi.model import (
    Place as Where,
)
from redaksi.model import (
    Submission as Read,
)
from redaksi.reasons import ReasonCode, explain
from redaksi.sender_rule import SenderRule

At = Callable[[float], datetime]


def judged(decision: Verdict = "revise", name: str = "naskah.docx") -> Assessment:
    paragraph = Paragraph(
        runs=(Run(text="Warga Kubu Raya \ud800", font="Calibri", size=11.0),), number=1
    )
    photo = Photo(
        name="IMG_1.jpg",
        kind="jpeg",
        sha256="c" * 64,
        width=800,
        height=600,
        caption=Caption(text="Warga …", source="body", evidence="label"),
    )
    return Assessment(
        submission=Read(
            documents=(
                Document(
                    name=name, kind="docx", sha256="b" * 64, title="Panen", paragraphs=(paragraph,)
                ),
            ),
            photos=(photo,),
            doubts=("photos-shared-out",),
        ),
        findings=(
            Finding(
                code="F2",
                rule="photo_size",
                severity="must",
                subject="IMG_1.jpg",
                facts={"width": "800"},
            ),
            Finding(
                code="N4",
                rule="font",
                severity="must",
                subject=name,
                places=(Where(paragraph=1, quote="Warga"),),
            ),
        ),
        decision=decision,
        reason=explain(ReasonCode.MUSTS, rules="font"),
    )


def examination(
    *each: Assessment, decision: Verdict | None = None, rule: SenderRule = SenderRule.AUTHENTICATED
) -> Examination:
    return Examination(
        source="warta/INBOX/1/1",
        mail=Mail(
            headers=(),
            message_id="<m@x>",
            from_address="Ani@Example.id",
            from_name="Ani",
            subject="Kirim",
        ),
        mail_kind="normal",
        assessments=each,
        others=(
            Other(
                name="smime.p7s",
                kind="p7s",
                sha256="d" * 64,
                why=explain(ReasonCode.SMIME_SIGNATURE),
            ),
        ),
        decision=decision or (each[0].decision if each else "ignore"),
        answer=Answer(
            send=True,
            letter="revise",
            to="ani@example.id",
            reason=explain(ReasonCode.DMARC_PASS),
            rule=rule,
        ),
    )


def arrive(store: Store, now: datetime, uid: int = 1) -> int:
    with store.begin() as tx:
        place = Place(mailbox="warta", folder="INBOX", uidvalidity=1, uid=uid)
        return ledger.arrive(tx, Arrival(place=place, at=now, size=1, sha256=f"{uid:064x}")).mail_id


def filing(mail_id: int, now: datetime, told: Examination) -> Filing:
    return Filing(
        mail_id=mail_id,
        examination=told,
        versions=Versions(rules="1", config="2", readers="3"),
        now=now,
    )


def file(
    store: Store, now: datetime, told: Examination, uid: int = 1, into: int | None = None
) -> Filed:
    mail_id = arrive(store, now, uid)
    with store.begin() as tx:
        return submission_rows.file(tx, structs.replace(filing(mail_id, now, told), into=into))

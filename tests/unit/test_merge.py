"""A later try, slot by slot."""

import pytest
from msgspec import structs

from desk.domain.merge import Plan, is_unchanged, is_withdrawal, merge_parcels, plan
from desk.domain.resolved_findings import compare
from redaksi.arrival import File, Mail, Parcel, Unread
from redaksi.model import (
    Assessment,
    Caption,
    Document,
    Finding,
    Label,
    Other,
    Paragraph,
    Photo,
    Run,
    Submission,
)
from redaksi.reasons import ReasonCode, explain

TEXT = (
    "Warga Siantan Hulu membangun saluran air sepanjang dua ratus meter secara gotong royong hari Minggu "
    * 8
)
OTHER = (
    "Ibu rumah tangga di Tallo belajar mengolah sampah dapur menjadi kompos bersama penyuluh dinas kota "
    * 8
)


def document(
    sha: str = "d1", text: str = TEXT, name: str = "Warta.docx", **differs: object
) -> Document:
    paragraph = Paragraph(runs=(Run(text=text, font="Times New Roman", size=12.0),), number=1)
    plain = Document(name=name, kind="docx", sha256=sha, paragraphs=(paragraph,))
    return structs.replace(plain, **differs)


def photo(name: str, sha: str, caption: Caption | None = None) -> Photo:
    return Photo(name=name, kind="jpeg", sha256=sha, width=800, height=600, caption=caption)


def finding(rule: str, subject: str = "", severity: str = "must") -> Finding:
    return Finding(code="F002", rule=rule, severity=severity, subject=subject)  # type: ignore[arg-type]


def judged(*findings: Finding, **parts: object) -> Assessment:
    plain = Submission(
        documents=(document(),), photos=(photo("IMG_1.jpg", "p1"), photo("IMG_2.jpg", "p2"))
    )
    return Assessment(
        submission=structs.replace(plain, **parts), findings=findings, decision="revise"
    )


def made(before: Assessment, **parts: object) -> Plan:
    how = plan(before, Submission(**parts))  # type: ignore[arg-type]
    assert how is not None
    return how


def kept(how: Plan) -> set[str]:
    return {one.sha256 for one in how.keep}


def test_what_is_not_sent_again_stays() -> None:
    assert kept(made(judged())) == {"d1", "p1", "p2"}


def test_a_newer_document_replaces_the_older_one() -> None:
    assert kept(made(judged(), documents=(document("d2", TEXT[:400], "Warta revisi.docx"),))) == {
        "p1",
        "p2",
    }


def test_a_document_that_can_be_read_replaces_one_that_cannot() -> None:
    locked = document(readable=False)
    assert kept(made(judged(documents=(locked,)), documents=(document("d2", OTHER),))) == {
        "p1",
        "p2",
    }


def test_a_page_of_captions_does_not_replace_the_article() -> None:
    note = document(
        "d2",
        "IMG_1.jpg: Warga mengangkat batu fondasi di RT 03 pada Minggu pagi",
        "Keterangan.docx",
    )
    assert kept(made(judged(), documents=(note,))) == {"d1", "p1", "p2"}


def test_another_article_is_no_try_of_this_one() -> None:
    assert plan(judged(), Submission(documents=(document("d2", OTHER),))) is None


@pytest.mark.parametrize("name", ["IMG_1.jpg", "img_1.JPEG", "IMG_1 (1).jpg", "IMG_1.png"])
def test_a_photo_replaces_the_one_of_its_name(name: str) -> None:
    how = made(judged(), photos=(photo(name, "p3"),))
    assert kept(how) == {"d1", "p2"}
    assert how.names["p3"].startswith("IMG_1.")


def test_the_only_new_photo_replaces_the_only_one_that_was_asked_for_again() -> None:
    how = made(judged(finding("photo-too-small", "IMG_2.jpg")), photos=(photo("baru.jpg", "p3"),))
    assert kept(how) == {"d1", "p1"}
    assert how.names == {"p3": "IMG_2.jpg"}


def test_a_photo_with_a_caption_of_its_own_keeps_its_name() -> None:
    own = photo("baru.jpg", "p3", Caption(text="Warga.", source="body", evidence="label"))
    how = made(judged(finding("photo-too-small", "IMG_2.jpg")), photos=(own,))
    assert how.names == {"p3": "baru.jpg"}


def test_where_several_could_be_meant_photos_are_added() -> None:
    two = judged(finding("photo-too-small", "IMG_1.jpg"), finding("photo-too-small", "IMG_2.jpg"))
    assert kept(made(two, photos=(photo("baru.jpg", "p3"),))) == {"d1", "p1", "p2"}
    one = judged(finding("photo-too-small", "IMG_1.jpg"))
    assert kept(made(one, photos=(photo("x.jpg", "p3"), photo("y.jpg", "p4")))) == {
        "d1",
        "p1",
        "p2",
    }


def test_an_editor_looks_where_a_new_photo_may_replace_one_of_several() -> None:
    two = judged(finding("photo-too-small", "IMG_1.jpg"), finding("photo-too-small", "IMG_2.jpg"))
    assert made(two, photos=(photo("baru.jpg", "p3"),)).unsure
    assert not made(two, photos=(photo("IMG_1.jpg", "p3"),)).unsure
    assert not made(judged(), photos=(photo("baru.jpg", "p3"),)).unsure


def test_a_larger_copy_replaces_the_picture_whatever_it_is_called() -> None:
    asked = [finding("photo-too-small", "IMG_1.jpg"), finding("photo-too-small", "IMG_2.jpg")]
    street, river = "0" * 32, "5" * 32
    small = [
        structs.replace(photo(f"IMG_{n}.jpg", f"p{n}"), likeness=k)
        for n, k in ((1, street), (2, river))
    ]
    before = judged(*asked, photos=tuple(small))
    large = [
        structs.replace(photo(n, s), likeness=k, width=1600, height=1200)
        for n, s, k in (("b.jpg", "p4", river), ("a.jpg", "p3", street))
    ]
    how = made(before, photos=tuple(large))
    assert how.names == {"p3": "IMG_1.jpg", "p4": "IMG_2.jpg"}
    assert not how.unsure
    alike = [structs.replace(one, likeness=street) for one in large]
    assert made(before, photos=tuple(alike)).unsure


def test_a_photo_without_a_caption_is_not_replaced_by_a_stranger() -> None:
    how = made(judged(finding("caption-missing", "IMG_1.jpg")), photos=(photo("baru.jpg", "p3"),))
    assert kept(how) == {"d1", "p1", "p2"}


def test_a_photo_sent_again_unchanged_under_a_new_name_is_the_old_one() -> None:
    how = made(judged(finding("photo-too-small", "IMG_1.jpg")), photos=(photo("baru.jpg", "p1"),))
    assert kept(how) == {"d1", "p1", "p2"}
    parcel = merge_parcels(
        Parcel(source="m", files=(file("baru.jpg", "p1"),)), [file("p1", "p1")], how
    )
    assert [one.name for one in parcel.files] == ["IMG_1.jpg"]


def test_captions_of_earlier_mails_still_count_unless_they_are_written_anew() -> None:
    said = Caption(text="Warga.", source="body", evidence="label")
    before = judged(photos=(photo("IMG_1.jpg", "p1", said), photo("IMG_2.jpg", "p2", said)))
    orphan = Label(text="Kaum ibu.", key="img_2.jpg", source="body")
    assert made(before, orphans=(orphan,)).captions == "IMG_1.jpg: Warga."


def test_a_closed_archive_is_dropped_once_files_come_that_are_open() -> None:
    before = judged(
        others=(
            Other(
                name="foto.zip", kind="zip", sha256="z", why=explain(ReasonCode.ARCHIVE_ENCRYPTED)
            ),
        )
    )
    assert "z" in kept(made(before))
    assert "z" not in kept(made(before, photos=(photo("a.jpg", "p3"),)))


def file(name: str, sha: str) -> File:
    return File(name=name, kind="jpeg", size=1, sha256=sha, load=bytes)


def test_the_merged_parcel_holds_what_stays_and_what_is_new_under_the_slots_names() -> None:
    how = made(judged(finding("photo-too-small", "IMG_2.jpg")), photos=(photo("baru.jpg", "p3"),))
    mail = Mail(headers=(), text="Terlampir.")
    stays = [file(sha, sha) for sha in ("d1", "p1")]
    parcel = merge_parcels(
        Parcel(source="m", files=(file("baru.jpg", "p3"),), mail=mail), stays, how
    )
    assert [(one.name, one.sha256) for one in parcel.files] == [
        ("Warta.docx", "d1"),
        ("IMG_1.jpg", "p1"),
        ("IMG_2.jpg", "p3"),
    ]


def test_captions_are_put_under_the_mails_own_words() -> None:
    parcel = Parcel(source="m", mail=Mail(headers=(), text="Terlampir."))
    told = merge_parcels(parcel, (), Plan(captions="IMG_1.jpg: Warga.")).mail
    assert told is not None
    assert told.text == "Terlampir.\n\nIMG_1.jpg: Warga.\n"


def test_what_earlier_mails_held_and_nobody_understood_is_not_forgotten() -> None:
    line = Unread(may_be="caption", kind="line", text="Foto warga mengangkat batu di RT 03")
    file_ = Unread(may_be="caption", kind="file", text="Ket.pdf", place="Ket.pdf")
    how = made(judged(unread=(line, file_)), photos=(photo("baru.jpg", "p3"),))
    assert how.unread == (line,)  # the file itself stays and is looked at again
    assert merge_parcels(Parcel(source="m"), (), how).unread == (line,)


def test_the_same_bytes_and_captions_are_no_try() -> None:
    before = judged().submission
    assert is_unchanged(before, before)
    captioned = structs.replace(
        before.photos[0], caption=Caption(text="Warga.", source="body", evidence="label")
    )
    assert not is_unchanged(before, structs.replace(before, photos=(captioned, before.photos[1])))
    assert not is_unchanged(before, structs.replace(before, documents=(document("d2"),)))


def test_what_is_mended_is_told_by_slot_and_rule() -> None:
    before = judged(
        finding("font", "Warta.docx"),
        finding("photo-too-small", "IMG_1.jpg"),
        finding("byline", severity="advice"),
    )
    newer, shots = (
        document("d2", name="Warta revisi.docx"),
        (photo("IMG_1.png", "p3"), photo("IMG_2.jpg", "p2")),
    )
    after = judged(finding("font", "Warta revisi.docx"), documents=(newer,), photos=shots)
    assert [one.rule for one in compare(before, after).fixed] == ["photo-too-small"]


def test_a_photo_that_is_still_too_small_under_another_ending_is_not_mended() -> None:
    before = judged(finding("photo-too-small", "IMG_1.jpg"))
    after = judged(finding("photo-too-small", "IMG_1.JPEG"), photos=(photo("IMG_1.JPEG", "p3"),))
    assert compare(before, after).fixed == ()


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        ("BATAL", True),
        ("\n  BATAL \nTerima kasih", True),
        ("> dikutip\nBATAL", True),
        ("Batal", False),
        ("BATAL dong", False),
        ("Jangan BATAL", False),
        ("", False),
        ("Yth.\nBATAL", False),
    ],
)
def test_batal_is_the_first_line_of_ones_own_and_nothing_else(text: str, withdrawn: bool) -> None:
    assert is_withdrawal(Mail(headers=(), text=text)) is withdrawn

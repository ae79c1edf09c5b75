"""`redaksi check` for people: 80 columns, aligned, nothing told as judged that was not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from desk.presentation.check_text import WIDTH, format_examination
from redaksi.arrival import Unread
from redaksi.model import (
    Answer,
    Assessment,
    Caption,
    Document,
    Examination,
    Fault,
    Finding,
    Language,
    Other,
    Photo,
    Share,
    Submission,
    Verdict,
)
from redaksi.reasons import Reason, ReasonCode, explain
from redaksi.sender_rule import SenderRule

GOOD = Document(
    name="Warta.docx",
    kind="docx",
    sha256="a" * 64,
    characters=2310,
    share=Share(font=0.69, spacing=1.0),
)
PHOTO = Photo(
    name="IMG_2041.jpg",
    kind="jpeg",
    sha256="b" * 64,
    width=1600,
    height=1200,
    caption=Caption(text="Warga", source="document", evidence="label"),
)
SMALL = Finding(
    code="F002",
    rule="photo-too-small",
    severity="must",
    subject="IMG_2041.jpg",
    facts={"width": "800", "height": "600", "longer": "1024", "shorter": "768"},
)


def examination(
    *documents: Document,
    photos: tuple[Photo, ...] = (),
    findings: tuple[Finding, ...] = (),
    decision: Verdict = "revise",
    reason: Reason | None = None,
    source: str = "kiriman.eml",
) -> Examination:
    submission = Submission(documents=documents, photos=photos)
    judged = Assessment(submission=submission, findings=findings, decision=decision, reason=reason)
    return Examination(
        source=source,
        mail=None,
        mail_kind=None,
        assessments=(judged,),
        others=(),
        decision=decision,
        answer=None,
        reason=reason,
    )


def lines(one: Examination, language: Language = "id") -> list[str]:
    return format_examination(one, language).splitlines()


def test_an_article_is_told_with_its_shares_in_the_readers_language() -> None:
    assert "Warta.docx  2.310 karakter  huruf 69%  ukuran 100%  spasi 100%" in lines(
        examination(GOOD)
    )
    assert "Warta.docx  2,310 characters  font 69%  size 100%  spacing 100%" in lines(
        examination(GOOD), "en"
    )


def test_all_but_a_few_characters_is_not_all() -> None:
    nearly = structs.replace(GOOD, share=Share(font=0.9999))
    assert "huruf 99%" in format_examination(examination(nearly), "id")


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"readable": False, "kind": "pdf"}, "tidak terbaca (PDF)"),
        ({"readable": False, "kind": "broken"}, "tidak terbaca"),
        ({"readable": False, "kind": "encrypted"}, "terkunci sandi"),
        ({"judged": False, "kind": "doc"}, "belum dapat dinilai (DOC)"),
    ],
)
def test_of_a_document_nobody_judged_no_share_is_told(
    changes: dict[str, object], what: str
) -> None:
    document = structs.replace(GOOD, **changes)
    (line,) = [
        one
        for one in lines(examination(document, decision="review"))
        if one.startswith("Warta.docx")
    ]
    assert line == f"Warta.docx  {what}"


def test_files_stand_in_columns() -> None:
    shown = lines(examination(GOOD, photos=(PHOTO,)))
    assert "Warta.docx    2.310 karakter  huruf 69%  ukuran 100%  spasi 100%" in shown
    assert "IMG_2041.jpg  JPEG  1600 × 1200  keterangan dari naskah, menurut nomornya" in shown


def test_a_pair_that_an_editor_confirms_says_so() -> None:
    unsure = Caption(text="Warga", source="body", evidence="order", action="confirm")
    photo = structs.replace(PHOTO, caption=unsure)
    shown = " ".join(" ".join(lines(examination(GOOD, photos=(photo,)))).split())
    assert "keterangan dari isi surel, menurut urutannya (periksa pasangannya)" in shown


def test_a_finding_stands_below_its_file_with_what_to_do() -> None:
    shown = lines(examination(GOOD, photos=(PHOTO,), findings=(SMALL,)))
    at = next(i for i, line in enumerate(shown) if line.startswith("IMG_2041.jpg"))
    assert shown[at + 1].startswith("  x F002  Foto “IMG_2041.jpg” terlalu kecil: 800 × 600 piksel")
    assert shown[at + 2].startswith("          → ")
    assert shown[-1] == "1 temuan wajib"


def test_spacing_is_told_with_a_decimal_comma() -> None:
    wide = Finding(
        code="N008",
        rule="spacing",
        severity="must",
        subject="Warta.docx",
        facts={"share": "100", "what": "1.5", "paragraph": "", "quote": "", "lines": "1"},
    )
    document = structs.replace(GOOD, spacing=Fault(found=(("1.5", 1.0),)))
    assert "1,5" in format_examination(examination(document, findings=(wide,)), "id")
    assert "1.5" in format_examination(examination(document, findings=(wide,)), "en")


def test_nothing_is_found_of_what_was_quarantined() -> None:
    shown = format_examination(
        examination(
            GOOD,
            findings=(SMALL,),
            decision="quarantine",
            reason=explain(ReasonCode.HOSTILE_DOCUMENT),
        ),
        "id",
    )
    assert "F002" not in shown
    assert "batas keamanan" in shown


def test_a_clean_submission_says_so() -> None:
    shown = lines(examination(GOOD, decision="accept", reason=explain(ReasonCode.EVERY_RULE_MET)))
    assert shown[0] == "kiriman.eml: siap ditinjau redaktur"
    assert shown[-1] == "Tidak ada temuan."


def test_the_letter_says_whether_it_goes_by_itself() -> None:
    answer = Answer(
        send=False,
        letter="revise",
        to="a@b.example",
        reason=explain(ReasonCode.DMARC_UNSURE),
        rule=SenderRule.UNKNOWN,
    )
    shown = lines(structs.replace(examination(GOOD), answer=answer))
    assert "Surat: perlu diperbaiki, kepada a@b.example (menunggu redaktur)" in shown


@settings(max_examples=60)
@given(
    name=st.text(min_size=1, max_size=200),
    source=st.text(max_size=200),
    reason=st.builds(Reason, st.sampled_from(ReasonCode), st.dictionaries(st.text(), st.text())),
    language=st.sampled_from(["id", "en"]),
)
def test_no_line_is_wider_than_a_terminal(
    name: str, source: str, reason: Reason, language: Language
) -> None:
    photo, finding = structs.replace(PHOTO, name=name), structs.replace(SMALL, subject=name)
    one = examination(
        structs.replace(GOOD, name=name, readable=False, kind="pdf"),
        photos=(photo,),
        findings=(finding,),
        decision="review",
        reason=reason,
        source=source,
    )
    assert max(len(line) for line in lines(one, language)) <= WIDTH


def test_what_was_not_understood_is_told_with_its_place_and_what_it_may_be() -> None:
    plain = examination(GOOD, photos=(structs.replace(PHOTO, caption=None),), decision="review")
    unread = (
        Unread(may_be="caption", kind="file", text="Keterangan.pdf", place="Keterangan.pdf"),
        Unread(may_be="caption", kind="line", text="Foto warga di RT 03", place="4"),
        Unread(may_be="photo", kind="body", text="data:image"),
        Unread(may_be="article", kind="body", text="data:image"),
    )
    submission = structs.replace(plain.assessments[0].submission, unread=unread)
    judged = structs.replace(plain.assessments[0], submission=submission)
    told = lines(structs.replace(plain, assessments=(judged,)), "id")
    at = told.index("Yang belum terbaca:")
    assert told[at + 1 : at + 4] == [
        "  ? Keterangan.pdf (berkas; mungkin keterangan foto)",
        "  ? Foto warga di RT 03 (paragraf 4; mungkin keterangan foto)",
        "  ? gambar yang tertanam di badan surel (badan surel; mungkin foto atau naskah)",
    ]
    assert "Not understood:" in lines(structs.replace(plain, assessments=(judged,)), "en")


def test_notes_and_pictures_set_aside_are_told_as_no_findings() -> None:
    noted = structs.replace(PHOTO, notes=("messenger-copy", "not-sharp"))
    logo = Other(
        name="image001.png",
        kind="png",
        sha256="c" * 64,
        why=explain(ReasonCode.PICTURE_BELOW_SIGNATURE),
    )
    one = examination(GOOD, photos=(noted,), decision="accept")
    judged = structs.replace(
        one.assessments[0],
        submission=structs.replace(one.assessments[0].submission, others=(logo,)),
    )
    told = lines(structs.replace(one, assessments=(judged,)))
    assert [line for line in told if line.startswith("  · ")] == [
        "  · tampaknya salinan dari aplikasi pesan (WhatsApp), bukan berkas aslinya",
        "  · mungkin kurang tajam",
        "  · image001.png: gambar di bawah salam penutup atau tanda tangan surel",
    ]
    assert all(len(line) <= WIDTH for line in told)


def test_what_was_not_judged_says_why_and_nothing_is_called_missing() -> None:
    late = explain(ReasonCode.BUDGET, which="pixels")
    document = structs.replace(
        GOOD, judged=False, unjudged=explain(ReasonCode.READER_ERROR, reader="document")
    )
    bare = structs.replace(PHOTO, name="a.jpg", judged=False, caption=None, unjudged=late)
    paired = structs.replace(PHOTO, name="b.jpg", judged=False, unjudged=late)
    other = Other(name="c.zip", kind="zip", sha256="c" * 64, why=late)
    found = examination(document, photos=(bare, paired), decision="review", reason=late)
    text = " ".join(" ".join(lines(structs.replace(found, others=(other,)))).split())
    assert "Warta.docx belum dapat dinilai (DOCX). Gagal kami baca (naskah)" in text
    assert "a.jpg JPEG 1600 × 1200 belum dapat dinilai. Tidak dibuka: foto" in text
    assert "menurut nomornya. Tidak dibuka: foto" in text
    assert "c.zip: Tidak dibuka: foto" in text
    assert "tanpa keterangan" not in text

"""Makes the golden mails: `python -m tests.journey.golden` writes NAME.eml and NAME.json into
mails/.

The expectations follow decisions.md, answering.md and the contract of `check --json`, not the
program: what a pair leaves out is not looked at. Pairs made elsewhere may be dropped into the
folder; test_golden.py finds them.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from desk.demo.texts import article
from tests.journey.golden_files import docx, para, photo, run

MAILS = Path(__file__).parent / "mails"
SITI = "Siti Aminah <siti.aminah@surel.example>"
BUDI = "Budi Santoso <budi.santoso@surel.example>"
DEWI = '"Dewi Lestari, S.Sos" <dewi.lestari@kotaku.example>'
TOLD = (
    "Warga bergotong royong mengangkat batu fondasi di RT 03, Minggu (15/11).",
    "Kaum ibu menyiapkan sarapan bersama di teras mushala.",
    "Lurah Marlina meresmikan saluran air yang baru rampung.",
)
HELLO = "Yth. Redaksi Warta,\n\nTerlampir naskah dan foto kegiatan kami. Mohon dapat dimuat.\n\nHormat saya,\n"
Expected = dict[str, Any]
SENT: Expected = {"send": True, "letter": "accepted", "rule": "authenticated"}


class Golden(Struct, frozen=True, kw_only=True):
    """One pair."""

    name: str
    raw: bytes
    expected: Expected


def title_line(title: str, font: str = "Times New Roman", points: float = 14) -> str:
    """A centred bold title."""
    return para(run(title, font, points, bold=True), align="center")


def naskah(
    place: str,
    captions: Sequence[str] = (),
    *,
    title: str = "",
    byline: str = "Rahmawati, Fasilitator Sosial",
    heading: str = "Keterangan foto:",
    body: Sequence[str] = (),
    pictures: Sequence[bytes] = (),
    macros: bool = False,
) -> bytes:
    """A .docx that follows every rule: Times New Roman 12, single."""
    texts = article(place, "membangun saluran air", len(place) % 2)
    blocks = [title_line(title or f"Warga {place} Bangun Saluran Air"), *(body or map(para, texts))]
    blocks += [para(f"Penulis: {byline}")] if byline else []
    if captions:
        blocks += [para(heading)] if heading else []
        blocks += [para(text) for text in captions]
    return docx(blocks, pictures, macros=macros)


def named(*names: str) -> list[str]:
    """Captions as the redaksi asks for them: the file's name before each."""
    return [f"{name}: {text}" for name, text in zip(names, TOLD, strict=False)]


def told(at: int) -> Expected:
    """The caption that `named` gives the photo at this place."""
    return {"caption": {"text": TOLD[at]}}


def fine(*photos: str, document: str, origin: str = "attached", **more: Any) -> Expected:
    """A whole submission that is accepted: one document, photos with the captions of `named`."""
    where = {"origin": origin} if origin else {}
    return {
        "decision": "accept",
        "mail": {"kind": "normal"},
        "answer": SENT,
        "findings": [],
        "caption_action": "auto",
        "documents": {
            document: {
                "kind": "docx",
                "readable": True,
                "refused": None,
                "share": {"font": 1.0, "size": 1.0, "spacing": 1.0},
            }
        },
        "photos": {
            n: {"kind": "jpeg", "intact": True, **where, **told(i)} for i, n in enumerate(photos)
        },
    } | more


def shots(*names: str, seed: int = 0) -> list[tuple[str, bytes]]:
    """Good photos by name."""
    return [(name, photo(1024, 768, seed + i)) for i, name in enumerate(names)]


def goldens() -> list[Golden]:
    """Every pair this project makes."""
    from tests.journey import (  # noqa: PLC0415 - they import this
        golden_answering,
        golden_documents,
        golden_habits,
        golden_machines,
        golden_odd_mime,
        golden_photos,
        golden_programs,
        golden_wrappings,
    )

    rooms = (
        golden_programs,
        golden_wrappings,
        golden_documents,
        golden_photos,
        golden_machines,
        golden_habits,
        golden_odd_mime,
        golden_answering,
    )
    return [golden for room in rooms for golden in room.goldens()]


def main() -> None:
    """Write all pairs."""
    MAILS.mkdir(exist_ok=True)
    for golden in goldens():
        (MAILS / f"{golden.name}.eml").write_bytes(golden.raw)
        text = json.dumps(golden.expected, indent=1, ensure_ascii=False)
        (MAILS / f"{golden.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

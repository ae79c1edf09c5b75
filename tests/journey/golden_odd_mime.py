"""Golden mails in odd MIME."""

import struct
from collections.abc import Iterator

from tests.journey.golden import (
    HELLO,
    SITI,
    Golden,
    fine,
    named,
    naskah,
    shots,
    told,
)
from tests.journey.golden_documents import NAMES
from tests.journey.golden_habits import paper
from tests.journey.golden_mime import attached, letter, multi, part, plain
from tests.journey.golden_programs import simple


def goldens() -> Iterator[Golden]:
    whole = fine(NAMES[0], document="Naskah.docx")
    image = shots(NAMES[0], seed=150)[0]
    pair = [paper(NAMES[0]), attached(*image)]
    body = multi("mixed", [plain(HELLO), *pair], "lf")
    yield Golden(
        name="line-feeds-only",
        raw=letter(SITI, "Warta", body, stamp="lf").replace(b"\r\n", b"\n"),
        expected=whole,
    )
    yield Golden(
        name="no-closing-boundary",
        raw=letter(SITI, "Warta", body, stamp="nb").removesuffix(b"--lf--\r\n"),
        expected=whole,
    )
    foot = b"\r\n_______________________________________________\r\nDipindai oleh antivirus.\r\n"
    yield Golden(
        name="epilogue-of-a-virus-scanner",
        raw=letter(SITI, "Warta", body, stamp="ep") + foot,
        expected=whole,
    )

    bare = part(
        [
            ("Content-Type", "application/octet-stream"),
            ("Content-Disposition", 'attachment; filename="Naskah"'),
        ],
        naskah("Wonosari", named(NAMES[0])),
    )
    yield simple(
        "docx-without-an-ending", fine(NAMES[0], document="Naskah"), bare, attached(*image)
    )
    raw_image = part(
        [
            ("Content-Type", f'image/jpeg; name="{NAMES[0]}"'),
            ("Content-Disposition", f'attachment; filename="{NAMES[0]}"'),
        ],
        image[1],
        "binary",
    )
    yield simple("photo-in-binary", whole, paper(NAMES[0]), raw_image)
    wrong = part(
        [
            ("Content-Type", f"text/plain; name={NAMES[0]}"),
            ("Content-Disposition", f"attachment; filename={NAMES[0]}"),
        ],
        image[1],
    )
    yield simple("photo-called-text", whole, paper(NAMES[0]), wrong)

    fork = (
        struct.pack(">II16xH", 0x00051607, 0x00020000, 1)
        + struct.pack(">III", 9, 38, 32)
        + bytes(32)
    )
    head = part(
        [
            ("Content-Type", f'application/applefile; name="{NAMES[0]}"'),
            ("Content-Disposition", f'attachment; filename="{NAMES[0]}"'),
        ],
        fork,
    )
    double = multi("appledouble", [head, attached(*image)], "ad")
    expected = whole | {"photos": {NAMES[0]: {"kind": "jpeg", "intact": True, **told(0)}}}
    yield simple("apple-double", expected, paper(NAMES[0]), double)
    sized = part(
        [
            ("Content-Type", f'image/jpeg; name="{NAMES[0]}"'),
            ("Content-Description", NAMES[0]),
            (
                "Content-Disposition",
                f'attachment; filename="{NAMES[0]}"; size=9123;\r\n\tcreation-date="Mon, 16 Nov 2026 02:00:00 GMT";\r\n\tmodification-date="Mon, 16 Nov 2026 02:00:00 GMT"',
            ),
        ],
        image[1],
    )
    yield simple("outlook-disposition-with-dates", whole, paper(NAMES[0]), sized)
    loose = attached(*image).replace(
        b"Content-Transfer-Encoding: base64", b"content-transfer-encoding:  BASE64"
    )
    yield simple("encoding-in-capitals", whole, paper(NAMES[0]), loose)

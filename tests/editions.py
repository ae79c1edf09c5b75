"""Editions and what is delivered of them, for tests: written by hand, and generated."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st
from msgspec import structs

from publisher.articles.edition import Block, Byline, Edition, EditionPhoto, Span
from publisher.targets.target import Action, Article, MadePhoto

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
HEADLINE = "Gotong royong menata bantaran Sungai Kapuas"


def make_edition(number: int = 1, *, photos: int = 2, **changes: object) -> Edition:
    """A Warta from Kalimantan Barat."""
    edition = Edition(
        uri="tag:warta.example,2026:W-2026-0143",
        submission="W-2026-0143",
        number=number,
        revision=1,
        made_by="Endang",
        made_at=NOW + timedelta(hours=number - 1),
        first_made_at=NOW,
        headline=HEADLINE,
        slug="gotong-royong-menata-bantaran-sungai-kapuas-w-2026-0143",
        body=(
            Block(kind="p", lines=((Span(text="Warga bekerja "), Span(text="bersama", strong=True), Span(text=".")),)),
            Block(kind="h3", lines=((Span(text="Tiga RW"),),)),
            Block(kind="ul", lines=((Span(text="RW 01"),), (Span(text="RW 02"),))),
            Block(kind="p", lines=((Span(text="Jalan selesai hari itu. [Kalbar]"),),)),
        ),
        tags=("Kalimantan Barat", "Kalbar"),
        dateline="Kalbar",
        province="Kalimantan Barat",
        byline=Byline(
            name="Inayatullah",
            role="Sub-Prof Komunikasi",
            programme="Program Kotaku Provinsi Kalimantan Barat",
        ),
        editor="EPN",
        category="Warta",
        photos=tuple(make_words(n) for n in range(1, photos + 1)),
    )  # fmt: skip
    return structs.replace(edition, **changes)


def make_words(number: int) -> EditionPhoto:
    """The words of photo `number`; its original is 64 hex digits of the number."""
    return EditionPhoto(
        sha256=hashlib.sha256(f"original {number}".encode()).hexdigest(),
        caption=f"Warga RW 0{number} mengangkat batu di tepi sungai.",
        credit="Foto: Inayatullah/Redaksi Warta",
        alt=f"Warga RW 0{number} mengangkat batu di tepi sungai.",
    )


def make_photos(
    edition: Edition, content: bytes = b"\xff\xd8\xff\xe0 a photo"
) -> tuple[MadePhoto, ...]:
    """The edition's photos as they were made: new words make new bytes."""
    return tuple(make_photo(photo, content) for photo in edition.photos)


def make_photo(photo: EditionPhoto, content: bytes) -> MadePhoto:
    """A photo as it was made."""
    made = content + photo.sha256.encode() + photo.caption.encode()
    return MadePhoto(
        original=photo.sha256,
        sha256=hashlib.sha256(made).hexdigest(),
        width=1600,
        height=1200,
        size=len(made),
        read=lambda: made,
    )


def make_article(
    edition: Edition | None = None,
    action: Action = "publish",
    *,
    before: Edition | None = None,
    photos: Sequence[MadePhoto] | None = None,
    overwrite: bool = False,
) -> Article:
    """What is delivered of an edition; one of its own where none is given."""
    chosen = edition or make_edition()
    return Article(
        edition=chosen,
        photos=tuple(photos) if photos is not None else make_photos(chosen),
        key=f"pub_17_{chosen.number}_{action}",
        now=chosen.made_at + timedelta(minutes=5),
        before=before,
        overwrite=overwrite,
    )


_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)
_LINES = st.lists(
    st.lists(st.builds(Span, text=_WORDS, strong=st.booleans()), min_size=1, max_size=3).map(tuple),
    min_size=1,
    max_size=3,
).map(tuple)
_BLOCKS = st.builds(Block, kind=st.sampled_from(["p", "h3", "ul"]), lines=_LINES)
_MOMENTS = st.datetimes(
    min_value=datetime(1, 1, 2),
    max_value=datetime(9999, 12, 30),
    timezones=st.sampled_from(
        [UTC, timezone(timedelta(hours=7)), timezone(-timedelta(hours=9, minutes=30))]
    ),
)
_PHOTOS = st.builds(
    EditionPhoto,
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    caption=_WORDS,
    credit=_WORDS,
    alt=_WORDS,
)
EDITIONS = st.builds(
    Edition,
    uri=st.integers(1, 99999).map(lambda n: f"tag:warta.example,2026:W-2026-{n:04d}"),
    submission=st.integers(1, 99999).map(lambda n: f"W-2026-{n:04d}"),
    number=st.integers(1, 999),
    revision=st.integers(1, 9),
    made_by=_WORDS,
    made_at=_MOMENTS,
    headline=_WORDS,
    slug=st.from_regex(r"[a-z0-9-]{1,60}", fullmatch=True),
    body=st.lists(_BLOCKS, max_size=4).map(tuple),
    first_made_at=st.none() | _MOMENTS,
    tags=st.lists(_WORDS, max_size=12).map(tuple),
    dateline=_WORDS,
    province=_WORDS,
    byline=st.builds(Byline, name=_WORDS, role=_WORDS, programme=_WORDS),
    editor=_WORDS,
    category=_WORDS,
    photos=st.lists(_PHOTOS, max_size=3).map(tuple),
    embargo=st.none() | _MOMENTS,
    language=st.sampled_from(["id", "en"]),
)

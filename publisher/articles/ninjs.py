"""An edition as ninjs 3.1 (IPTC, "News in JSON"): what folders and webhooks carry.

The standard allows no key of our own and none without a value it has a type for, so what an edition
lacks is left out. No geometry: its schema points elsewhere for that alone.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from publisher.articles.edition import Byline, Edition, EditionPhoto

VERSION = "3.1"
SCHEMA = f"http://www.iptc.org/std/ninjs/ninjs-schema_{VERSION}.json#"

Json = dict[str, object]


class Rendition(Struct, frozen=True, kw_only=True):
    """A photo's JPEG, where the reader of the ninjs finds it: an absolute address, or the name of a
    file beside it. `size` in bytes."""

    href: str
    width: int
    height: int
    size: int


def make_ninjs(
    edition: Edition, *, html: str, markdown: str, renditions: Sequence[Rendition]
) -> Json:
    """The news object of an edition that stands; `renditions` in the order of its photos. Raises
    ValueError where there are more or fewer."""
    photos = zip(edition.photos, renditions, strict=True)
    return _drop_empty(
        {
            **_identify(edition, edition.made_at),
            "pubStatus": "usable",
            "embargoedUntil": edition.embargo and write_moment(edition.embargo),
            "headlines": [{"role": "main", "value": edition.headline}],
            "bodies": [
                {"role": "main", "contentType": "text/html", "value": html},
                {"role": "main", "contentType": "text/markdown", "value": markdown},
            ],
            "by": write_byline(edition.byline),
            "people": _list_people(edition),
            "located": edition.province or edition.dateline,
            "places": _list_places(edition),
            "subjects": _list_subjects(edition),
            "altIds": [*_list_ids(edition), {"role": "slug", "value": edition.slug}],
            "associations": [
                _associate(edition, n, photo, rendition)
                for n, (photo, rendition) in enumerate(photos, 1)
            ],
        }
    )


def make_canceled(edition: Edition, at: datetime) -> Json:
    """The news object of an edition that was taken down: whose it is and that it is no more, and
    not a word of what it said."""
    return {**_identify(edition, at), "pubStatus": "canceled", "altIds": _list_ids(edition)}


def name_photo(edition: Edition, number: int) -> str:
    """The uri of the edition's photo `number`, counted from 1."""
    return f"{edition.uri}#foto-{number}"


def write_moment(moment: datetime) -> str:
    """RFC 3339, in UTC, to the second. Without a zone it is UTC already."""
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return known.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0")


def write_byline(byline: Byline) -> str:
    """ "Inayatullah, Sub-Prof Komunikasi, Program Kotaku Provinsi Kalimantan Barat"."""
    return ", ".join(each for each in (byline.name, byline.role, byline.programme) if each)


def _identify(edition: Edition, at: datetime) -> Json:
    return {
        "uri": edition.uri,
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
        "type": "text",
        "version": str(edition.number),
        "firstCreated": write_moment(edition.first_made_at or edition.made_at),
        "versionCreated": write_moment(at),
        "language": edition.language,
    }


def _list_people(edition: Edition) -> list[Json]:
    names = (("author", edition.byline.name), ("editor", edition.editor))
    return [{"name": name, "rel": rel} for rel, name in names if name]


def _list_places(edition: Edition) -> list[Json]:
    place = _drop_empty({"name": edition.province, "literal": edition.dateline})
    return [place] if place else []


def _list_subjects(edition: Edition) -> list[Json]:
    names = (("category", edition.category), *(("tag", tag) for tag in edition.tags))
    return [{"name": name, "rel": rel} for rel, name in names if name]


def _list_ids(edition: Edition) -> list[Json]:
    return [{"role": "submission", "value": edition.submission}]


def _associate(edition: Edition, number: int, photo: EditionPhoto, rendition: Rendition) -> Json:
    words = (("caption", photo.caption), ("alt", photo.alt))
    return _drop_empty(
        {
            "name": f"foto-{number}",
            "uri": name_photo(edition, number),
            "type": "picture",
            "descriptions": [
                {"role": role, "contentType": "text/plain", "value": text}
                for role, text in words
                if text
            ],
            "by": photo.credit,
            "renditions": [
                {
                    "name": "main",
                    "href": rendition.href,
                    "contentType": "image/jpeg",
                    "width": rendition.width,
                    "height": rendition.height,
                    "sizeInBytes": rendition.size,
                }
            ],
        }
    )


def _drop_empty(news: Mapping[str, object]) -> Json:
    return {key: value for key, value in news.items() if value}

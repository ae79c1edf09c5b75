"""What we write of ninjs 3.1, as a JSON Schema of our own words, made after IPTC's specification
and closed more tightly than it: only the keys that we use, each with the type the standard gives it.
"""

from collections.abc import Iterable, Mapping

from jsonschema import Draft202012Validator

Shape = dict[str, object]

TEXT: Shape = {"type": "string"}
FILLED: Shape = {"type": "string", "minLength": 1}
COUNT: Shape = {"type": "integer", "minimum": 0}
# RFC 3339, in UTC
MOMENT: Shape = {
    "type": "string",
    "pattern": r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$",
}
# RFC 3986: a scheme, and no character that must be escaped
URI: Shape = {
    "type": "string",
    "pattern": r"^[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,\-./:;=?@\[\]_~A-Za-z0-9]+$",
}


def close(properties: Mapping[str, object], *required: str) -> Shape:
    """An object of these keys alone."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def list_of(item: Shape) -> Shape:
    """An array that is not empty: what is empty is left out."""
    return {"type": "array", "items": item, "minItems": 1}


def choose(names: Iterable[str]) -> Shape:
    """One of the words of a vocabulary."""
    return {"enum": list(names)}


WORDS = close({"role": TEXT, "contentType": FILLED, "value": TEXT}, "value")
RENDITION = close(
    {
        "name": FILLED,
        "href": FILLED,
        "contentType": {"const": "image/jpeg"},
        "width": COUNT,
        "height": COUNT,
        "sizeInBytes": COUNT,
    },
    "name",
    "href",
)
PICTURE = close(
    {
        "name": FILLED,
        "uri": URI,
        "type": {"const": "picture"},
        "descriptions": list_of(WORDS),
        "by": TEXT,
        "renditions": list_of(RENDITION),
    },
    "name",
    "uri",
)
NAMED = close({"name": FILLED, "rel": FILLED, "literal": FILLED})
NEWS = close(
    {
        "uri": URI,
        "standard": close(
            {"name": {"const": "ninjs"}, "version": {"const": "3.1"}, "schema": URI},
            "name",
            "version",
            "schema",
        ),
        "type": {"const": "text"},
        "version": {"type": "string", "pattern": "^[1-9][0-9]*$"},
        "firstCreated": MOMENT,
        "versionCreated": MOMENT,
        "embargoedUntil": MOMENT,
        "pubStatus": choose(("usable", "withheld", "canceled")),
        "language": choose(("id", "en")),
        "headlines": list_of(WORDS),
        "bodies": list_of(WORDS),
        "by": FILLED,
        "people": list_of(NAMED),
        "located": FILLED,
        "places": list_of(NAMED),
        "subjects": list_of(NAMED),
        "altIds": list_of(close({"role": FILLED, "value": FILLED})),
        "associations": list_of(PICTURE),
    },
    "uri",
    "standard",
    "type",
    "version",
    "firstCreated",
    "versionCreated",
    "pubStatus",
    "language",
    "altIds",
)

_VALIDATOR = Draft202012Validator(NEWS)


def find_faults(news: object) -> list[str]:
    """What is not as the standard has it, each with where it stands."""
    return [f"{fault.json_path}: {fault.message}" for fault in _VALIDATOR.iter_errors(news)]

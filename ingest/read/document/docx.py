"""Reads a .docx as Word shows it: effective font, size and weight of every run, line spacing of
every paragraph.

    bytes ─► Package (zip, capped) ─► Styles (+ theme) ─► Walk (stories) ─► Reading

The formatting of a run comes down from document defaults, table style, paragraph style with what it
is based on, character style and the run itself (ECMA-376 part 1, 17.7.2); a theme names fonts, and
each character takes its slot.
"""

from itertools import accumulate

from lxml import etree

from ingest.read.budget import Budget
from ingest.read.document.ooxml.flat import unfold
from ingest.read.document.ooxml.fonts import read_theme_fonts
from ingest.read.document.ooxml.names import ASVG, FALSE, R, W
from ingest.read.document.ooxml.package import Package, Relationship, parse_tree
from ingest.read.document.ooxml.pictures import identify
from ingest.read.document.ooxml.repeated import cut
from ingest.read.document.ooxml.story import Walk
from ingest.read.document.ooxml.styles import Styles
from ingest.read.document.ooxml.stylesheet import StyleSheet
from ingest.read.document.reading import Reading
from ingest.read.photo.looks.inside import Room
from redaksi.errors import Unreadable
from redaksi.limits import Safety
from redaksi.model import Picture, Story
from redaksi.reasons import ReasonCode


def read(content: bytes, safety: Safety, budget: Budget | None = None) -> Reading:
    """The document in `content`, paragraphs of body and tables in reading order, then notes,
    headers and footers.

    A text box follows the paragraph it hangs on. `Picture.after` is the 1-based index of its
    paragraph within `Reading.paragraphs`; pictures of headers and footers are left out.

    Raises Unreadable of kind "broken", "encrypted" or "not-word", and Hostile of kind "bomb".
    """
    package = Package(unfold(content), safety)
    main = _main_part(package)
    markup = package.read_markup(main)
    if markup is None:
        raise Unreadable("broken", ReasonCode.MAIN_PART_MISSING, part=main)
    relations = package.read_relationships(main)
    parts = {each.kind: each.target for each in relations.values() if not each.external}
    settings = _optional(package, parts, "settings")
    theme = read_theme_fonts(_optional(package, parts, "theme"), settings)
    sheet = StyleSheet(
        package.read_markup(parts["styles"]) if "styles" in parts else None, parts.get("styles", "")
    )
    walk = Walk(Styles(sheet, theme, settings), safety)
    markup, walk.inline.stated = cut(markup, theme)
    root = parse_tree(markup, main)
    if root.tag != W + "document":
        name = str(root.tag).rsplit("}", 1)[-1][:40]
        raise Unreadable("not-word", ReasonCode.MAIN_PART_ODD, root=name)
    body = root.find(W + "body")
    if body is not None:
        walk.read_story(body, "body")
    walk.inline.stated = {}  # numbers of this part alone
    pictures = _pictures(package, walk, relations, Room(budget))
    _read_notes(package, walk, parts)
    _read_headers(package, walk, relations, settings)
    if any(name.endswith("vbaproject.bin") for name in package.entries):
        walk.inline.notes.add("macros")
    if _is_signed(package):
        walk.inline.notes.add("digital-signature")
    return Reading(
        kind=_kind(package, main),
        paragraphs=tuple(each for each in walk.paragraphs if each is not None),
        pictures=pictures,
        notes=tuple(sorted(walk.inline.notes)),
    )


def _main_part(package: Package) -> str:
    """The part the package relationships call the office document."""
    for each in package.read_relationships("").values():
        if each.kind == "officeDocument" and not each.external:
            return each.target
    if "word/document.xml" in package:
        raise Unreadable("broken", ReasonCode.MAIN_PART_UNNAMED)
    raise Unreadable("not-word", ReasonCode.NO_OFFICE_DOCUMENT)


def _is_signed(package: Package) -> bool:
    """Whether it carries a digital signature, valid or not (part 2, 13.2)."""
    relations = package.read_relationships("").values()
    if not any(each.kind == "origin" and each.target in package for each in relations):
        return False
    return b"digital-signature-xmlsignature+xml" in (package.read("[Content_Types].xml") or b"")


def _kind(package: Package, main: str) -> str:
    """docx, or docm, dotx, dotm by the content type of the main part ([Content_Types].xml, part
    2, 10.1.2.2)."""
    types = package.read("[Content_Types].xml") or b""
    name = main.rsplit("/", 1)[-1].encode("utf-8", "replace")
    for override in types.split(b"<Override")[1:]:
        row = override[: override.find(b">") + 1]
        if name in row:
            macros, template = b"macroEnabled" in row, b"emplate" in row
            return "dot" * template + "doc" * (not template) + ("m" if macros else "x")
    return "docx"


def _optional(package: Package, parts: dict[str, str], kind: str) -> "etree._Element | None":
    return package.read_xml(parts[kind]) if kind in parts else None


def _read_notes(package: Package, walk: Walk, parts: dict[str, str]) -> None:
    """Footnotes and endnotes the text refers to, in its order (17.11)."""
    notes: dict[str, dict[str, etree._Element]] = {}
    for part, identifier in walk.inline.references:
        if part not in notes:
            root = _optional(package, parts, part)
            notes[part] = {} if root is None else {each.get(W + "id", ""): each for each in root}
        note = notes[part].pop(identifier, None)
        if note is not None:
            walk.read_story(note, "note")


def _read_headers(
    package: Package,
    walk: Walk,
    relations: dict[str, Relationship],
    settings: "etree._Element | None",
) -> None:
    """Headers and footers of the sections, those that are shown: the first page's under
    w:titlePg, the even pages' under w:evenAndOddHeaders (17.10)."""
    even = settings is not None and _is_on(settings.find(W + "evenAndOddHeaders"))
    seen: set[str] = set()
    sections, walk.sections = walk.sections, []
    for section in sections:
        first = _is_on(section.find(W + "titlePg"))
        for reference in section:
            name = str(reference.tag)
            story: Story = "header" if name == W + "headerReference" else "footer"
            if story == "footer" and name != W + "footerReference":
                continue
            which = reference.get(W + "type", "default")
            related = relations.get(reference.get(R + "id", ""))
            if (
                (which == "first" and not first)
                or (which == "even" and not even)
                or related is None
            ):
                continue
            if related.external or related.target in seen:
                continue
            seen.add(related.target)
            root = package.read_xml(related.target)
            if root is not None:
                walk.read_story(root, story)


def _is_on(element: "etree._Element | None") -> bool:
    return element is not None and element.get(W + "val") not in FALSE


def _pictures(
    package: Package, walk: Walk, relations: dict[str, Relationship], room: Room
) -> tuple[Picture, ...]:
    """Raster pictures shown in the body, each media part once, where it stands first."""
    found: dict[str, Picture | None] = {}
    # deleted paragraphs do not count
    shown = list(accumulate(each is not None for each in walk.paragraphs))
    for blip, index in walk.inline.blips:
        if next(blip.iter(ASVG + "svgBlip"), None) is not None:
            continue  # the stand-in of an SVG
        related = relations.get(
            blip.get(R + "embed") or blip.get(R + "id") or blip.get(R + "link") or ""
        )
        if related is None:
            continue
        if related.external:
            walk.inline.notes.add("linked-image")
        elif related.target not in found and room.may_name(len(found)):
            found[related.target] = identify(package, related.target, shown[index - 1], room)
    return tuple(each for each in found.values() if each is not None)

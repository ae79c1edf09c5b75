"""Writes the parts of a .docx by hand, so that a test shows the very markup it is about."""

import io
import zipfile
from collections.abc import Iterable, Mapping

from ingest.read.document import docx
from ingest.read.document.reading import Reading
from redaksi.limits import Safety
from redaksi.model import Paragraph

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

# Times New Roman 12, single: what an office's Normal style says.
TIMES_12 = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="24"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault/></w:docDefaults>"
)


def theme(
    major: str = "Cambria", minor: str = "Calibri", *, scripts: str = "", cs: str = "", ea: str = ""
) -> str:
    """A theme part whose fonts are these; `scripts` are further a:font elements of both."""
    fonts = "".join(
        f'<a:{which}Font><a:latin typeface="{latin}"/><a:ea typeface="{ea}"/><a:cs typeface="{cs}"/>{scripts}'
        f"</a:{which}Font>"
        for which, latin in (("major", major), ("minor", minor))
    )
    return (
        f'<a:theme {SPACES} name="t"><a:themeElements><a:fontScheme name="f">{fonts}</a:fontScheme>'
        "</a:themeElements></a:theme>"
    )


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def package(
    body: str,
    *,
    styles: str | None = "",
    extra: Mapping[str, str | bytes] | None = None,
    relations: Iterable[tuple[str, str, str]] = (),
    main_type: str = _MAIN,
    parts: Mapping[str, str] | None = None,
) -> bytes:
    """A .docx: `body` is what w:body holds, `styles` what w:styles holds (None: no such part),
    `parts` whole parts by kind (theme, settings, footnotes, …), `relations` further rows (id,
    kind, target) of the main part."""
    whole = parts or {}
    rows = [(f"p{index}", kind, f"{kind}.xml") for index, kind in enumerate(whole)]
    entries: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": _rows([("r1", "officeDocument", "word/document.xml")]),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    if styles is not None:
        entries["word/styles.xml"] = f"<w:styles {SPACES}>{styles}</w:styles>"
        rows.append(("st", "styles", "styles.xml"))
    entries |= {f"word/{kind}.xml": content for kind, content in whole.items()}
    entries["word/_rels/document.xml.rels"] = _rows([*rows, *relations])
    return zipped(entries | dict(extra or {}))


def _rows(rows: Iterable[tuple[str, str, str]]) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{identifier}" Type="{_RELATIONS}/{kind}" Target="{target}"'
            + (' TargetMode="External"' if target.startswith(("http:", "https:")) else "")
            + "/>"
            for identifier, kind, target in rows
        )
        + "</Relationships>"
    )


def read(content: bytes) -> Reading:
    """The reading under the limits a newsroom starts with."""
    return docx.read(content, Safety())


def paragraphs(body: str, styles: str | None = "", **parts: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a document with this body."""
    return read(package(body, styles=styles, parts=parts)).paragraphs


def shown(body: str, styles: str | None = "", **parts: str) -> list[tuple[str, str, float]]:
    """Its runs: (text, font, size)."""
    return [
        (run.text, run.font, run.size)
        for each in paragraphs(body, styles, **parts)
        for run in each.runs
    ]


def style(
    identifier: str,
    kind: str = "paragraph",
    *,
    inner: str = "",
    based: str = "",
    default: bool = False,
) -> str:
    """One w:style whose name is the id."""
    base = f'<w:basedOn w:val="{based}"/>' if based else ""
    first = ' w:default="1"' if default else ""
    opening = f'<w:style w:type="{kind}" w:styleId="{identifier}"{first}>'
    return f'{opening}<w:name w:val="{identifier}"/>{base}{inner}</w:style>'


def run(text: str, properties: str = "") -> str:
    """One w:r."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str = "", properties: str = "") -> str:
    """One w:p; plain text becomes a run."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def fonts(name: str) -> str:
    """w:rFonts of the ascii and hAnsi slots."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def size(points: float) -> str:
    """w:sz."""
    return f'<w:sz w:val="{round(points * 2)}"/>'

"""Names of WordprocessingML and its neighbours, in the {namespace}local form lxml uses (ECMA-376
part 1, annex A).

The strict schema of ISO/IEC 29500 differs in its namespaces only, as far as a reading goes;
`package.parse` replaces them, so that every other file knows one spelling.
"""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
OFFICE = "{urn:schemas-microsoft-com:office:office}"
W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
ASVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"

STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
)

# Namespaces of mc:Choice that Word of today understands (part 3, 7.6): everything of Microsoft's
# own and of the standard. A Choice that requires anything else falls back.
UNDERSTOOD = (
    "http://schemas.microsoft.com/",
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
)

VAL = W + "val"
# ST_OnOff (part 1, 22.9.2.7); anything else, or no value, is true
FALSE = frozenset(("0", "false", "off"))

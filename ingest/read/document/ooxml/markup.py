"""Markup compatibility (ECMA-376 part 3): which branch of an alternative Word takes."""

from lxml import etree

from ingest.read.document.ooxml.names import MC, UNDERSTOOD

_CHOICE, _FALLBACK = MC + "Choice", MC + "Fallback"


def choose_branch(alternate: "etree._Element") -> "etree._Element | None":
    """The branch of an mc:AlternateContent (7.6): the first Choice that is understood, else the
    Fallback."""
    fallback: etree._Element | None = None
    for branch in alternate:
        if branch.tag == _CHOICE:
            prefixes = (branch.get("Requires") or "").split()
            spaces = branch.nsmap
            if all((spaces.get(prefix) or "").startswith(UNDERSTOOD) for prefix in prefixes):
                return branch
        elif branch.tag == _FALLBACK and fallback is None:
            fallback = branch
    return fallback

"""Text that stands in boxes or notes: counted apart, and an editor's to look at where it would turn
the verdict."""

from collections.abc import Mapping

from msgspec.structs import replace

from ingest.read.articles import ARTICLE
from redaksi.limits import Limits
from redaksi.model import Document, Submission

_MOST = 2500  # characters, where nothing else is configured (validators' rule N005)


def doubt_text_aside(submission: Submission, limits: Limits) -> Submission:
    """With the doubt `text-aside`, where the article would be too long with what stands beside
    it, or most of the text stands there."""
    document = submission.document
    if document is None or not document.readable or not _turns(document, limits.rules):
        return submission
    return replace(submission, doubts=(*submission.doubts, "text-aside"))


def _turns(document: Document, rules: Mapping[str, Mapping[str, object]]) -> bool:
    aside = sum(document.characters_aside.values())
    configured = rules.get("length", {}).get("max_characters", _MOST)
    most = configured if isinstance(configured, int) else _MOST
    is_too_long = document.characters <= most < document.characters + aside
    return is_too_long or aside >= max(ARTICLE, document.characters)

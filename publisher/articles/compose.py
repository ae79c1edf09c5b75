"""START HERE for what is published. One accepted revision, what an editor amends, and the facts of
neither become an edition. Pure; publishing.md, section 1.

    document ─► body ─► without its dateline ─► [Kalbar] at the end
    editor's Markdown ─┘
"""

from publisher.articles.blocks import Body, compose_body
from publisher.articles.edition import Amendments, Block, Byline, Edition, EditionFacts, Span
from publisher.articles.markdown import parse
from publisher.articles.photos import choose_photos, compose_photos
from publisher.articles.slug import make_slug
from publisher.articles.spans import cut_line, make_block, make_line, read_blocks, read_line
from publisher.articles.tags import clean_tags, suggest_tags
from redaksi.errors import IllegalMove
from redaksi.model import Assessment, Document, Person, Submission
from redaksi.reasons import ReasonCode, code_of
from redaksi.text import clean
from redaksi.text.dateline import Dateline, find_closing, find_opening
from redaksi.text.places import find_province, shorten_province
from redaksi.text.regencies import find_province_of

LONGEST_HEADLINE = 140  # characters
_TEXT_CUT = "text-cut"  # the note of a document that was not read to its end


def compose_edition(judged: Assessment, amendments: Amendments, facts: EditionFacts) -> Edition:
    """The edition of a revision.

    Raises IllegalMove for what an editor must mend first: `headline_missing`, `headline_too_long`,
    `nothing_to_publish`, `text_not_whole`, `caption_missing`.
    """
    submission = judged.submission
    document = submission.document
    headline = _find_headline(document, amendments)
    body = _find_body(submission, amendments)
    place = document.dateline if document else ""
    province = find_province_of(place) or find_province(facts.province) or ""
    blocks = _set_dateline(body.blocks, place, province)
    byline = _find_byline(document, amendments, facts, province)
    photos, left_out = choose_photos(submission, amendments)
    words = "\n".join([headline, *read_blocks(blocks)])
    tags = amendments.tags
    return Edition(
        uri=facts.uri,
        submission=facts.submission,
        number=facts.number,
        revision=facts.revision,
        made_by=facts.made_by,
        made_at=facts.made_at,
        first_made_at=facts.first_made_at,
        reason=facts.reason,
        headline=headline,
        slug=facts.slug or make_slug(headline, facts.submission),
        tags=suggest_tags(words, province, facts.tags) if tags is None else clean_tags(tags),
        body=blocks,
        dateline=shorten_province(province),
        province=province,
        byline=byline,
        editor=clean.prose(facts.editor).strip(),
        category=clean.prose(amendments.category or facts.category).strip(),
        photos=tuple(compose_photos(photos, amendments, facts, byline.name)),
        related=facts.related,
        embargo=facts.embargo,
        marks=(*body.marks, *left_out),
    )


def _find_headline(document: Document | None, amendments: Amendments) -> str:
    title = document.title if document else ""
    given = title if amendments.headline is None else amendments.headline
    headline = clean.prose(given).strip()
    if not headline:
        raise IllegalMove("headline_missing")
    if len(headline) > LONGEST_HEADLINE:
        raise IllegalMove("headline_too_long", length=len(headline), most=LONGEST_HEADLINE)
    return headline


def _find_body(submission: Submission, amendments: Amendments) -> Body:
    """The editor's body, else the document's, if that was read to its end."""
    document = submission.document
    if amendments.body is not None:
        body = Body(blocks=parse(amendments.body))
    elif document is not None and _was_cut(submission, document):
        raise IllegalMove("text_not_whole")
    else:
        body = compose_body(document) if document is not None else Body(blocks=())
    if not body.blocks:
        raise IllegalMove("nothing_to_publish")
    return body


def _was_cut(submission: Submission, document: Document) -> bool:
    """Whether some of its text was left unread: what is published is whole."""
    spent = any(
        code_of(reason) is ReasonCode.BUDGET and reason.facts.get("which") == "text"
        for reason in submission.unjudged
    )
    return spent or _TEXT_CUT in document.notes


def _find_byline(
    document: Document | None, amendments: Amendments, facts: EditionFacts, province: str
) -> Byline:
    """Who wrote it, and the programme's line: none without the province it wants to name."""
    person = amendments.byline or (document.byline if document else None) or Person()
    programme = clean.prose(facts.programme).strip()
    role = clean.prose(person.role).strip()
    parts = [part for part in role.split(", ") if not _is_programme(part, programme, province)]
    if "{province}" in programme:
        programme = programme.replace("{province}", province) if province else ""
    return Byline(name=clean.prose(person.name).strip(), role=", ".join(parts), programme=programme)


def _is_programme(part: str, programme: str, province: str) -> bool:
    """Whether a part of the role is the programme's line, which its author wrote too."""
    head, _, tail = programme.casefold().partition("{province}")
    part = part.casefold()
    if not head or not part.startswith(head) or not part.endswith(tail):
        return False
    return part == head or find_province(part[len(head) : len(part) - len(tail)]) == province


# ── the dateline ──────────────────────────────────────────────────────────────────────────────────


def _set_dateline(blocks: tuple[Block, ...], place: str, province: str) -> tuple[Block, ...]:
    """The blocks with the province's short name once, in brackets behind the last word; as they are
    where it is not known."""
    if not province:
        return blocks
    mark = f"[{shorten_province(province)}]"
    bare = _cut_datelines(blocks, place, province)
    if bare and bare[-1].kind == "p":
        (line,) = bare.pop().lines
        return (*bare, Block(kind="p", lines=(make_line([*line, Span(text=f" {mark}")]),)))
    return (*bare, Block(kind="p", lines=(make_line([Span(text=mark)]),)))


def _cut_datelines(blocks: tuple[Block, ...], place: str, province: str) -> list[Block]:
    """Without the place at the head of the first line and at the end of the last one."""
    bare = list(blocks)
    bare[:1] = [kept for block in bare[:1] for kept in _cut_dateline(block, 0, place, province)]
    bare[-1:] = [kept for block in bare[-1:] for kept in _cut_dateline(block, -1, place, province)]
    return bare


def _cut_dateline(block: Block, at: int, place: str, province: str) -> tuple[Block, ...]:
    """The block without the dateline of its first (0) or last (-1) line; () where that was all."""
    text = read_line(block.lines[at])
    found = find_closing(text) if at else find_opening(text)
    if block.kind == "h3" or found is None or not _is_ours(found, text, place, province):
        return (block,)
    lines = list(block.lines)
    lines[at] = cut_line(lines[at], found.start, found.end)
    changed = make_block(block.kind, lines)
    return (changed,) if changed else ()


def _is_ours(found: Dateline, text: str, place: str, province: str) -> bool:
    """Whether it is this article's: the province or what lies in it, and no way from there to
    elsewhere ("Pontianak – Singkawang"); in brackets also what was read as the dateline."""
    if text[found.start] in "[(" and found.place.casefold() == place.casefold():
        return True
    if find_province_of(found.place) != province:
        return False
    words = text[found.end :].split()[:3]
    following = [" ".join(words[:most]) for most in range(1, len(words) + 1)]
    places = {name for name in following if find_province_of(name)}
    return text[found.start] in "[(" or all(found.place.casefold() in n.casefold() for n in places)

"""What an editor copies into a site that has no door for us: headline, text, tags, who wrote it,
each caption; and what is another at a correction."""

from collections.abc import Iterator

from desk.presentation.publication.standing import commands_of
from desk.store.submissions.review_queue import SubmissionPage
from publisher.articles import html
from publisher.articles.edition import Edition
from publisher.articles.notes import is_web, label_author, label_editor, print_caption
from publisher.articles.spans import read_blocks
from publisher.site.copying import CopyArea, CopyView
from redaksi import catalog
from redaksi.model import Language


def make_copy_view(found: SubmissionPage, language: Language) -> CopyView | None:
    """The article to copy; None where no target asks an editor to set one."""
    edition = found.edition
    if edition is None:
        return None
    old, new = (read_blocks(each.body) if each else [] for each in (found.before, edition))
    is_correction = found.before is not None
    asking = (each for each in found.row.publications if each.state == "asking")
    url = next((each.url for each in asking if is_web(each.url)), "")
    return CopyView(
        title=edition.headline,
        url=url,
        areas=tuple(_areas(edition, language)),
        changed=tuple(text for text in new if text not in old) if is_correction else (),
        dropped=tuple(text for text in old if text not in new),
        commands=tuple(commands_of(found.row)),
    )


def _areas(edition: Edition, language: Language) -> Iterator[CopyArea]:
    words = catalog.load(language)
    yield CopyArea(label=words.say("copy", "headline"), text=edition.headline)
    plain = "\n\n".join(read_blocks(edition.body))
    yield CopyArea(label=words.say("copy", "plain"), text=plain, tall=True)
    rich = html.print_blocks(edition.body)
    yield CopyArea(label=words.say("copy", "rich"), text=rich, tall=True)
    if edition.tags:
        yield CopyArea(label=words.say("copy", "tags"), text=", ".join(edition.tags))
    if edition.category:
        yield CopyArea(label=words.say("copy", "category"), text=edition.category)
    if people := "\n".join([*label_author(edition), *label_editor(edition)]):
        yield CopyArea(label=words.say("copy", "people"), text=people)
    for number, photo in enumerate(edition.photos, 1):
        label = words.say("copy", "caption", n=number)
        yield CopyArea(label=label, text=print_caption(photo))

"""No reader recurses over what a mail repeats. Every function of the readers, the rules, the letters
and the pages that calls itself, in one step or in a circle, is named here with what bounds it; a new
one fails until somebody has found its bound."""

from tests.hostile.poison.recursion import find_circles, read_modules

_PARTS = "safety.max_depth (50): deeper parts are refused before they are read"
_FORWARDS = "_MAX_FORWARDS (5) mails in mails, safety.max_archive_depth (2) archives in archives"
_BLOCKS = "MAX_DEPTH (200) elements, about one frame and a half each; then Hostile"
_SENTENCES = "written by us: a sentence's facts are sentences, two or three deep"
_SUPER = "the method of the same name of the class above"

BOUNDED = {
    # ── documents
    "ingest.read.document.ooxml.inline.Inline.read": _BLOCKS,
    "ingest.read.document.ooxml.inline.Inline._run": _BLOCKS,
    "ingest.read.document.ooxml.inline.Inline._other": _BLOCKS,
    "ingest.read.document.ooxml.inline.Inline._alternate": _BLOCKS,
    "ingest.read.document.ooxml.inline.Inline._ruby": _BLOCKS,
    "ingest.read.document.ooxml.story.Walk._block": _BLOCKS,
    "ingest.read.document.ooxml.story.Walk._blocks": _BLOCKS,
    "ingest.read.document.ooxml.story.Walk._box": _BLOCKS,
    "ingest.read.document.ooxml.story.Walk._deleted_end": _BLOCKS,
    "ingest.read.document.ooxml.story.Walk._paragraph": _BLOCKS,
    "ingest.read.document.ooxml.package.Package._chunks": "`read` of a file, not its own",
    "ingest.read.document.ooxml.package.Package.read": "`read` of a file, not its own",
    "ingest.read.document.doc._Writer.add": "`add` of pictures, not its own",
    "ingest.read.document.msdoc.stylesheet.Styles._style": "`name` of a style, not its own",
    "ingest.read.document.msdoc.stylesheet.Styles.character": "an attribute, not itself",
    "ingest.read.document.msdoc.stylesheet.Styles.name": "an attribute, not itself",
    "ingest.read.document.msdoc.stylesheet.Styles.table": "an attribute, not itself",
    "ingest.read.document.roles.role_map.Sheet.is_prose": "the function of that name",
    "ingest.read.document.msdoc.properties._majority": "a majority in a majority is left out",
    "ingest.read.document.msdoc.properties.change_character": "a majority in a majority is left out",
    # ── mails
    "ingest.read.mail.address_fields.read_facts": "once more, without the text",
    "ingest.read.mail.attachments.Shelf._encoded_message": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._enter": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._enter_all": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._enter_all.enter": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._open": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._open.unpack": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._put": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._put_part": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._put_part.read": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._put_within": _FORWARDS,
    "ingest.read.mail.attachments.Shelf.put.read": _FORWARDS,
    "ingest.read.mail.attachments._unwrap": "`unwrap` of the signatures, not itself",
    "ingest.read.mail.attachments.Shelf._leaf": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._message": _FORWARDS,
    "ingest.read.mail.attachments.Shelf._signed": _FORWARDS,
    "ingest.read.mail.attachments.Shelf.put": _FORWARDS,
    "ingest.read.mail.attachments.Shelf.put_mail": _FORWARDS,
    "ingest.read.mail.bodies.find_body": _PARTS,
    "ingest.read.mail.html_layout._LaidOut.__init__": _SUPER,
    "ingest.read.mail.html_layout._LaidOut.break_line": _SUPER,
    "ingest.read.mail.html_layout._LaidOut.finished": _SUPER,
    "ingest.read.mail.html_layout._LaidOut.tag": _SUPER,
    "ingest.read.mail.html_layout._LaidOut.text": _SUPER,
    "ingest.read.mail.links._service": "two redirecting links in one another",
    "ingest.read.mail.quoted._with_forward": "three forwards in one another",
    "ingest.read.mail.quoted.trim": "three forwards in one another",
    "ingest.read.mail.shown_pictures._Signature.add": "`add` of a set, not its own",
    # ── words
    "redaksi.catalog.Catalog.render": _SENTENCES,
    "redaksi.catalog.Catalog.say": _SENTENCES,
    "redaksi.catalog.Catalog.say_or": _SENTENCES,
    "redaksi.catalog.flatten": "our catalog's tables",
    "redaksi.catalog.stored._plain": _SENTENCES,
    "redaksi.catalog.stored._plain_fact": _SENTENCES,
    "redaksi.catalog.stored._thawed": _SENTENCES,
    "redaksi.catalog.stored._thawed_fact": _SENTENCES,
    "redaksi.model.Paragraph.text": "an attribute, not itself",
    "validators.words.say": "a finding told together with one other",
    # ── pages and letters
    "publisher.letters.stationery._cleaned": "the structs of a letter's context, three deep",
    "publisher.site.pages._replaced": "the structs of an entry, three deep",
    # ── no mail comes here
    "redaksi.config.read_tables.TableReader._struct": "the schema of the configuration",
    "redaksi.config.read_tables.TableReader._value": "the schema of the configuration",
    "redaksi.errors.LetterChanged.__init__": _SUPER,
    "redaksi.errors.StaleRevision.__init__": _SUPER,
    "redaksi.errors.StaleVersion.__init__": _SUPER,
    "publisher.site.links.StaticLinks.converted": "an attribute of a photo, not itself",
    "publisher.site.links.StaticLinks.thumbnail": "an attribute of a row, not itself",
    "redaksi.errors.ConfigError.__init__": _SUPER,
    "redaksi.errors.RedaksiError.__init__": _SUPER,
    "redaksi.errors.RedaksiError.freeze": "the function of that name",
    "redaksi.errors.Throttled.__init__": _SUPER,
    "redaksi.errors.Unreadable.__init__": _SUPER,
    "redaksi.errors.show_value": "a value of the configuration",
    "redaksi.fault.name_fault": "an error and its reason",
    "redaksi.log._StandardError.flush": "`flush` of standard error, not its own",
    "redaksi.log._StandardError.write": "`write` of standard error, not its own",
    "redaksi.log._codes": _SENTENCES,
    "desk.domain.people.redact.redact": "what an export is made of, built by us, ten deep at most",
}


def test_what_calls_itself_is_bounded() -> None:
    found = find_circles(read_modules())
    assert found - BOUNDED.keys() == set(), "calls itself: make it a loop, or name its bound"


def test_what_is_named_still_calls_itself() -> None:
    assert BOUNDED.keys() - find_circles(read_modules()) == set()

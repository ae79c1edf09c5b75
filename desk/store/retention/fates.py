"""What becomes of each column when the data of a submission, or of a mail, goes: the one table.

A column that is in none of the lists fails a test: whoever adds one says what becomes of it.
`published`: of what readers may see it stays, so that it can be found and taken down.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct


class Fate(Struct, frozen=True, kw_only=True):
    """Of one table's columns, by the database's names. `goes`: what stands there afterwards;
    `published`: those of `goes` that stay of a published submission; `stays`: all others;
    `rows`: the rows themselves go, for nothing points to them and their keys say what must go."""

    goes: Mapping[str, Any] = {}
    published: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    rows: bool = False


# by what they are about; a mail's letters are those of no submission
OF_SUBMISSION: Mapping[str, Fate] = {
    "submission": Fate(
        goes={
            "person_id": None, "address_id": None, "title": "", "claimed_by": "", "headline": "",
            "category": "", "published_url": "", "article_uri": "", "candidates": [], "follows": "",
        },
        published=("headline", "published_url", "article_uri"),
        stays=(
            "id", "number", "mailbox_id", "source", "mail_id", "position", "state", "left",
            "province", "tries", "returns", "publish_at", "accepted", "tells_published",
            "embargo_until", "received_at", "updated_at", "attention_since", "version", "editor_id",
            "emptied_at",
        ),
    ),
    "try": Fate(
        goes={"reason": None, "doubts": []},
        stays=(
            "id", "submission_id", "number", "mail_id", "position", "examined_at", "decision",
            "caption_action",
        ),
    ),
    "document": Fate(
        goes={
            "name": "", "sha256": "", "size": 0, "origin": "", "refused": None, "title": "",
            "byline_name": "", "byline_role": "", "dateline": "", "characters": 0, "pages": 0.0,
        },
        stays=("id", "try_id", "position", "kind", "readable", "judged"),
    ),
    "photo": Fate(
        goes={
            "name": "", "sha256": "", "size": 0, "width": 0, "height": 0, "damage": None,
            "origin": "", "likeness": "",
        },
        stays=("id", "try_id", "position", "kind", "orientation", "intact", "judged"),
    ),
    "caption": Fate(
        goes={"text": "", "source": "", "evidence": ""},
        stays=("photo_id", "action"),
    ),
    "finding": Fate(
        goes={"subject": "", "facts": {}, "places": []},
        stays=("id", "try_id", "position", "code", "rule", "severity"),
    ),
    # who decided what and when stays, as the events say it; the words go
    "decision": Fate(
        goes={
            "headline": "", "category": "", "url": "", "reason": "", "note": "", "remarks": [],
            "overrides": [], "before": {},
        },
        stays=(
            "id", "event_id", "submission_id", "account_id", "editor", "initials", "revision",
            "event", "at", "publish_at", "silent", "letter_id", "undone_at",
        ),
    ),
    # its content is made anew of what stays (desk.store.retention.editions)
    "edition": Fate(
        goes={"content": b"", "reason": ""},
        stays=("id", "submission_id", "number", "revision_id", "made_by", "made_at"),
    ),
    # what is public must be known to whoever takes it down
    "publication": Fate(
        goes={"external_id": "", "external_version": "", "url": "", "media": {}, "last_error": ""},
        published=("external_id", "external_version", "url", "media"),
        stays=(
            "id", "submission_id", "target", "wanted", "edition_id", "standing_edition_id", "state",
            "first_standing_at", "checked_at", "attempts", "first_attempt_at", "next_at",
            "error_code", "overwrite", "tell",
        ),
    ),
    # all of a reading is in it, and pages are made of it: none is none
    "examination": Fate(
        goes={"try_id": None, "rules": "", "config": "", "readers": "", "judged": b""}, rows=True
    ),
    # keyed by a photo's bytes, by a word of the article
    "photo_choice": Fate(
        goes=dict.fromkeys(
            (
                "submission_id", "sha256", "used", "lead", "caption", "credit", "alt",
                "source_sha256", "confirmed_at", "account_id", "at",
            )
        ),
        rows=True,
    ),
    "edition_term": Fate(goes=dict.fromkeys(("submission_id", "term", "is_place")), rows=True),
    "claim": Fate(goes=dict.fromkeys(("submission_id", "account_id", "since", "until")), rows=True),
    "decision_draft": Fate(
        goes=dict.fromkeys(
            ("account_id", "submission_id", "scope", "fields", "revision", "seq", "saved_at")
        ),
        rows=True,
    ),
    # written anew from what stays (desk.store.search.index)
    "submission_search": Fate(goes={"words": ""}, stays=("submission_id", "is_stale")),
    # a flag calls nobody to what is no longer there (desk.domain.attention)
    "attention": Fate(
        goes=dict.fromkeys(("submission_id", "flag", "since", "event_id")), rows=True
    ),
}  # fmt: skip

OF_BOTH: Mapping[str, Fate] = {
    # its Message-ID is ours: what answers it is known by it
    "outbox": Fate(
        goes={
            "to_address": "", "to_key": "", "subject": "", "text": "", "source": "",
            "facts_hash": "", "why": None, "last_error": "",
        },
        stays=(
            "id", "once", "kind", "language", "mailbox_id", "submission_id", "try_id", "mail_id",
            "message_id", "key_id", "edited_by", "edited_at", "state", "automatic", "not_before",
            "good_until", "attempts", "created_at", "queued_at", "deferred_at", "sending_at",
            "sent_at", "kept_until",
        ),
    ),
    "letter_content": Fate(goes={"content": b""}, stays=("outbox_id",)),
    # a reason may quote a file's name or a server; the database refuses every other change
    "event": Fate(
        goes={"reason": ""},
        stays=("id", "at", "actor", "what", "submission_id", "mail_id", "letter_id", "message_id", "facts"),
    ),
    "job": Fate(
        goes={"payload": {}, "last_error": ""},
        stays=(
            "id", "kind", "key", "state", "priority", "attempts", "token", "holder", "not_before",
            "created_at", "begun_at", "ended_at",
        ),
    ),
}  # fmt: skip

OF_MAIL: Mapping[str, Fate] = {
    # the identity recognises the server's copy: it is not taken in again
    "mail": Fate(
        goes={
            "blob": None, "message_id": "", "subject": "", "written": "", "others": [],
            "reason": None,
        },
        stays=(
            "id", "mailbox_id", "source", "source_text", "identity", "size", "gm_msgid",
            "taken_in_by", "channel", "for_submission_id", "junk", "internaldate", "received_at",
            "state", "examined_at", "outcome", "kind", "answer_row", "emptied_at",
            "closed",
        ),
    ),
}  # fmt: skip

# of a person whom no submission names any more
OF_PERSON: Mapping[str, Fate] = {
    "person": Fate(goes={"name": ""}, stays=("id", "language", "created_at", "forgotten_at")),
    "address": Fate(
        goes=dict.fromkeys(("id", "person_id", "address", "created_at", "bounced_at")), rows=True
    ),
}

# by their age alone (desk.store.retention.old_rows)
BY_AGE: Mapping[str, Fate] = {
    # of a UID that stands for no mail of ours
    "ledger": Fate(
        goes={"message_id": "", "gm_msgid": ""},
        stays=(
            "id", "mailbox_id", "folder", "uidvalidity", "uid", "mail_id", "outcome", "seen_at",
            "told_at",
        ),
    ),
    "sender_day": Fate(
        goes=dict.fromkeys(("day", "address", "authenticated", "mails", "processor", "kept")),
        rows=True,
    ),
}  # fmt: skip

# which blob was made of which: goes with the blobs that nothing names (desk.workflow.retention)
OF_BLOB: Mapping[str, Fate] = {
    "derivative": Fate(
        goes=dict.fromkeys(("id", "original", "role", "variant", "sha256", "size", "created_at")),
        rows=True,
    ),
}

# of nobody's submission: the redaksi's own people, programs and servers
OF_THE_HOUSE = (
    "account", "counter", "lease", "mailbox", "poll", "process", "relay_pause", "schema_meta",
    "session", "sign_in_failure", "signing_key", "site_state", "tally", "watermark",
)  # fmt: skip

FATES: Mapping[str, Fate] = {
    **OF_SUBMISSION, **OF_BOTH, **OF_MAIL, **OF_PERSON, **BY_AGE, **OF_BLOB,
}  # fmt: skip


def emptied(table: str, *, published: bool = False) -> dict[str, Any]:
    """What stands in the columns of a table afterwards, by their names in the database."""
    fate = FATES[table]
    kept = fate.published if published else ()
    return {name: value for name, value in fate.goes.items() if name not in kept}

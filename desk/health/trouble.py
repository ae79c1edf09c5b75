"""A trouble: a code and its facts. A sentence is made at the edge (desk.health.words)."""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class TroubleCode(StrEnum):
    """What somebody should look at. The value is the key of the catalog's [trouble] and the label
    of a metric: it never changes."""

    UNEXAMINED = "unexamined"  # n, age, error
    EXAMINER_GONE = "examiner_gone"  # label, age
    EXAMINER_HANGS = "examiner_hangs"  # label, age
    NO_EXAMINER = "no_examiner"
    CONFINED_LESS = "confined_less"  # level, lacking (codes)
    CONFINED_WORSE = "confined_worse"  # level, before, lacking (codes)
    FAILED_JOBS = "failed_jobs"  # n
    MAILS_WITHHELD = "mails_withheld"  # n
    DISK_FAULT = "disk_fault"  # path, errno; of ENOSPC also free, inodes_free, inodes
    DISK_BYTES = "disk_bytes"  # path, free, least (bytes)
    DISK_INODES = "disk_inodes"  # path, free, total
    FOLDER_FAILS = "folder_fails"  # where, key, error
    MAILBOX_FAILS = "mailbox_fails"  # where, error
    FOLDER_LATE = "folder_late"  # where, age
    FOLDER_UNPOLLED = "folder_unpolled"  # where
    MAILS_GONE = "mails_gone"  # n
    RELAY_CLOSED = "relay_closed"  # error, until
    NO_RELAY = "no_relay"
    LETTERS_OFF = "letters_off"  # n
    LETTERS_OVERDUE = "letters_overdue"  # age
    LETTERS_REFUSED = "letters_refused"  # n
    LETTERS_UNKNOWN = "letters_unknown"  # n
    LETTER_IN_DOUBT = "letter_in_doubt"  # age
    HOUR_FULL = "hour_full"  # n, most
    SENDER_FULL = "sender_full"  # n
    DOMAIN_FULL = "domain_full"  # n
    DAY_FULL = "day_full"  # n, most
    DRAFTS_OVERDUE = "drafts_overdue"  # n, age, most (working days)
    PUBLISH_FAILED = "publish_failed"  # n
    PUBLISH_ASKS = "publish_asks"  # n, age
    PUBLISH_UNSEEN = "publish_unseen"  # n, age
    TARGET_PAUSED = "target_paused"  # target, until, code (of a publication that failed), detail
    NO_AUTHSERV = "no_authserv"  # keys
    CLOCK_BEHIND = "clock_behind"  # age
    CLOCK_DIFFERS = "clock_differs"  # age
    PAGES_STALE = "pages_stale"  # age, error
    PURGE_LATE = "purge_late"  # age
    BACKUP_OLD = "backup_old"  # age
    STORE_CLOSED = "store_closed"  # error


class NoteCode(StrEnum):
    """What is told without an alarm."""

    UNDER_WAY = "under_way"  # where, done, listed
    CATCHING_UP = "catching_up"  # n
    DRAFTS = "drafts"  # n, age
    WITHHELD = "withheld"  # n
    READINGS_DIED = "readings_died"  # n, causes (code: count)
    RECOVERED = "recovered"  # error, age


class Trouble(Struct, frozen=True, kw_only=True):
    """Somebody should look. `facts`: texts and numbers; "age" is in seconds, "error" frozen
    (redaksi.catalog.stored)."""

    code: TroubleCode
    facts: Mapping[str, object] = {}


class Note(Struct, frozen=True, kw_only=True):
    """Told, and nobody need look. `facts` as of a Trouble."""

    code: NoteCode
    facts: Mapping[str, object] = {}

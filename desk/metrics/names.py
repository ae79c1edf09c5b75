"""Every metric we tell: its name, kind, label and meaning. Names and labels are read by other
people's alerts: they never change."""

from typing import Literal

from msgspec import Struct

from desk.store.tally import Counter

PREFIX = "redaksi_"
Kind = Literal["counter", "gauge", "histogram"]


class Metric(Struct, frozen=True):
    """`name` without the prefix, as it stands in the text; `label` "" for none."""

    name: str
    kind: Kind
    label: str
    meaning: str


OF_TALLY: dict[Counter, Metric] = {
    Counter.MAILS: Metric(
        "mails_total", "counter", "outcome", "Mails examined, by verdict; failed: set aside."
    ),
    Counter.FINDINGS: Metric(
        "findings_total", "counter", "code", "Findings filed, by code of the rule."
    ),
    Counter.LETTERS_SENT: Metric(
        "letters_sent_total", "counter", "kind", "Letters the relay took, by kind."
    ),
    Counter.EXAMINE: Metric(
        "examine_seconds", "histogram", "", "Seconds that reading a mail took, in children."
    ),
    Counter.PROCESSOR: Metric(
        "examine_cpu_seconds_total", "counter", "", "Processor seconds of the same."
    ),
    Counter.ATTEMPTS: Metric(
        "job_attempts_total", "counter", "result", "Attempts at stored jobs, by how they ended."
    ),
    Counter.READER_ERRORS: Metric(
        "reader_errors_total", "counter", "reader", "Mails on which a reader of ours failed."
    ),
}
LAST_GOOD_POLL = Metric(
    "last_good_poll_timestamp_seconds",
    "gauge",
    "mailbox",
    "When all folders of a mailbox were last read well.",
)
OLDEST_UNEXAMINED = Metric(
    "oldest_unexamined_seconds", "gauge", "", "Age of the oldest mail not examined; 0 for none."
)
SUBMISSIONS = Metric("submissions", "gauge", "state", "Submissions, by state.")
LETTERS = Metric("letters", "gauge", "state", "Letters, by state.")
SANDBOX_LEVEL = Metric(
    "sandbox_level", "gauge", "", "How far readers are confined: 2 full, 1 basic, 0 not known."
)
DISK_FREE = Metric("disk_free_bytes", "gauge", "", "Bytes left beside the data.")
INODES_FREE = Metric("inodes_free", "gauge", "", "Inodes left beside the data.")
PURGED = Metric(
    "purge_timestamp_seconds", "gauge", "", "When a purge last ended, or the work first began."
)
BACKED_UP = Metric("backup_timestamp_seconds", "gauge", "", "When a backup was last whole.")
TROUBLE = Metric("trouble", "gauge", "code", "1 while `redaksi status` says so, else 0.")
GAUGES = (
    LAST_GOOD_POLL,
    OLDEST_UNEXAMINED,
    SUBMISSIONS,
    LETTERS,
    SANDBOX_LEVEL,
    DISK_FREE,
    INODES_FREE,
    PURGED,
    BACKED_UP,
    TROUBLE,
)
EVERY = (*OF_TALLY.values(), *GAUGES)

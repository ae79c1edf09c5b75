"""The rows of the answering table by name: what travels, is stored and is shown. Pure."""

from enum import StrEnum


class SenderRule(StrEnum):
    """Which row of redaksi.sender_policy.table decided who gets a letter."""

    STAND_IN = "stand_in"  # the server's own words in place of a mail it could not give
    OWN_OR_LOOP = "own_or_loop"  # it circles, or comes from one of our own addresses
    BAD_SENDER = "bad_sender"  # not exactly one plain mailbox to write to
    REPORT = "report"  # a bounce, a read receipt, a feedback report
    CALENDAR = "calendar"
    AUTOMATIC = "automatic"  # a machine wrote it
    MAILING_LIST = "mailing_list"  # one mail to many
    NO_REPLY = "no_reply"  # nobody reads that address
    OUT_OF_OFFICE = "out_of_office"  # by its subject alone
    NOT_AUTHENTICATED = "not_authenticated"  # our border says dmarc=fail, or did not look
    UNKNOWN = "unknown"  # our border cannot tell, or has no name
    AUTHENTICATED = "authenticated"  # our border says dmarc=pass
    UNDECIDED = "undecided"  # no row of the table matched


# no letter goes to whoever sent these; the files they bring are looked at all the same
MARKED = frozenset(
    {
        SenderRule.REPORT,
        SenderRule.CALENDAR,
        SenderRule.AUTOMATIC,
        SenderRule.MAILING_LIST,
        SenderRule.NO_REPLY,
        SenderRule.NOT_AUTHENTICATED,
    }
)
# whose words ask nothing of anybody
WRITTEN_BY_MACHINES = MARKED - {SenderRule.NOT_AUTHENTICATED} | {SenderRule.OUT_OF_OFFICE}

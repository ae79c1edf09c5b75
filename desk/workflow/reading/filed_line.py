"""What the log says of a mail that was filed: ids, codes, counts."""

from desk.sandbox.pool import Examiner
from desk.sandbox.trust.agreed import AgreedExaminer
from desk.store.submissions.filing import Filed, pieces_of
from redaksi.log import get_logger
from redaksi.model import Examination

log = get_logger("filing")


def log_filed(filed: Filed, examination: Examination, reader: Examiner) -> None:
    """A line a submission; `wall_ms` and `cpu_ms` are of all that was read for the mail."""
    took = {}
    if isinstance(reader, AgreedExaminer):
        took = {"wall_ms": _milli(reader.elapsed), "cpu_ms": _milli(reader.processor)}
    pieces = pieces_of(examination)
    for each in filed.submissions:
        judged = pieces[each.position]
        log.info(
            "mail.filed",
            mail=filed.mail_id,
            ref=each.number,
            revision=each.revision_number,
            state=each.state,
            findings=len(judged.findings),
            **took,
            photos=len(judged.submission.photos),
        )


def _milli(seconds: float) -> int:
    return round(seconds * 1000)

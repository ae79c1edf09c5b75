"""Files that the virus scanner found something in, or could not look into: nobody is given them as they
came, until an editor opens them. What we made of them ourselves is shown: pictures, text."""

import msgspec

from desk.store.submissions.review_queue import SubmissionPage
from publisher.site.pages import Original, Page, Shot


def is_closed(found: SubmissionPage) -> bool:
    """Whether any of its mails is closed."""
    return any(mail.is_closed for mail in found.mails)


def close_files(page: Page) -> Page:
    """The same without a way to any file as it came."""
    return msgspec.structs.replace(
        page,
        is_closed=True,
        document=_close_file(page.document) if page.document else None,
        others=tuple(map(_close_file, page.others)),
        mails=tuple(map(_close_file, page.mails)),
        shots=tuple(map(_close_shot, page.shots)),
        inside=tuple(map(_close_shot, page.inside)),
    )


def _close_file(file: Original) -> Original:
    return msgspec.structs.replace(file, download="")


def _close_shot(shot: Shot) -> Shot:
    return msgspec.structs.replace(shot, download="")

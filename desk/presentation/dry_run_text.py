"""A dry run for people: two lines a mail, 80 columns. Pure."""

import textwrap

from desk.inbound.dry_run import FolderSeen, MailSeen
from desk.presentation.reasons import in_words
from redaksi import catalog
from redaksi.model import Examination, Language
from redaksi.text import clean

WIDTH = 80
LEAD = " " * 9  # below a mail's UID


def describe(seen: FolderSeen | MailSeen, language: Language) -> str:
    """A folder's line, or a mail's: its verdict and sender, then its title and letter."""
    words = catalog.load(language)
    if isinstance(seen, FolderSeen):
        facts = {"host": seen.host, "folder": seen.folder, "mark": seen.mark}
        return words.say("cli.dry_run", "folder", n=seen.count, **facts)
    if seen.examination is None:
        size = words.say("cli.dry_run", "too_large", size=seen.size >> 20)
        return f"{seen.uid:>7}  {words.say('check.verdict', 'review')}: {size}"
    return "\n".join(_lines(seen.uid, seen.examination, language))


def _lines(uid: int, examination: Examination, language: Language) -> list[str]:
    words, mail, answer = catalog.load(language), examination.mail, examination.answer
    titles = (
        judged.submission.title for judged in examination.assessments if judged.submission.title
    )
    title = next(titles, mail.subject if mail else "")
    musts = sum(f.severity == "must" for judged in examination.assessments for f in judged.findings)
    found = words.say("mark", "findings", n=musts) if musts else ""
    reason = found or in_words(examination.reason, language)
    letter = words.say("cli.dry_run", "no_letter")
    if answer and answer.letter:
        kind = words.say_or(answer.letter, "letter_kind", answer.letter)
        letter = words.say("cli.dry_run", "letter", letter=kind)
    who = clean.line(mail.from_name or mail.from_address, 40) if mail else ""
    verdict = words.say("check.verdict", examination.decision)
    below = " · ".join(part for part in (clean.line(title, 60), letter, reason) if part)
    return [
        f"{uid:>7}  {verdict} · {who}" if who else f"{uid:>7}  {verdict}",
        *textwrap.wrap(below, WIDTH, initial_indent=LEAD, subsequent_indent=LEAD),
    ]

"""The form of photos, as a submission's page shows it."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec import Struct

from desk.presentation.pages.submission import Opened
from desk.presentation.photos.form import PhotoForm, Typed, make_photo_form
from desk.store.editors.form_drafts import FormDraft
from desk.web.render import language_of
from desk.web.visit import ALLOWED, Visit
from desk.workflow.deciding.choose_photos import SCOPE, WrongField
from publisher.site.pages import Step


class SentPhotos(Struct, frozen=True, kw_only=True):
    """The form as it was typed, and why it was not kept: what is wrong with its fields, or `stale`:
    what happened since, in words."""

    typed: Typed
    wrong: Sequence[WrongField] = ()
    stale: str = ""


def fill_photo_form(
    visit: Visit,
    opened: Opened,
    sent: SentPhotos | None,
    drafts: Mapping[str, FormDraft],
    since: Sequence[Step],
) -> PhotoForm | None:
    """The form filled with what was typed, else with its draft, else with what stands; None for who
    may not send it, and where there are no photos. `since`: what happened since it was sent."""
    if visit.who.role not in ALLOWED["editor"] or not opened.photos:
        return None
    draft = drafts.get(SCOPE)
    kept = draft.fields if draft is not None else None
    form = make_photo_form(
        opened.photos,
        opened.choices,
        sent.typed if sent is not None else kept,
        language_of(visit),
        shown=frozenset(shot.index for shot in opened.page.shots),
        revision=opened.revision,
        version=opened.version,
        wrong=sent.wrong if sent is not None else (),
    )
    form = msgspec.structs.replace(form, stamp=opened.deciding.stamp)
    if sent is not None:  # what is lost of what was sent, the page has
        form = msgspec.structs.replace(form, stale=sent.stale, since=tuple(since), lost=())
    if draft is None:
        return form
    return msgspec.structs.replace(
        form,
        seq=draft.seq,
        saved_at=draft.saved_at,
        is_older=sent is None and _is_older(draft, opened),
    )


def _is_older(draft: FormDraft, opened: Opened) -> bool:
    """Whether something happened since the draft's page was shown."""
    versions = draft.fields.get("versi") or [""]
    return draft.revision != opened.revision or str(versions[-1]) != str(opened.version)

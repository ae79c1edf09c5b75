"""What an editor decided stands with its words on the page, in the queue, in its JSON and in the
history; and how it stands at each target."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import msgspec
import pytest

from desk.cli.queue import lines
from desk.presentation.queue_rows import commands, make_entry
from desk.presentation.queue_site import publish_queue
from desk.presentation.submission_page import make_page
from desk.store import events
from desk.store.publications import moves, rows
from desk.store.submissions import review_queue
from desk.store.submissions.review_queue import QueueRow, SubmissionPage
from desk.workflow.digest import make_summary
from publisher.letters.letter_context import Remark
from publisher.site.pages import Page
from publisher.targets.target import Refused
from tests.contract.test_ask_again import Desk
from tests.ready_desk import NUMBER, REASON, decide, open_ready
from tests.sites import ASKING, Site, publish, tools_of

HOSTILE = "<script>alert(1)</script> & “Warga”"


@pytest.fixture
def desk(tmp_path: Path, database: str) -> Iterator[Desk]:
    """A submission that is ready."""
    yield from open_ready(tmp_path, database)


def schedule(desk: Desk, **more: object) -> None:
    facts = {"publish_at": desk.now + timedelta(hours=1), "reason": REASON, **more}
    decide(desk, "schedule", **facts)


def look(desk: Desk) -> SubmissionPage:
    with desk.app.store.read() as tx:
        found = review_queue.submission_page(tx, NUMBER)
    assert found is not None
    return found


def row(desk: Desk) -> QueueRow:
    return look(desk).row


def page(desk: Desk) -> Page:
    return make_page(desk.app, look(desk), desk.now, {})


def words_of(desk: Desk, what: str) -> str:
    """What stands below the newest step of the history whose text begins so."""
    steps = [step for step in page(desk).history if step.text.startswith(what)]
    return " | ".join(steps[0].words)


def badges(desk: Desk) -> list[str]:
    return [badge.text for badge in make_entry(row(desk), desk.app, desk.now).badges]


def fail(desk: Desk, code: str) -> None:
    with desk.app.store.begin() as tx:
        [stored] = rows.of_submission(tx, row(desk).id)
        moves.mark_failed(tx, stored.id, code)
        moves.put_on_record(tx, stored.submission_id, "failed", "publisher", desk.now, {})


def test_a_schedule_stands_with_all_its_words_and_its_editor(desk: Desk) -> None:
    schedule(desk, headline="Gotong Royong", category="Warta", initials="EPN", note="Bagus.")
    [step] = [step for step in page(desk).history if step.text.startswith("Dijadwalkan tayang")]
    shown = " | ".join(step.words)
    assert "Nina" in step.text
    for part in ("Judul tayang: Gotong Royong", "pukul", "WIB", "Rubrik: Warta", "Inisial: EPN"):
        assert part in shown
    assert "Catatan: Bagus." in shown


def test_what_was_asked_and_that_nothing_was_written_stand_in_the_history(desk: Desk) -> None:
    asked = (Remark(ask="Tambahkan jumlah peserta."), Remark(ask="Sebutkan nama dusunnya."))
    decide(desk, "note", remarks=asked, silent=True)
    shown = words_of(desk, "Redaktur memberi catatan")
    assert shown == (
        "Diminta: Tambahkan jumlah peserta. | Diminta: Sebutkan nama dusunnya."
        " | Tanpa surat kepada kontributor"
    )


def test_an_event_without_a_decision_stays_as_it_was(desk: Desk) -> None:
    with desk.app.store.begin() as tx:
        told = events.Happened(
            at=desk.now, actor="editor:Budi", what="note", submission_id=row(desk).id
        )
        events.record(tx, told)
    assert words_of(desk, "Redaktur memberi catatan · redaktur Budi") == ""


def test_the_queue_for_programs_carries_the_decision_and_each_target(desk: Desk) -> None:
    schedule(desk, headline="Gotong Royong", category="Warta", initials="EPN")
    shown = msgspec.to_builtins(row(desk))
    kept = {key: shown[key] for key in ("headline", "category", "editor", "published_url")}
    assert kept == {
        "headline": "Gotong Royong",
        "category": "Warta",
        "editor": "EPN",
        "published_url": "",
    }
    [stands] = shown["publications"]
    assert (stands["target"], stands["wanted"], stands["state"]) == ("situs", "up", "planned")
    assert shown["publish_at"] is not None


def test_the_page_says_where_it_stands_and_leads_there(desk: Desk) -> None:
    schedule(desk)
    desk.minutes(61)
    publish(desk.app, tools_of(Site()))
    facts = page(desk).publication
    assert [f.text for f in facts if f.label == "Di tujuan"] == ["situs: tayang"]
    assert [f.url for f in facts if f.label == "Tautan"] == [f"https://situs.example/{NUMBER}"]


def test_before_a_decision_nothing_is_said_of_publication(desk: Desk) -> None:
    assert page(desk).publication == ()


def test_a_copy_desk_that_asks_is_a_badge_and_a_command(desk: Desk) -> None:
    schedule(desk)
    desk.minutes(61)
    publish(desk.app, tools_of(Site(answers=[ASKING])))
    assert "Menunggu ditayangkan" in badges(desk)
    assert commands(row(desk)) == (f"redaksi decide {NUMBER} published --url …",)


def test_a_failure_says_why(desk: Desk) -> None:
    schedule(desk)
    desk.minutes(61)
    publish(desk.app, tools_of(Site(answers=[Refused(code="login_refused")])))
    assert "Gagal tayang: situs menolak sandi" in badges(desk)
    assert commands(row(desk)) == (f"redaksi publish {NUMBER} --retry",)


def test_a_schedule_that_is_a_day_late_asks_and_says_so(desk: Desk) -> None:
    schedule(desk)
    desk.minutes(60 * 30)
    publish(desk.app, tools_of(Site()))
    assert "Menunggu ditayangkan" in badges(desk)
    assert "Jam tayangnya sudah lama lewat" in make_entry(row(desk), desk.app, desk.now).reason
    assert commands(row(desk)) == (f"redaksi publish {NUMBER} --now",)


def test_what_is_taken_down_is_said_to_be_until_it_is_gone(desk: Desk) -> None:
    site = Site()
    schedule(desk)
    desk.minutes(61)
    publish(desk.app, tools_of(site))
    decide(desk, "withdraw", reason="Diminta warga.")
    assert "Sedang diturunkan" in badges(desk)
    fail(desk, "not_seen")
    assert "Gagal diturunkan: artikelnya masih terlihat di alamat itu" in badges(desk)


def test_a_hostile_headline_reason_and_address_are_words_on_the_page(desk: Desk) -> None:
    schedule(desk, headline=HOSTILE, reason=HOSTILE, note=HOSTILE)
    with desk.app.store.begin() as tx:
        [stored] = rows.of_submission(tx, row(desk).id)
        moves.mark_given(tx, stored.submission_id, "situs", None, "javascript:alert(1)", desk.now)
    publish_queue(desk.app, force=True)
    html = (desk.app.config.queue_folder / NUMBER / "index.html").read_text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_the_summary_counts_what_asks_and_calls_it_no_word_of_the_contributor(desk: Desk) -> None:
    schedule(desk)
    desk.minutes(61)
    publish(desk.app, tools_of(Site(answers=[ASKING])))
    with desk.app.store.read() as tx:
        summary = make_summary(tx, desk.app, desk.now)
    assert summary is not None
    assert (summary.asking, summary.failed, summary.wrote) == (1, 0, 0)
    assert [item.state for item in summary.items] == [f"{NUMBER}, Terjadwal"]


def test_the_copy_desk_has_a_page_to_copy_from_while_it_asks(desk: Desk) -> None:
    body = f"{HOSTILE}\n\nWarga **bergotong royong**.</textarea>"
    schedule(desk, headline=HOSTILE, body=body)
    desk.minutes(61)
    publish(desk.app, tools_of(Site(answers=[ASKING])))
    publish_queue(desk.app)
    page_to_copy = desk.app.config.queue_folder / NUMBER / "tayang.html"
    html = page_to_copy.read_text()
    areas = re.findall(r"<textarea [^>]*>\n([^<]*)</textarea>", html)
    assert unescape(areas[0]) == HOSTILE
    assert "Warga bergotong royong.</textarea>" in unescape(areas[1])
    assert "<strong>bergotong royong</strong>" in unescape(areas[2])
    assert "<script" not in html
    assert 'href="tayang.html"' in (page_to_copy.parent / "index.html").read_text()
    decide(desk, "publish", url="https://warta.example/1")
    publish_queue(desk.app)
    assert not page_to_copy.exists()


def test_the_queue_says_on_one_line_when_where_and_by_whom(desk: Desk) -> None:
    schedule(desk, headline="Gotong Royong", category="Warta", initials="EPN")
    entry = make_entry(row(desk), desk.app, desk.now)
    headline, when, *rest = entry.publication.split(" · ")
    assert headline == "Gotong Royong"
    assert when.endswith("WIB")
    assert rest == ["Warta", "EPN", "situs: menunggu jam tayang"]
    assert any("EPN" in line for line in lines([entry], desk.now, "id"))

"""Delivery status notifications: what came back, to whom, for good or not (RFC 3464)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read.mail.delivery import read_report
from redaksi.arrival import Delivery, Report
from redaksi.limits import Safety

OURS = "<redaksi-w-2026-0001.1.revise.k1.abcdefghijklmnop@warta.example>"


def dsn(status: str, returned: str = "message/rfc822") -> bytes:
    return (
        "From: Mail Delivery System <mailer-daemon@mx.warta.example>\r\nTo: redaksi@warta.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nMaaf.\r\n\r\n"
        f"--b\r\nContent-Type: message/delivery-status\r\n\r\n{status}\r\n"
        f"--b\r\nContent-Type: {returned}\r\n\r\nFrom: redaksi@warta.example\r\nMessage-ID:\r\n {OURS}\r\n"
        'Content-Type: multipart/alternative; boundary="c"\r\n\r\n--c\r\n\r\nisi\r\n--c--\r\n--b--\r\n'
    ).encode()


REPORTING = "Reporting-MTA: dns; mx.warta.example\r\n\r\n"
HARD = "Final-Recipient: rfc822; Ani@Kontributor.example\r\nAction: failed\r\nStatus: 5.1.1 (no such user)\r\n"


@pytest.mark.parametrize("returned", ["message/rfc822", "text/rfc822-headers", "message/global"])
def test_a_hard_bounce_names_the_address_and_the_letter(returned: str) -> None:
    report = read_report(dsn(REPORTING + HARD, returned), Safety())
    assert report.deliveries == (
        Delivery(recipient="ani@kontributor.example", action="failed", status="5.1.1"),
    )
    assert OURS in report.returned
    assert report.deliveries[0].is_hard


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("delayed", "4.4.1"),
        ("failed", "4.4.7"),
        ("delivered", "2.0.0"),
        ("failed", ""),
        ("delayed", "5.0.0"),
    ],
)
def test_only_what_failed_for_good_counts_against_an_address(action: str, status: str) -> None:
    told = f"Final-Recipient: rfc822; ani@kontributor.example\r\nAction: {action}\r\nStatus: {status}\r\n"
    (delivery,) = read_report(dsn(REPORTING + told), Safety()).deliveries
    assert not delivery.is_hard


def test_the_letter_is_found_without_the_part_that_should_name_it() -> None:
    raw = f"From: <>\r\nX-Original-Message-ID: {OURS}\r\nX-Failed-Recipients: ani@kontributor.example\r\n\r\nMaaf.\r\n"
    report = read_report(raw.encode(), Safety())
    assert report.returned == (OURS,)
    assert [one.recipient for one in report.deliveries] == ["ani@kontributor.example"]
    assert not report.deliveries[0].is_hard


@pytest.mark.parametrize("raw", [b"", b"\r\n", b"From: a@b\r\n\r\nhalo"])
def test_what_reports_nothing_is_an_empty_report(raw: bytes) -> None:
    assert read_report(raw, Safety()) == Report()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_nothing_in_a_status_raises(status: str) -> None:
    read_report(
        dsn(REPORTING).replace(REPORTING.encode(), status.encode("utf-8", "replace")), Safety()
    )

"""mbox, eml and pasted text."""

from datetime import UTC, datetime

import pytest

from bot.importers.reading.markup import to_text
from bot.importers.reading.messages import own_words
from tests.unit.importers.reading import opened, refusal

LETTER = """\
From: =?utf-8?q?Ann_L=C3=A9e?= <Ann@X.org>
To: Help Desk <help@corp.com>
Subject: Re: =?utf-8?b?S2FydGUgdmVybG9yZW4=?=
Date: Thu, 05 Mar 2026 13:00:00 +0100 (CET)
Message-ID: <abc@x.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gr=FC=DFe, meine Karte ist weg.

On Mon, 2 Mar 2026 at 10:00, Help Desk <help@corp.com> wrote:
> What is lost?
--B
Content-Type: text/html

<p>not this</p>
--B
Content-Type: text/plain
Content-Disposition: attachment; filename=a.txt

attached secret
--B--
"""


def test_an_eml() -> None:
    log = opened(LETTER, "letter.eml")
    (ticket,) = log.tickets
    assert log.kind == "eml"
    assert ticket.text == "Karte verloren\nGrüße, meine Karte ist weg."
    assert (ticket.ticket_id, ticket.requester) == ("abc@x.org", "ann@x.org")
    assert ticket.created_at == datetime(2026, 3, 5, 12, tzinfo=UTC)
    assert {"Ann Lée", "Ann", "Lée", "Ann@X.org", "help@corp.com"} <= set(ticket.known_values)


def test_an_mbox_under_any_name() -> None:
    second = "From: bob@y.org\nSubject: two\nDate: never\n\nhello\n>From here on it broke\n-- \nBob\n"
    auto = "From: c@y.org\nSubject: out of office\nAuto-Submitted: auto-replied\n\naway\n"
    log = opened(
        "".join(f"From x Mon Mar  2 10:00:00 2026\n{mail}\n" for mail in (LETTER, second, auto)),
        "standard input",
    )
    assert log.kind == "mbox"
    assert log.texts == ["Karte verloren\nGrüße, meine Karte ist weg.", "two\nhello\nFrom here on it broke"]
    assert [(p.row, p.code, p.kept) for p in log.problems] == [(2, "bad_date", True), (3, "no_text", False)]
    assert "automatic replies and bulk mail dropped: 1" in log.notes


def test_html_mail_is_read_up_to_its_quote() -> None:
    mail = (
        "From: a@b.co\nDate: Thu, 05 Mar 2026 13:00:00 +0000\nSubject: x\n"
        "Content-Type: text/html; charset=utf-8\n\n"
        "<div>Hello &auml;</div><style>p{}</style><div class='gmail_quote'>On Mon x wrote: <p>old</p></div>"
    )
    assert opened(mail, "m.eml").texts == ["x\nHello ä"]


@pytest.mark.parametrize(
    "tail",
    ["> quoted\n> more", "-- \nAnn\nPhone 123", "Sent from my iPhone", "On Mon, Bob wrote:\nold",
     "Am 5. März 2026 um 10:00 schrieb Bob:\nalt", "-----Original Message-----\nFrom: x",
     "From: Bob\nSent: Monday\nTo: Ann\nold", "Le lun. 2 mars 2026 à 10:00, Bob a écrit :\nvieux",
     "On Mon, 2 Mar 2026 at 10:00, A Person With A Long Name\n<long@x.org> wrote:\nold"],
)  # fmt: skip
def test_quotes_and_signatures_are_trimmed(tail: str) -> None:
    assert own_words(f"My words.\n\n{tail}\n") == "My words."


def test_words_that_only_look_like_a_quote_stay() -> None:
    text = "From: the start it was slow.\nOn Monday I wrote to you about it.\na -- b"
    assert own_words(text) == text


def test_a_mail_that_is_all_quote_stays_whole() -> None:
    assert own_words("> only this") == "> only this"


@pytest.mark.parametrize("header", ["Content-Type: multipart/mixed",
                                    "Content-Type: text/plain; charset=nonsense",
                                    "Content-Transfer-Encoding: base64", "Subject: =?x?q?=ZZ?="])  # fmt: skip
def test_broken_mail_is_no_crash(header: str) -> None:
    opened(f"From: a@b.co\nDate: x\nSubject: s\n{header}\n\n\xff\xfe body =ZZ", "m.eml")


def test_pasted_lines_and_blocks() -> None:
    lines = opened("My card is lost\nThe app is slow, again\n", "standard input")
    assert (lines.kind, lines.texts) == ("text", ["My card is lost", "The app is slow, again"])
    assert [t.ticket_id for t in lines.tickets] == ["row-1", "row-2"]
    blocks = opened("\nfirst\nstill first\n\n\nsecond\n", "notes.txt")
    assert blocks.texts == ["first\nstill first", "second"]
    assert blocks.noted("blank lines")


def test_prose_with_commas_is_no_table_but_a_pasted_table_is() -> None:
    assert opened("Hello, I lost it\nHi, me too\n", "a.txt").kind == "text"
    assert opened("id,plan,message\n1,pro,hello\n2,free,you\n", "standard input").kind == "csv"
    assert opened("message\nhello\nyou\n", "a.txt").texts == ["hello", "you"]


def test_brackets_do_not_make_json() -> None:
    assert opened("[Urgent] card lost\n[Low] app slow\n", "standard input").kind == "text"
    assert opened("{please} help\n", "standard input").kind == "text"


def test_xml_is_refused_in_words() -> None:
    assert refusal("<?xml version='1.0'?><tickets/>", "x.txt").code == "unsupported_format"


def test_markup_becomes_text_in_linear_time() -> None:
    assert to_text("<p>a<br/>b</p><!-- x --><script>y</script>&lt;c&gt;") == "a\nb\n<c>"
    for nasty in ("<", "<!--", "<p", "<script", "&#", "</", "<a href='"):
        to_text(nasty * 100_000)

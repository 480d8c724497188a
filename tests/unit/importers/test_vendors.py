"""Exports of help desks: the customer's words only, the rest dropped and counted."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.unit.importers.reading import opened, refusal

ZENDESK: dict[str, Any] = {
    "id": 35,
    "subject": "Card lost",
    "description": "I lost my card",
    "requester_id": 5,
    "submitter_id": 5,
    "brand_id": 1,
    "status": "open",
    "tags": ["card", "urgent"],
    "via": {"channel": "web"},
    "created_at": "2026-01-02T03:04:05Z",
    "requester": {"name": "Ann Lee", "email": "ann@x.org"},
    "comments": [
        {
            "author_id": 5,
            "public": True,
            "plain_body": "I lost my card",
            "created_at": "2026-01-02T03:04:05Z",
        },
        {"author_id": 9, "public": False, "body": "VIP, be nice", "created_at": "2026-01-02T03:05:05Z"},
        {"author_id": 9, "public": True, "body": "Which one?", "created_at": "2026-01-02T03:06:05Z"},
        {"author_id": 5, "public": True, "html_body": "<p>The <b>blue</b> one</p>"},
    ],
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("z.json", json.dumps({"tickets": [ZENDESK], "count": 1})),
        ("z.json", json.dumps([ZENDESK])),
        ("z.json", json.dumps({"ticket": ZENDESK})),
        ("z.jsonl", json.dumps(ZENDESK) + "\n"),
        ("z.json", json.dumps(ZENDESK) + "\n" + json.dumps({**ZENDESK, "id": 36}) + "\n"),
        ("standard input", json.dumps({"count": 1, "next_page": None, "tickets": [ZENDESK]})),
    ],
)
def test_zendesk_json(name: str, data: str) -> None:
    log = opened(data, name)
    ticket = log.tickets[0]
    assert log.kind == "zendesk-json"
    assert (ticket.ticket_id, ticket.text) == ("35", "Card lost\nI lost my card\nThe blue one")
    assert ticket.created_at == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert ticket.requester == "ann@x.org"
    assert dict(ticket.fields) == {"status": "open", "tags": "card, urgent", "channel": "web"}
    assert set(ticket.known_values) == {"Ann Lee", "Ann", "Lee", "ann@x.org"}
    count = len(log.tickets)
    assert f"private notes dropped: {count}" in log.notes
    assert f"messages by agents and bots dropped: {count}" in log.notes


def test_zendesk_tickets_without_comments_have_their_description() -> None:
    bare = {name: value for name, value in ZENDESK.items() if name != "comments"}
    assert opened(json.dumps({"tickets": [bare]}), "z.json").texts == ["Card lost\nI lost my card"]


def test_a_zendesk_ticket_in_which_only_agents_speak_is_skipped() -> None:
    silent = {**ZENDESK, "comments": ZENDESK["comments"][1:3]}
    log = opened(json.dumps({"tickets": [silent, ZENDESK]}), "z.json")
    assert len(log.tickets) == 1
    assert [(p.row, p.code) for p in log.problems] == [(1, "no_text")]


def test_zendesk_comment_table_is_grouped_by_ticket() -> None:
    log = opened(
        "id,body,created,public,ticket_id,user_id\n"
        "1,second,2026-01-01 11:00:00,TRUE,77,5\n"
        "2,other ticket,2026-01-01 09:00:00,TRUE,78,6\n"
        "3,first,2026-01-01 10:00:00,TRUE,77,5\n"
        "4,secret,2026-01-01 10:30:00,FALSE,77,9\n"
        "5,an answer,2026-01-01 10:40:00,TRUE,77,9\n"
    )
    assert log.kind == "zendesk-comments-csv"
    assert [(t.ticket_id, t.text, t.requester) for t in log.tickets] == [
        ("77", "first\nsecond", "5"),
        ("78", "other ticket", "6"),
    ]
    assert log.tickets[0].created_at == datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert {"private notes dropped: 1", "messages by agents and bots dropped: 1"} <= set(log.notes)


VIEWS = (
    "Summation column,Id,Requester,Requester id,Requester email,Assignee,Group,Subject,Tags,Status,"
    "Ticket type,"
    "Created at,Solved at,Reopens,Replies\n1,9,Ann Lee,5,ann@x.org,Bob,Help,Card lost,a b,open,question,"
    "2026-01-02 03:04,,0,1\n"
)


def test_zendesk_views_say_that_they_hold_no_text() -> None:
    refused = refusal(VIEWS, "export.csv")
    assert refused.code == "no_text_column"
    assert "Zendesk" in refused.message
    assert "JSON" in refused.hint
    assert "--map message=Subject" in refused.hint


def test_zendesk_views_with_subjects_on_demand() -> None:
    (ticket,) = opened(VIEWS, mapping={"message": "Subject"}).tickets
    assert (ticket.ticket_id, ticket.text, ticket.requester) == ("9", "Card lost", "ann@x.org")
    assert set(ticket.known_values) == {"Ann Lee", "Ann", "Lee", "ann@x.org", "Bob"}
    assert "ann@x.org" not in ticket.fields.values()


INTERCOM: dict[str, Any] = {
    "type": "conversation",
    "id": "147",
    "created_at": 1600000000,
    "state": "open",
    "source": {
        "type": "email",
        "subject": "<p>Login</p>",
        "body": "<p>I cannot log in &amp; need help</p>",
        "author": {"type": "user", "id": "u1", "name": "Ann Lee", "email": "ann@x.org"},
    },
    "conversation_parts": {
        "conversation_parts": [
            {"part_type": "note", "body": "<p>seen</p>", "author": {"type": "admin", "name": "Bob Ray"}},
            {"part_type": "comment", "body": "<p>Hi!</p>", "author": {"type": "bot"}},
            {"part_type": "comment", "body": "<p>still broken</p>", "author": {"type": "user", "id": "u1"}},
            {"part_type": "close", "body": None, "author": {"type": "admin"}},
        ]
    },
    "tags": {"type": "tag.list", "tags": [{"id": "1", "name": "login"}]},
}


@pytest.mark.parametrize(
    "data", [[INTERCOM], INTERCOM, {"type": "conversation.list", "pages": {}, "conversations": [INTERCOM]}]
)
def test_intercom_json(data: Any) -> None:
    log = opened(json.dumps(data), "i.json")
    (ticket,) = log.tickets
    assert log.kind == "intercom-json"
    assert (ticket.ticket_id, ticket.text) == ("147", "Login\nI cannot log in & need help\nstill broken")
    assert ticket.created_at == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert (ticket.requester, ticket.fields["tags"]) == ("ann@x.org", "login")
    assert {"Ann Lee", "Bob Ray", "ann@x.org"} <= set(ticket.known_values)
    assert {"private notes dropped: 1", "messages by agents and bots dropped: 1"} <= set(log.notes)


def test_a_conversation_an_admin_began() -> None:
    outbound = {**INTERCOM, "source": {**INTERCOM["source"], "author": {"type": "admin", "id": "9"}}}
    assert opened(json.dumps([outbound]), "i.json").texts == ["Login\nstill broken"]


def test_intercom_message_table() -> None:
    log = opened(
        "message_id,message_body,message_type,message_created_at,message_author_type,message_author_name,"
        "message_author_email,conversation_id,conversation_state\n"
        "1,<p>hello</p>,conversation,2026-01-01 10:00:00,user,Ann Lee,ann@x.org,c1,open\n"
        "2,<p>other</p>,conversation,2026-01-01 10:00:00,lead,,,c2,open\n"
        "3,<p>hi Ann</p>,comment,2026-01-01 10:05:00,admin,Bob Ray,bob@corp.com,c1,open\n"
        "4,<p>inside</p>,note,2026-01-01 10:06:00,admin,Bob Ray,bob@corp.com,c1,open\n"
        "5,<p>more</p>,comment,2026-01-01 10:07:00,user,Ann Lee,ann@x.org,c1,open\n"
    )
    assert log.kind == "intercom-csv"
    assert [(t.ticket_id, t.text) for t in log.tickets] == [("c1", "hello\nmore"), ("c2", "other")]
    assert log.tickets[0].requester == "ann@x.org"
    assert {"Bob", "Ray", "bob@corp.com", "Ann Lee"} <= set(log.tickets[0].known_values)
    assert {"private notes dropped: 1", "messages by agents and bots dropped: 1"} <= set(log.notes)


FRESHDESK: dict[str, Any] = {
    "id": 3, "subject": "Refund", "description": "<div>I want my <b>money</b></div>",
    "status": 2, "priority": 4, "source": 9, "type": "Question",
    "responder_id": 1, "spam": False, "fr_escalated": False,
    "created_at": "2026-01-02T03:04:05Z", "requester": {"name": "Ann Lee", "email": "ann@x.org"},
    "conversations": [
        {"body_text": "please hurry", "incoming": True, "private": False},
        {"body_text": "we will", "incoming": False, "private": False},
        {"body_text": "do not pay", "incoming": False, "private": True},
    ],
}  # fmt: skip


def test_freshdesk_json_and_its_codes() -> None:
    log = opened(json.dumps([FRESHDESK]), "f.json")
    (ticket,) = log.tickets
    assert log.kind == "freshdesk-json"
    assert ticket.text == "Refund\nI want my money\nplease hurry"
    assert dict(ticket.fields) == {
        "status": "Open", "priority": "Urgent", "source": "Feedback Widget", "type": "Question"
    }  # fmt: skip
    assert {"private notes dropped: 1", "messages by agents and bots dropped: 1"} <= set(log.notes)


def test_freshdesk_account_export() -> None:
    old = {
        "helpdesk_ticket": {
            "display_id": 8,
            "subject": "S",
            "description": "help me",
            "status": 5,
            "notes": [{"helpdesk_note": {"body": "secret", "private": True, "incoming": False}}],
        }
    }
    (ticket,) = opened(json.dumps([old]), "f.json").tickets
    assert (ticket.ticket_id, ticket.text, ticket.fields["status"]) == ("8", "S\nhelp me", "Closed")


FRESHDESK_HEADER = (
    "Ticket ID,Subject,Status,Priority,Source,Agent,Created time,Due by Time,Resolved time,Email"
)


def test_freshdesk_tables() -> None:
    row = "3,Refund,2,1,7,Bob Ray,2026-01-02 03:04:05,,,ann@x.org"
    log = opened(f"{FRESHDESK_HEADER},Description\n{row},I want my money\n")
    (ticket,) = log.tickets
    assert log.kind == "freshdesk-csv"
    assert (ticket.text, ticket.requester) == ("Refund\nI want my money", "ann@x.org")
    assert dict(ticket.fields) == {"Status": "Open", "Priority": "Low", "Source": "Chat"}
    refused = refusal(f"{FRESHDESK_HEADER}\n{row}\n")
    assert refused.code == "no_text_column"
    assert "Description" in refused.hint


def test_hubspot() -> None:
    properties = {
        "subject": "S", "content": "help me", "hs_pipeline": "0", "hs_ticket_priority": "HIGH",
        "createdate": "2026-01-02T03:04:05.678Z",
    }  # fmt: skip
    log = opened(json.dumps({"results": [{"id": "51", "properties": properties}]}), "h.json")
    assert (log.kind, log.texts) == ("hubspot-json", ["S\nhelp me"])
    assert log.tickets[0].fields["priority"] == "HIGH"
    table = opened("Ticket ID,Ticket name,Ticket description,Create date\n51,S,help me,2026-01-02 03:04\n")
    assert (table.kind, table.texts, table.tickets[0].ticket_id) == ("hubspot-csv", ["S\nhelp me"], "51")


HELPSCOUT = {
    "id": 9, "number": 12, "subject": "S", "preview": "p", "status": "active", "mailboxId": 3,
    "createdAt": "2026-01-02T03:04:05Z", "tags": [{"id": 1, "tag": "billing"}],
    "primaryCustomer": {"id": 4, "first": "Ann", "last": "Lee", "email": "ann@x.org"},
    "_embedded": {"threads": [
        {"type": "message", "body": "our answer", "createdAt": "2026-01-03", "createdBy": {"type": "user"}},
        {"type": "customer", "body": "help<br>me", "createdAt": "2026-01-02",
         "createdBy": {"type": "customer"}},
        {"type": "note", "body": "inside", "createdAt": "2026-01-03"},
        {"type": "lineitem", "body": "closed", "createdAt": "2026-01-04"},
    ]},
}  # fmt: skip


@pytest.mark.parametrize(
    "data", [[HELPSCOUT], {"_embedded": {"conversations": [HELPSCOUT]}, "page": {"size": 25}}]
)
def test_helpscout(data: Any) -> None:
    log = opened(json.dumps(data), "h.json")
    (ticket,) = log.tickets
    assert log.kind == "helpscout-json"
    assert (ticket.ticket_id, ticket.text, ticket.requester) == ("12", "S\nhelp\nme", "ann@x.org")
    assert ticket.fields["tags"] == "billing"
    assert {"Ann Lee", "Ann", "Lee"} <= set(ticket.known_values)
    assert {"private notes dropped: 1", "messages by agents and bots dropped: 1"} <= set(log.notes)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("date", ["12/Mar/26 3:04 PM", "2026-03-12 15:04"])
def test_jira_service_management(mark: str, date: str) -> None:
    log = opened(
        mark + "Summary,Issue key,Issue Type,Status,Reporter,Reporter Id,Created,Labels,Labels,"
        "Description,Comment,Comment\n"
        f'Login,SD-1,Question,Open,ann,557058:uu,{date},web,login,"I cannot\nlog in",'
        f'"{date};557058:uu;still; broken","{date};bob;try again"\n'
    )
    (ticket,) = log.tickets
    assert log.kind == "jira-csv"
    assert (ticket.ticket_id, ticket.text) == ("SD-1", "Login\nI cannot\nlog in\nstill; broken")
    assert ticket.created_at == datetime(2026, 3, 12, 15, 4, tzinfo=UTC)
    assert ticket.fields["Labels"] == "web, login"
    assert "comments by others than the reporter dropped: 1" in log.notes


@pytest.mark.parametrize("damage", [None, 7, "x", [], {}, [1], {"a": []}])
def test_values_of_the_wrong_kind_break_nothing(damage: Any) -> None:
    for whole, name in ((ZENDESK, "z"), (INTERCOM, "i"), (FRESHDESK, "f"), (HELPSCOUT, "h")):
        for key in whole:
            opened(json.dumps([{**whole, key: damage}, whole, ZENDESK]), f"{name}.json")

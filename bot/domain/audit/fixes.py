"""What to change in the workflow, for every kind of trouble an audit names."""

from collections.abc import Mapping

FIXES: Mapping[str, str] = {
    "few_distinct": "hand over a longer stretch of the log",
    "not_enough": "hand over a longer stretch of the log, or expect only the larger needs to show",
    "empty_rows": "make the message field required, and leave automatic entries out of the export",
    "bad_rows": "look at the rows kept aside, mend the export and import it again",
    "unreadable": "export as UTF-8 and leave attachments out",
    "exact_duplicates": "merge repeats where tickets are filed and leave automatic messages out, "
    "so that one event is not counted as many",
    "near_duplicates": "mark messages that come from forms and templates, merge follow-ups into one ticket, "
    "and rank needs by requesters rather than tickets",
    "missing_dates": "export the date each ticket was created",
    "odd_dates": "check the date column and its order of day and month",
    "stale": "export the log afresh before deciding what to build",
    "gaps": "find out whether the export skipped those days or a channel was down, and export them again",
    "missing_requesters": "export a customer number or e-mail with each ticket (only its hash is stored)",
    "missing_field": "make the field required when a ticket is filed",
    "no_segments": "export one of product area, plan, channel or market with each ticket",
    "one_requester": "check that it is a customer and no integration or test account, "
    "and rank needs by requesters rather than tickets",
    "one_segment": "add tickets of the other groups, or let each story say whom it speaks for",
    "thin_segments": "pool them, or gather more before comparing groups",
    "unknown_language": "ask for a full sentence in the form",
    "mixed_languages": "route tickets by language, and let a reader of each approve what is drafted from it",
    "not_english": "let someone who reads it judge the tone of the quotes",
    "typos": "check spelling where tickets are written, and do not look for tickets by exact words",
    "abusive": "give agents a way to hand such tickets on, and keep them out of quoted evidence",
    "secrets": "tell customers never to send these in a message, and take them in a protected form",
    "personal_data": "ask for contact details in fields of their own, not in the message",
    "no_source_record": "record whose they are and why they may be used before stories are shared",
}
"""By code; each follows its reason's sentence after a colon."""

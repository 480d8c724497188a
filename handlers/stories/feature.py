"""Everything that stories listen to."""

from handlers.feature import Feature, Shortcut, Submission, Verb
from handlers.stories import deciding, drafting, editing, messages, more, sharing

FEATURE = Feature(
    noun="story",
    verbs=(
        Verb(
            "story draft",
            "Draft user stories from support tickets, every claim cited",
            "story draft from tickets.csv top 5",
            drafting.draft,
            hint="from FILE | SOURCE | #channel last 14d [top 5] [fewer | more]",
            opens=drafting.open_form,
        ),
        Verb(
            "story themes",
            "What the tickets are about, largest first",
            "story themes tickets.csv",
            drafting.list_themes,
            hint="[FILE | SOURCE] [fewer | more]",
        ),
        Verb(
            "story list",
            "Stories and where they stand",
            "story list approved",
            deciding.list_stories,
            hint="[draft | ready | approved | exported]",
        ),
        Verb("story show", "One story in full", "story show ST-1", deciding.show_story, hint="ST-1"),
        Verb(
            "story approve",
            "Approve a story under your name",
            "story approve ST-1",
            deciding.approve,
            hint="ST-1",
        ),
        Verb(
            "story export",
            "Approved stories as a file",
            "story export ST-1 ST-2 as jira-csv",
            sharing.export,
            hint="[ST-1 …] [as markdown | jira-csv | github | gherkin | csv | json]",
            opens=sharing.open_export,
        ),
    ),
    actions={
        "story_approve": deciding.approve,
        "story_ask_approval": deciding.ask_approval,
        "story_edges": deciding.show_edges,
        "story_trace": deciding.show_trace,
        "story_show": deciding.show_all,
        "story_more": more.chosen,
        "story_list": deciding.list_stories,
        "theme_draft": drafting.draft_theme,
    },
    openings={
        "story_edit": editing.open_edit,
        "story_merge": editing.open_merge,
        "story_share": sharing.open_share,
        "story_export": sharing.open_export,
        "story_new": drafting.open_form,
        "story_more": more.opened,
    },
    submissions={
        drafting.CALLBACK: Submission(drafting.draft_from_form, drafting.check_form),
        "story_edit": Submission(editing.edit, editing.check_edit),
        "story_merge": Submission(editing.merge),
        "story_share": Submission(sharing.share, sharing.check_share),
        "story_export": Submission(sharing.export),
        "story_from_message": Submission(messages.draft_from_message),
    },
    shares={"story_list": deciding.list_for, "themes": drafting.themes_for},
    shortcuts=(
        Shortcut(
            "new_story",
            "Draft user stories",
            "global",
            "From an export of your support tickets",
            opens=drafting.open_form,
        ),
        Shortcut(
            "message_story",
            "Make a story from this",
            "message",
            "This message, or its thread, as tickets",
            opens=messages.open_message_form,
        ),
    ),
)

"""What an answer owes to each act, and what it must never do: the checkable half of a criterion."""

from bot.domain.drafting.acts import Act
from bot.domain.drafting.english import gives, listed, shows
from bot.domain.drafting.kinds import HOME_KEYS, Kind

MUST_NEVER: dict[Act, str] = {
    Act.DANGER: "asks for no PIN or password",
    Act.DISPUTE: "promises no outcome",
    Act.STATUS: "gives no date of its own",
    Act.WHY: "names no cause it cannot show",
    Act.HOW: "adds no step of its own",
    Act.POSSIBLE: "gives neither yes nor no",
    Act.PRICE: "quotes no sum",
    Act.ACTION: "changes nothing",
    Act.FAILURE: "blames nobody",
    Act.COMPLAINT: "offers no compensation",
    Act.INFORMATION: "makes no estimate",
    Act.PRAISE: "starts no task",
    Act.REPLY: "starts no task",
}


def duty_of(act: Act, kind: Kind, *, second: bool = False) -> str:
    """ "it states … as the dispatch record shows them"; ``second`` words it for a smaller group."""
    if kind.duty and not second:
        return kind.duty
    facts, causes, rules = listed(kind.facts), listed(kind.causes, "or"), listed(kind.rules)
    main: dict[Act, str] = {
        Act.DANGER: (
            f"its first sentence offers to {kind.remedy}, and it confirms {kind.facts[0]} within "
            f"the same answer"
        ),
        Act.DISPUTE: f"it opens a case holding {facts}, gives the case number and asks for {kind.check}",
        Act.STATUS: f"it states {facts} exactly as {shows(kind.record)} them",
        Act.WHY: f"it names the cause in {kind.record} ({causes}) as a reviewer would, and what clears it",
        Act.HOW: (
            f"a person who follows its steps reaches the end, having been told {kind.rules[0]} "
            f"and to have {kind.check} ready"
        ),
        Act.POSSIBLE: f"its yes, no or only if agrees with the written rule, and it states {rules}",
        Act.PRICE: f"the amount and currency equal {kind.record}, and it states {kind.rules[-1]}",
        Act.ACTION: (
            f"what it carries out equals what was asked, read back with {kind.check}, and it "
            f"{gives(kind.facts[0])}"
        ),
        Act.FAILURE: (
            f"the first cause it tests ({causes}) is the one a reviewer finds, and it offers to {kind.remedy}"
        ),
        Act.COMPLAINT: (
            f"it names who takes it up and the day of the answer, with the facts from {kind.record}"
        ),
        Act.INFORMATION: (
            f"its first sentence {gives(kind.facts[0])} as in {kind.record}, and the next "
            f"{gives(kind.facts[-1])}"
        ),
        Act.PRAISE: "it answers in at most ten words and hands the thanks to the team meant",
        Act.REPLY: "it takes the words as the answer to the question asked last",
    }
    if act is Act.ACTION and kind.key in HOME_KEYS and not second:
        return (
            f"what it does equals what was asked, {kind.check} included, and it "
            f"{gives(kind.facts[-1])} in the same turn"
        )
    if act is Act.INFORMATION and len(kind.facts) == 1:
        return f"its first sentence {gives(kind.facts[0])} as in {kind.record}, within {listed(kind.rules)}"
    if not second:
        return main[act]
    other: dict[Act, str] = {
        Act.DANGER: f"it leaves the usual answer and offers to {kind.remedy} within its first sentence",
        Act.DISPUTE: f"it shows {kind.facts[0]} beside what is reported and opens a case where they differ",
        Act.STATUS: f"it adds {kind.facts[-1]} as of the minute of asking",
        Act.WHY: f"it says which applies, {causes}, before anything else",
        Act.HOW: f"it adds numbered steps, none of which needs more than {kind.check}",
        Act.POSSIBLE: f"it opens with yes, no or only if, by {kind.rules[0]}",
        Act.PRICE: f"it states the sum that {kind.record} gives for that case",
        Act.ACTION: f"it asks for {kind.check} where that is left out, and acts only after a yes",
        Act.FAILURE: f"it rules out {kind.causes[0]} before giving the general answer",
        Act.COMPLAINT: "it puts the name of a person and a day ahead of any explanation",
        Act.INFORMATION: f"it {gives(kind.facts[0])} in one line and asks nothing back",
        Act.PRAISE: "it thanks in one line without repeating the answer",
        Act.REPLY: "it goes on with the open task and does not start the theme anew",
    }
    return other[act]

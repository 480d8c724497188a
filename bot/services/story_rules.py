"""What may be done with a story, by where it stands: each refusal is one sentence."""

from bot.domain.checks import can_become_ready
from bot.domain.stories import Story, StoryState
from bot.errors import DraftingStopped, InputError, NotFound
from bot.store import UnitOfWork

DECIDED = frozenset({StoryState.APPROVED, StoryState.EXPORTED})


async def story_of(unit: UnitOfWork, story_id: str) -> tuple[Story, str]:
    found = await unit.stories.get(story_id)
    if found is None:
        raise NotFound(f"There is no story {story_id}.", hint="`plumb story list` shows them.")
    return found


async def untouched(unit: UnitOfWork, story_id: str) -> bool:
    story, _scope = await story_of(unit, story_id)
    return story.state is StoryState.DRAFT and story.id not in await unit.stories.edited_ids()


async def undecided(unit: UnitOfWork, story_id: str) -> tuple[Story, str]:
    """A draft or a ready story."""
    story, scope = await story_of(unit, story_id)
    check_unmerged(story)
    if story.state in DECIDED:
        raise InputError(f"{story.id} is {story.state.value} already; {story.approved_by} approved it.")
    return story, scope


def check_unmerged(story: Story) -> None:
    if story.merged_into:
        raise InputError(f"{story.id} was merged into {story.merged_into}.", hint="Take that one.")


def check_ready(story: Story, wanted: str) -> None:
    blocking = can_become_ready(story)
    if blocking:
        raise DraftingStopped(
            f"{story.id} cannot {wanted} yet: " + " ".join(finding.message for finding in blocking),
            hint=f"Mend it: plumb story edit {story.id} --set FIELD=VALUE; or draft from more tickets.",
        )


def check_merge(story: Story, scope: str, target: Story, target_scope: str) -> None:
    check_unmerged(story)
    check_unmerged(target)
    if story.id == target.id:
        raise InputError("A story cannot be merged into itself.", hint="Choose another.")
    if scope != target_scope:
        raise InputError(
            f"{story.id} and {target.id} rest on different sources; only stories of one source can be merged."
        )
    if story.state in DECIDED:
        raise InputError(
            f"{story.id} is {story.state.value} already.", hint=f"Merge {target.id} into it instead."
        )

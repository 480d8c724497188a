"""The stories of a source while new ones are drafted: which to replace, which say the same."""

from collections.abc import Sequence, Set

import numpy as np
import numpy.typing as npt

from bot.domain.checks import find_similar
from bot.domain.stories import Story, StoryBody, StoryState
from bot.domain.themes import Theme
from bot.services.themes import Themes

Vector = npt.NDArray[np.float32]


class Shelf:
    """The stories of a scope while new ones are drafted, and what each is about."""

    def __init__(
        self,
        themes: Themes,
        channel: str,
        touched: Set[str],
        stories: dict[str, Story],
        vectors: Sequence[Vector],
    ) -> None:
        self.themes = themes
        self.channel = channel
        self._touched = touched
        self._stories = stories
        self._vectors = dict(zip(stories, vectors, strict=True))

    def replaceable(self, theme_id: str) -> str | None:
        """The draft of this theme that nobody has edited or approved."""
        for story in self._stories.values():
            if (
                story.theme_id == theme_id
                and story.state is StoryState.DRAFT
                and story.id not in self._touched
            ):
                return story.id
        return None

    def similar(self, body: StoryBody, theme: Theme, vector: Vector) -> tuple[str, ...]:
        """Ids of stories that may say the same: offered as merges, decided by a person."""
        replaced = self.replaceable(theme.id)
        rivals = [story for story in self._stories.values() if story.id != replaced]
        members = self.themes.theme_by_id
        tickets_of = {x.id: members[x.theme_id].ticket_ids for x in rivals if x.theme_id in members}
        found = find_similar(
            body,
            rivals,
            tickets=theme.ticket_ids,
            tickets_of=tickets_of,
            vector=vector,
            vectors_of=self._vectors,
        )
        return tuple(similar.story_id for similar in found)

    def put(self, story: Story, vector: Vector) -> None:
        self._stories[story.id] = story
        self._vectors[story.id] = vector

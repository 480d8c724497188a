"""The form in which people change a story; its block ids are the paths of the fields."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.domain.stories import Story
from handlers.views import forms
from handlers.views.kit import View, clip, context, markup, modal

CRITERIA = 3  # with more the form is longer than anyone scrolls
LINE, PASSAGE = 300, 2000  # the longest Line and Text of a story
NUMBER = 20
SEEN = 52  # characters of a line that are seen at once


class Field(NamedTuple):
    path: str
    label: str
    value: str
    most: int

    @property
    def multiline(self) -> bool:
        """A passage, or a line too long to be seen at once; titles stay on one."""
        return self.most > LINE or (len(self.value) > SEEN and self.path != "title")


def edit_form(story: Story, *, channel: str = "", marks: Mapping[str, str] | None = None) -> View:
    """Every field with its text; what is left as it is stays as it is. ``marks`` come back with it."""
    inputs = [
        forms.text_input(
            field.path, field.label, initial=field.value, most=field.most, multiline=field.multiline
        )
        for field in _fields(story)
    ]
    note = context(markup("{} · what you change is kept as your correction", story.id))
    return modal(
        f"Edit {story.id}", note, *inputs,
        submit="Save", close="Cancel", callback_id="story_edit",
        private={"story": story.id, "channel": channel} | ({"marks": dict(marks)} if marks else {}),
    )  # fmt: skip


def editable(story: Story) -> Mapping[str, str]:
    """Each field of the form by path, letter for letter as the form shows it."""
    return {
        field.path: forms.entry(field.value, field.most, multiline=field.multiline)
        for field in _fields(story)
    }


def _fields(story: Story) -> Iterator[Field]:
    yield Field("title", "Title", story.title, LINE)
    yield Field("role", "As a", story.role, LINE)
    yield Field("want", "I want", story.want, LINE)
    yield Field("benefit", "so that", story.benefit, LINE)
    for number, example in enumerate(story.examples):
        label = f"Example {number + 1}: what should be answered to “{clip(example.input, 80)}”"
        yield Field(f"examples.{number}.expected", label, example.expected, PASSAGE)
    if story.cannot_do:
        yield Field(
            "cannot_do.expected", "What it does where it cannot answer", story.cannot_do.expected, PASSAGE
        )
    for number, criterion in enumerate(story.criteria[:CRITERIA]):
        label = f"Criterion {criterion.key}: then"
        yield Field(f"criteria.{number}.then", label, criterion.then, PASSAGE)
        threshold = str(criterion.threshold).removesuffix(".0")
        label = f"Criterion {criterion.key}: threshold, {criterion.comparison}, in {criterion.unit}"
        yield Field(f"criteria.{number}.threshold", label, threshold, NUMBER)
    yield Field("fallback", "Fallback", story.fallback, PASSAGE)

"""Drafting a story with a language model: it chooses words, code keeps the numbers and the checks."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.checks import check_story, verify_citations
from bot.domain.checks.text import prose
from bot.domain.drafting import draft_story
from bot.domain.fence import disarm, new_fence
from bot.domain.plain import live_parts
from bot.domain.prompts import Prompt
from bot.domain.stories import Finding, StoryBody
from bot.domain.story_claims import invented_numbers, useless_thresholds
from bot.domain.story_evidence import Shown, choose, example_values, prompt_values
from bot.domain.story_merge import merge
from bot.domain.story_words import StoryWords
from bot.domain.themes import ThemeEvidence
from bot.errors import DraftInvalid, ModelAnswerInvalid, ModelTruncated
from bot.ports import LanguageModel, ModelReply, ModelRequest
from bot.services.stories import Draft

MOST_TOLD = 12  # findings told back for the repair


@dataclass(frozen=True, slots=True)
class Usage:
    """What the answers of one draft took. ``cost`` is None where a price is not known. Answers that broke
    their schema are counted by the model's budget, not here."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    latency_ms: float = 0.0

    def plus(self, reply: ModelReply[StoryWords]) -> "Usage":
        return Usage(
            self.calls + 1,
            self.input_tokens + reply.input_tokens,
            self.output_tokens + reply.output_tokens,
            None if self.cost is None or reply.cost is None else self.cost + reply.cost,
            self.latency_ms + reply.latency_ms,
        )


@dataclass(frozen=True)
class ModelDraft(Draft):
    """A draft with what it took."""

    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class _Try:
    """One answer: the story it makes, what stops it, all that is to be told back, and the answer itself."""

    body: StoryBody | None
    blocking: Sequence[Finding]
    told: Sequence[Finding]
    answer: str
    usage: Usage


class ModelDrafter:
    """Drafts with ``model`` under ``prompt``; the draft made without a model gives every number."""

    def __init__(
        self,
        model: LanguageModel,
        prompt: Prompt,
        *,
        offline: Callable[[ThemeEvidence], StoryBody] = draft_story,
        max_output_tokens: int = 6000,
    ) -> None:
        self._model = model
        self._prompt = prompt
        self._offline = offline
        self._max_output_tokens = max_output_tokens

    async def draft(self, evidence: ThemeEvidence, offline: StoryBody | None = None) -> ModelDraft:
        """One answer, checked; one repair with the findings told back; then a failure.

        Raises:
            DraftInvalid: the repair did not mend it; ``field`` is the first broken field.
            ModelError: the model could not be asked, refused, or the budget is reached.
        """
        if offline is None:
            offline = await asyncio.to_thread(self._offline, evidence)
        shown = choose(evidence, offline)
        made = await self._try(evidence, offline, shown, None, Usage())
        if made.blocking:
            made = await self._try(evidence, offline, shown, made, made.usage)
        if made.body is None or made.blocking:
            raise self._invalid(evidence, made.blocking[0])
        reference, fingerprint = str(self._prompt.reference), self._prompt.fingerprint
        shown_to_it = tuple(each.output for each in evidence.corrections) if self._learns else ()
        return ModelDraft(made.body, self._model.name, reference, fingerprint, shown_to_it, made.usage)

    @property
    def _learns(self) -> bool:
        """Whether the prompt takes corrections of earlier outputs."""
        return "examples" in self._prompt.about.inputs

    async def _try(
        self, evidence: ThemeEvidence, offline: StoryBody, shown: Shown, earlier: _Try | None, usage: Usage
    ) -> _Try:
        request = self._request(evidence, shown, earlier)
        try:
            reply = await self._model.complete(request)
        except (ModelAnswerInvalid, ModelTruncated) as error:
            place = getattr(error, "field", "") or "answer"
            broken = Finding(code=error.code, field=place, severity="error", message=error.message[:300])
            return _Try(None, [broken], [broken], "", usage)
        usage, answer = usage.plus(reply), reply.answer.model_dump_json()
        useless = [*useless_thresholds(reply.answer)]
        if useless:  # no number of cases follows from them, so there is no story to check yet
            return _Try(None, useless, useless, answer, usage)
        body = merge(reply.answer, offline, shown, evidence.theme.tickets)
        texts = {ticket.ticket_id: ticket.text for ticket in evidence.tickets}
        body, dropped = verify_citations(body, texts)
        found = [*invented_numbers(reply.answer, shown), *_alive(body), *check_story(body, texts)]
        blocking = _ours(found, offline, texts)
        return _Try(body, blocking, [*blocking, *dropped], answer, usage)

    def _request(
        self, evidence: ThemeEvidence, shown: Shown, earlier: _Try | None
    ) -> ModelRequest[StoryWords]:
        fence = new_fence()
        told = earlier.told[:MOST_TOLD] if earlier else ()
        cut_off = any(finding.code == ModelTruncated.code for finding in told)
        values = prompt_values(evidence, shown, fence) | {
            "previous": disarm(earlier.answer, 20_000) if earlier else "",
            "findings": [disarm(f"{finding.field}: {finding.message}", 400) for finding in told],
        }
        if self._learns:
            values["examples"] = example_values(evidence)
        system, user = self._prompt.render(values)
        return ModelRequest(
            system,
            user,
            StoryWords,
            max_output_tokens=self._max_output_tokens * (2 if cut_off else 1),
            prompt=str(self._prompt.reference),
            fingerprint=self._prompt.fingerprint,
            fence=fence,
        )

    def _invalid(self, evidence: ThemeEvidence, finding: Finding) -> DraftInvalid:
        said = finding.code if live_parts(finding.message) else finding.message
        return DraftInvalid(
            f"{self._model.name} broke “{finding.field}” of theme {evidence.theme.id}'s story twice: {said}",
            field=finding.field,
            hint="Draft it again, without a model (PLUMB_MODEL=offline), or with another one.",
        )


def _alive(body: StoryBody) -> Iterator[Finding]:
    """What would do something where it is shown, wherever in the story it came from."""
    for path, text in prose(body):
        found = live_parts(text)
        if found:
            message = f"Holds {' and '.join(found)}. Write plain words."
            yield Finding(code="safety.live", field=path, severity="error", message=message)


def _ours(found: Sequence[Finding], offline: StoryBody, texts: Mapping[str, str]) -> list[Finding]:
    """The errors that are the model's to mend: a theme of two tickets has no three examples for anyone."""
    errors = [finding for finding in found if finding.severity == "error"]
    if not errors:
        return []
    inherent = {(f.code, f.field) for f in check_story(offline, texts) if f.severity == "error"}
    return [finding for finding in errors if (finding.code, finding.field) not in inherent]

"""Tables. Every row belongs to a team; what came from a Slack channel carries it."""

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from bot.store.tables import (
    ballots,
    datasets,
    digests,
    experiments,
    features,
    feedback,
    installations,
    interactions,
    jobs,
    models,
    people,
    posts,
    prompts,
    releases,
    stories,
    themes,
    tickets,
)
from bot.store.tables.base import UtcDateTime, keep_text_plain

__all__ = [
    "METADATA",
    "UtcDateTime",
    "ballots",
    "datasets",
    "digests",
    "experiments",
    "features",
    "feedback",
    "installations",
    "interactions",
    "jobs",
    "models",
    "people",
    "posts",
    "prompts",
    "releases",
    "stories",
    "themes",
    "tickets",
]

METADATA: MetaData = SQLModel.metadata
keep_text_plain(METADATA)

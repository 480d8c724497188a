"""The addresses that products send to: interactions, feedback, business numbers."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from bot.domain.interactions import Outcome
from bot.intake import schemas
from bot.intake.answers import Answering
from bot.intake.bodies import media_type, wrong_type
from bot.intake.desk import Desk
from bot.intake.openapi import body_of, failures
from bot.intake.records import read_records
from bot.intake.refusals import NO_STORE
from bot.services.interactions.feedback import Said
from bot.services.interactions.service import Recorded
from bot.store.numbers import BusinessNumber

FORMATS = {
    "application/json": "json",
    "application/x-ndjson": "ndjson",
    "application/ndjson": "ndjson",
    "application/jsonl": "ndjson",
}


def sending_routes(desk: Desk) -> APIRouter:
    """POST /v1/interactions, /v1/feedback, /v1/metrics."""
    router = APIRouter(route_class=Answering, tags=["Sending"])

    @router.post(
        "/v1/interactions",
        summary="Send interactions",
        response_model=schemas.Accepted,
        responses=failures(),
        openapi_extra=body_of(schemas.Interaction, lines=True),
    )
    async def send_interactions(request: Request) -> Response:
        """One object, a list, or one object to a line (NDJSON); gzip is read. All or nothing: where a record
        cannot be used none is kept. What was sent before is not doubled; what was empty of it is filled."""
        async with desk.parcel(request) as parcel:
            format_ = FORMATS.get(media_type(request))
            if format_ is None:
                raise wrong_type("application/json, or application/x-ndjson for one record to a line")
            done = await parcel.services.interactions.record(
                parcel.key.feature, parcel.body, format_, gzipped=parcel.gzipped, most_bytes=desk.most_bytes
            )
            parcel.records, parcel.size = done.accepted, done.size
        count(desk, done)
        return answer(
            accepted=done.accepted,
            new=done.new,
            known=done.known,
            sampled_out=done.sampled_out,
            ignored=dict(done.ignored),
        )

    @router.post(
        "/v1/feedback",
        summary="Send what users said",
        response_model=schemas.FeedbackAccepted,
        responses=failures(),
        openapi_extra=body_of(schemas.Feedback),
    )
    async def send_feedback(request: Request) -> Response:
        """One object or a list. All or nothing."""
        async with desk.parcel(request) as parcel:
            records = await read_records(
                request, parcel, schemas.Feedback, most=schemas.MOST, most_bytes=desk.most_bytes
            )
            now = datetime.now(UTC)
            said = [_said(record, now) for record in records]
            done = await parcel.services.product_feedback.take(parcel.key.feature, said)
        desk.figures.records["feedback"] += done.new
        return answer(**asdict(done))

    @router.post(
        "/v1/metrics",
        summary="Send business numbers",
        response_model=schemas.NumbersAccepted,
        responses=failures(),
        openapi_extra=body_of(schemas.Number),
    )
    async def send_numbers(request: Request) -> Response:
        """One object or a list. All or nothing."""
        async with desk.parcel(request) as parcel:
            records = await read_records(
                request, parcel, schemas.Number, most=schemas.MOST, most_bytes=desk.most_bytes
            )
            feature = parcel.key.feature
            numbers = [BusinessNumber(feature, each.metric, each.at, each.value, each.n) for each in records]
            await parcel.services.interactions.put_numbers(numbers)
        desk.figures.records["number"] += len(numbers)
        return answer(accepted=len(numbers))

    return router


def answer(**values: Any) -> JSONResponse:
    return JSONResponse(values, headers=NO_STORE)


def count(desk: Desk, done: Recorded) -> None:
    """For /metrics."""
    records = desk.figures.records
    records["new"] += done.new
    records["known"] += done.known
    records["sampled_out"] += done.sampled_out
    records["left_out"] += len({problem.row for problem in done.problems})


def _said(record: schemas.Feedback, now: datetime) -> Said:
    return Said(
        id=record.id,
        at=record.at or now,
        interaction=record.interaction,
        trace=record.trace,
        user=record.user,
        thumb=record.thumb or "",
        score=record.score,
        reasons=tuple(record.reasons),
        comment=record.comment,
        correction=record.correction,
        outcome=Outcome(record.outcome or ""),
    )

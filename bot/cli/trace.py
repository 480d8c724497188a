"""`plumb trace`: the chain of evidence around anything, as text, JSON or a picture."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.running import with_services
from bot.errors import InputError

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.domain.chain import Chain


class Picture(StrEnum):
    """What `plumb trace` prints."""

    TEXT = "text"
    JSON = "json"
    SVG = "svg"
    PNG = "png"


def trace(
    about: Annotated[
        str, typer.Argument(metavar="ID", help="T-901, ST-14, refunds@2, EX-31, reply@4, REL-3 …")
    ],
    chosen: Annotated[
        Picture | None,
        typer.Option(
            "--format", "-f", help="Default: text in a terminal, JSON when piped.", show_default=False
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write it to this file.")] = None,
) -> None:
    """What something stands on and what came of it: from tickets to a release and back."""
    kind = chosen or _by_name(out) or (Picture.TEXT if sys.stdout.isatty() else Picture.JSON)

    async def work(services: "Services") -> "Chain":
        return await services.chain.trace(about)

    made = _made(with_services(work), kind)
    if out is None:
        _print(made, kind)
        return
    try:
        out.write_bytes(made)
    except OSError as error:
        raise InputError(
            f"{out} cannot be written ({error.strerror}).", hint="Choose another file."
        ) from None
    typer.echo(f"Written to {out}.", err=True)


def _by_name(out: Path | None) -> Picture | None:
    ending = out.suffix.lower().lstrip(".") if out else ""
    return Picture(ending) if ending in set(Picture) else None


def _made(chain: "Chain", kind: Picture) -> bytes:
    if kind is Picture.TEXT:
        from bot.domain.chain_text import indented, line

        return "\n".join([line(chain), "", *indented(chain), ""]).encode()
    if kind is Picture.JSON:
        return (json.dumps(as_json(chain), ensure_ascii=False, indent=2) + "\n").encode()
    from bot.reports.chain import picture

    return picture(chain, kind.value)


def _print(made: bytes, kind: Picture) -> None:
    if kind is Picture.PNG and sys.stdout.isatty():
        raise InputError("A PNG is no text for a terminal.", hint="Say where to: --out trace.png")
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def as_json(chain: "Chain") -> dict[str, Any]:
    """Nodes by name, links between them, and how many of each stage are left out."""
    return {
        "about": chain.about,
        "nodes": [
            {
                "name": node.name,
                "stage": node.stage.value,
                "id": node.id,
                "title": node.title,
                "state": node.state,
                "at": node.at.isoformat() if node.at else None,
                "by": node.by,
                "private": bool(node.channel),
            }
            for node in chain.nodes
        ],
        "links": [{"cause": link.cause, "effect": link.effect, "says": link.says} for link in chain.links],
        "left_out": {stage.value: count for stage, count in chain.left_out},
    }

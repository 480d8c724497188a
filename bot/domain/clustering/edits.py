"""What people change about themes, laid over each new run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from bot.domain.clustering.graph import Ints
from bot.domain.themes import Theme


@dataclass(frozen=True, slots=True)
class ThemeEdit:
    """One change to the theme ``theme_id``.

    rename   gives it ``name``.
    merge    puts all its tickets into the theme ``into``.
    move     puts ``ticket_ids`` into the theme ``into``.
    exclude  takes ``ticket_ids`` out of it, or hides the whole theme where there are none.

    ``members`` are the theme's tickets at the time (see ``remember``): what it is known by once a merge or an
    exclusion has taken it from the list.
    """

    kind: Literal["rename", "merge", "move", "exclude"]
    theme_id: str
    name: str = ""
    into: str = ""
    ticket_ids: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


def remember(edit: ThemeEdit, themes: Sequence[Theme]) -> ThemeEdit:
    """The edit with the tickets of its theme, to be called before it is kept."""
    hides = edit.kind == "merge" or (edit.kind == "exclude" and not edit.ticket_ids)
    if not hides or edit.members:
        return edit
    members = next((theme.ticket_ids for theme in themes if theme.id == edit.theme_id), ())
    return replace(edit, members=members)


def apply_to_groups(
    labels: Ints, ids: Mapping[int, str], rows: Mapping[str, int], edits: Sequence[ThemeEdit]
) -> Ints:
    """Labels with merges, moves and exclusions applied in order; edits of unknown themes change nothing.

    ``ids`` are the groups' theme ids; ``rows`` the tickets' rows by id.
    """
    group = {theme_id: label for label, theme_id in ids.items()}
    edited = labels.copy()
    for edit in edits:
        chosen = np.array([rows[ticket] for ticket in edit.ticket_ids if ticket in rows], np.intp)
        if edit.kind == "merge" and edit.theme_id in group and edit.into in group:
            edited[edited == group[edit.theme_id]] = group[edit.into]
        elif edit.kind == "move" and edit.into in group:
            edited[chosen] = group[edit.into]
        elif edit.kind == "exclude" and edit.ticket_ids:
            edited[chosen] = -1
        elif edit.kind == "exclude" and edit.theme_id in group:
            edited[edited == group[edit.theme_id]] = -1
    return edited


def names_given(edits: Sequence[ThemeEdit]) -> dict[str, str]:
    """The name people gave, by theme id; the last one holds."""
    return {edit.theme_id: edit.name for edit in edits if edit.kind == "rename" and edit.name.strip()}

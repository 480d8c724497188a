"""How modals begin and end: a skeleton while things are looked up, a result, a plain failure."""

from handlers.views.kit import View, bold, context, line, markup, modal
from handlers.views.kit import rich_text as rich


def loading(title: str) -> View:
    """Opens within the three seconds of a trigger; what is asked for takes its place."""
    return modal(title, context(markup("⏳ One moment…")), close="Cancel")


def failed(title: str, sentence: str, hint: str = "") -> View:
    return modal(title, rich(line(bold(f"⚠️ {sentence}"), f"\n{hint}" if hint else "")))


def done(title: str, sentence: str, hint: str = "") -> View:
    return modal(title, rich(line(bold(f"✅ {sentence}"), f"\n{hint}" if hint else "")))

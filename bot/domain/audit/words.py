"""Numbers and names as the audit writes them."""


def number(value: int) -> str:
    """``12,345``."""
    return f"{value:,}"


def percent(share: float) -> str:
    """``41 %``; one decimal under 10 %, and never a rounded 0 or 100 that is not one."""
    points = share * 100
    if share in (0.0, 1.0):
        return f"{points:.0f} %"
    if points < 0.1:
        return "under 0.1 %"
    if points > 99:
        return "over 99 %"
    return f"{points:.1f} %".replace(".0 %", " %") if points < 10 else f"{points:.0f} %"


def label(field: str) -> str:
    """A column name as words: ``product_area`` is "product area"."""
    return field.replace("_", " ").strip()

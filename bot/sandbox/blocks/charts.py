"""The data_visualization block: line, bar, area and pie charts."""

from collections.abc import Iterator

from bot.sandbox.blocks.schema import JSON, Array, Flaw, Number, Object, OneOf, Shape, String, distinct

TITLE = String(50, least=1)
LABEL = String(20, least=1)
SERIES, POINTS = 6, 20

POINT = Object("", {"label": LABEL, "value": Number()})
SEGMENT = Object("", {"label": LABEL, "value": Number(above=0)})
SERIES_OF_DATA = Object("", {"name": LABEL, "data": Array(POINT, most=POINTS, least=1)})
AXIS = Object(
    "", {"categories": Array(LABEL, most=POINTS, least=1), "x_label?": String(50), "y_label?": String(50)}
)


def labels_are_the_categories(chart: JSON, at: str) -> Iterator[Flaw]:
    categories = chart["axis_config"]["categories"]
    for number, one in enumerate(chart["series"]):
        if sorted(point["label"] for point in one["data"]) != sorted(categories):
            yield Flaw("data labels must match axis_config categories", f"{at}/series/{number}/data")


def plot(kind: str) -> Object:
    series = Array(SERIES_OF_DATA, most=SERIES, least=1)
    return Object(
        kind, {"series": series, "axis_config": AXIS}, (distinct("series", "name"), labels_are_the_categories)
    )


PIE = Object("pie", {"segments": Array(SEGMENT, most=SERIES, least=1)})
CHART = OneOf(plot("line"), plot("bar"), plot("area"), PIE)
FIELDS: dict[str, Shape] = {"title": TITLE, "chart": CHART}

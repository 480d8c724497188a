/** `data_visualization`: a frame with title, legend, drawing and the numbers themselves. */

import { h } from "../dom.js";
import { cartesian } from "./chart_xy.js";
import { pie } from "./chart_pie.js";
import { full } from "./scale.js";

const COLOURS = 8;
const colour = (at) => `var(--series-${(at % COLOURS) + 1})`;

export function chart(block) {
  const what = block.chart ?? block;
  const drawn = what.type === "pie" ? fromPie(what) : fromSeries(what);
  const hidden = new Set();
  const tip = h("div", { class: "chart-tip", hidden: true });
  const canvas = h("div", { class: "chart-canvas" });
  const draw = () =>
    canvas.replaceChildren(
      drawn.draw({ tip: tipping(tip, canvas), hidden, colour, label: summary(block, what, drawn) }),
      tip,
    );
  const legend = h(
    "div",
    { class: "chart-legend", role: "group", "aria-label": "Legend" },
    drawn.names.map((name, at) => legendKey(drawn, at, hidden, draw)),
  );
  draw();
  return h(
    "figure",
    { class: `chart chart-${what.type}` },
    h("figcaption", { class: "chart-title" }, block.title?.text ?? block.title ?? ""),
    h("div", { class: "chart-row" }, canvas, drawn.names.length > 1 || what.type === "pie" ? legend : null),
    numbers(drawn),
  );
}

function legendKey({ names, shares }, at, hidden, draw) {
  const toggle = (event) => {
    if (hidden.has(at)) hidden.delete(at);
    else if (hidden.size < names.length - 1) hidden.add(at);
    event.currentTarget.setAttribute("aria-pressed", String(!hidden.has(at)));
    draw();
  };
  return h(
    "button",
    {
      class: "legend-key",
      type: "button",
      "aria-pressed": "true",
      vars: { "--key": colour(at) },
      onclick: toggle,
    },
    names[at],
    shares && h("b", {}, shares[at]),
  );
}

function fromPie(what) {
  const segments = (what.segments ?? []).map((one) => ({
    name: one.label,
    value: Math.max(Number(one.value) || 0, 0),
  }));
  const total = segments.reduce((sum, one) => sum + one.value, 0) || 1;
  return {
    names: segments.map((one) => one.name),
    shares: segments.map((one) => `${Math.round((one.value / total) * 100)} %`),
    head: ["", "Value"],
    rows: segments.map((one) => [one.name, one.value]),
    draw: (tools) => pie(segments, tools),
  };
}

function fromSeries(what) {
  const series = what.series ?? [];
  const axis = what.axis_config ?? {};
  const categories = axis.categories ?? [
    ...new Set(series.flatMap((one) => (one.data ?? []).map((point) => point.label))),
  ];
  const table = series.map((one) => ({
    name: one.name,
    values: categories.map((label) => (one.data ?? []).find((point) => point.label === label)?.value ?? null),
  }));
  return {
    names: table.map((one) => one.name),
    head: ["", ...table.map((one) => one.name)],
    rows: categories.map((label, at) => [label, ...table.map((one) => one.values[at])]),
    draw: (tools) =>
      cartesian({ kind: what.type, categories, series: table, x: axis.x_label, y: axis.y_label }, tools),
  };
}

function summary(block, what, drawn) {
  const values = drawn.rows.flatMap((row) => row.slice(1)).filter((one) => one !== null);
  const range = values.length ? `from ${full(Math.min(...values))} to ${full(Math.max(...values))}` : "empty";
  return `${what.type} chart: ${block.title?.text ?? block.title ?? "untitled"}. ${drawn.names.join(", ")}; ${drawn.rows.length} points, ${range}.`;
}

function numbers(drawn) {
  const row = (values, tag) =>
    h(
      "tr",
      {},
      values.map((value, at) =>
        h(
          at ? tag : "th",
          { class: at ? "to-right" : "to-left" },
          typeof value === "number" ? full(value) : (value ?? "–"),
        ),
      ),
    );
  return h(
    "details",
    { class: "chart-numbers" },
    h("summary", {}, "Numbers"),
    h(
      "div",
      { class: "grid-frame" },
      h(
        "table",
        { class: "grid" },
        h("thead", {}, row(drawn.head, "th")),
        h(
          "tbody",
          {},
          drawn.rows.map((values) => row(values, "td")),
        ),
      ),
    ),
  );
}

/** A tooltip beside the pointer: `show(event, title, [[colour, name, value]])`. */
function tipping(tip, canvas) {
  return {
    hide: () => (tip.hidden = true),
    show(x, title, lines) {
      tip.replaceChildren(
        h("strong", {}, title),
        ...lines.map(([key, name, value]) =>
          h(
            "span",
            { class: "chart-tip-line", vars: { "--key": key } },
            h("span", {}, name),
            h("b", {}, value),
          ),
        ),
      );
      tip.hidden = false;
      const at = x * canvas.clientWidth;
      const left = at + tip.offsetWidth + 16 > canvas.clientWidth ? at - tip.offsetWidth - 10 : at + 10;
      tip.style.left = `${Math.max(0, left)}px`;
    },
  };
}

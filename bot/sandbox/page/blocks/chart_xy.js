/** Line, bar and area charts. */

import { s } from "../dom.js";
import { full, short, thinned, ticks } from "./scale.js";

const SIZE = { width: 560, height: 220, left: 44, right: 12, top: 10, bottom: 26 };

export function cartesian({ kind, categories, series, x, y }, { tip, hidden, colour, label }) {
  const shown = series.map((one, at) => ({ ...one, at })).filter((one) => !hidden.has(one.at));
  const values = shown.flatMap((one) => one.values).filter((one) => one !== null);
  const marks = ticks(Math.min(...values, 0), Math.max(...values, 0));
  const box = { ...SIZE, bottom: SIZE.bottom + (x ? 16 : 0), left: SIZE.left + (y ? 16 : 0) };
  const wide = box.width - box.left - box.right;
  const band = wide / Math.max(categories.length, 1);
  const atX = (n) => box.left + band * (n + 0.5);
  const [low, high] = [marks[0], marks.at(-1)];
  const atY = (value) => box.top + (1 - (value - low) / (high - low)) * (box.height - box.top - box.bottom);
  const frame = { box, band, atX, atY, categories, colour };
  const draw = { bar: bars, line: lines, area: areas }[kind] ?? lines;
  const cursor = s("line", {
    class: "chart-cursor",
    y1: box.top,
    y2: box.height - box.bottom,
    visibility: "hidden",
  });
  return s(
    "svg",
    { viewBox: `0 0 ${box.width} ${box.height}`, role: "img", "aria-label": label },
    grid(frame, marks),
    axis(frame, wide),
    titles(box, x, y),
    cursor,
    draw(shown, frame),
    watch(frame, shown, tip, cursor),
  );
}

function grid({ box, atY }, marks) {
  return marks.map((mark) =>
    s(
      "g",
      { class: mark === 0 ? "chart-zero" : "chart-grid" },
      s("line", { x1: box.left, x2: box.width - box.right, y1: atY(mark), y2: atY(mark) }),
      s("text", { x: box.left - 8, y: atY(mark) + 3.5, "text-anchor": "end" }, short(mark)),
    ),
  );
}

function axis({ box, atX, categories }, wide) {
  const show = thinned(categories.map(String), wide);
  const y = box.height - box.bottom + 16;
  return s(
    "g",
    { class: "chart-axis" },
    categories.map((label, at) => show(at) && s("text", { x: atX(at), y, "text-anchor": "middle" }, label)),
  );
}

function titles(box, x, y) {
  const middle = (box.height - box.bottom + box.top) / 2;
  return s(
    "g",
    { class: "chart-axis-title" },
    x &&
      s("text", { x: (box.left + box.width - box.right) / 2, y: box.height - 6, "text-anchor": "middle" }, x),
    y && s("text", { x: 12, y: middle, transform: `rotate(-90 12 ${middle})`, "text-anchor": "middle" }, y),
  );
}

function bars(series, { band, atX, atY, colour }) {
  const room = Math.min(band * 0.72, 28 * series.length);
  const width = room / Math.max(series.length, 1);
  return series.map((one, n) =>
    s(
      "g",
      { fill: colour(one.at), class: "chart-bars" },
      one.values.map((value, at) => {
        if (value === null) return null;
        const top = Math.min(atY(value), atY(0));
        const height = Math.max(Math.abs(atY(value) - atY(0)), 1);
        return s("rect", {
          x: atX(at) - room / 2 + n * width + 0.75,
          y: top,
          width: Math.max(width - 1.5, 1),
          height,
          rx: Math.min(3, width / 4),
        });
      }),
    ),
  );
}

/** Runs of points without gaps. */
function runs(values) {
  const out = [[]];
  values.forEach((value, at) => (value === null ? out.push([]) : out.at(-1).push([at, value])));
  return out.filter((one) => one.length);
}

const path = (run, { atX, atY }) =>
  run.map(([at, value], n) => `${n ? "L" : "M"}${atX(at).toFixed(1)} ${atY(value).toFixed(1)}`).join("");

function lines(series, frame) {
  return series.map((one) =>
    s(
      "g",
      { stroke: frame.colour(one.at), class: "chart-stroke" },
      runs(one.values).map((run) => s("path", { d: path(run, frame) })),
      runs(one.values)
        .flat()
        .map(([at, value]) =>
          s("circle", { cx: frame.atX(at), cy: frame.atY(value), r: 2.6, fill: frame.colour(one.at) }),
        ),
    ),
  );
}

function areas(series, frame) {
  const floor = frame.atY(0);
  const filled = series.map((one) =>
    s(
      "g",
      { fill: frame.colour(one.at), class: "chart-fill" },
      runs(one.values).map((run) =>
        s("path", {
          d: `${path(run, frame)}L${frame.atX(run.at(-1)[0])} ${floor}L${frame.atX(run[0][0])} ${floor}Z`,
        }),
      ),
    ),
  );
  return [...filled, ...lines(series, frame)];
}

/** One invisible strip per category: hover shows all its values. */
function watch({ box, band, atX, categories, colour }, series, tip, cursor) {
  const leave = () => {
    tip.hide();
    cursor.setAttribute("visibility", "hidden");
  };
  const enter = (at) => {
    cursor.setAttribute("x1", atX(at));
    cursor.setAttribute("x2", atX(at));
    cursor.setAttribute("visibility", "visible");
    tip.show(
      atX(at) / box.width,
      categories[at],
      series.map((one) => [colour(one.at), one.name, one.values[at] === null ? "–" : full(one.values[at])]),
    );
  };
  return s(
    "g",
    { fill: "transparent", onpointerleave: leave },
    categories.map((_, at) =>
      s("rect", {
        x: atX(at) - band / 2,
        y: 0,
        width: band,
        height: box.height,
        onpointerenter: () => enter(at),
      }),
    ),
  );
}

/** Pie charts, drawn as rings with the total in the middle. */

import { s } from "../dom.js";
import { full, short } from "./scale.js";

const [SIZE, OUTER, INNER] = [200, 92, 56];

export function pie(segments, { tip, hidden, colour, label }) {
  const shown = segments
    .map((one, at) => ({ ...one, at }))
    .filter((one) => !hidden.has(one.at) && one.value > 0);
  const total = shown.reduce((sum, one) => sum + one.value, 0);
  let from = 0;
  const slices = shown.map((one) => {
    const share = one.value / total;
    const made = s("path", {
      d: ring(from, from + share),
      fill: colour(one.at),
      class: "chart-slice",
      onpointerenter: () =>
        tip.show(0.5, one.name, [[colour(one.at), full(one.value), `${(share * 100).toFixed(1)} %`]]),
      onpointerleave: tip.hide,
    });
    from += share;
    return made;
  });
  const middle = s(
    "g",
    { class: "chart-total" },
    s("text", { y: 2, "text-anchor": "middle" }, short(total)),
    s("text", { y: 18, class: "chart-total-word", "text-anchor": "middle" }, "total"),
  );
  return s(
    "svg",
    { viewBox: `${-SIZE / 2} ${-SIZE / 2} ${SIZE} ${SIZE}`, role: "img", "aria-label": label },
    slices,
    middle,
  );
}

function point(share, radius) {
  const turn = share * 2 * Math.PI - Math.PI / 2;
  return `${(Math.cos(turn) * radius).toFixed(2)} ${(Math.sin(turn) * radius).toFixed(2)}`;
}

/** A full ring cannot be one arc: it stops a hair short. */
function ring(from, to) {
  const end = Math.min(to, from + 0.9999);
  const large = end - from > 0.5 ? 1 : 0;
  return `M${point(from, OUTER)}A${OUTER} ${OUTER} 0 ${large} 1 ${point(end, OUTER)}L${point(end, INNER)}A${INNER} ${INNER} 0 ${large} 0 ${point(from, INNER)}Z`;
}

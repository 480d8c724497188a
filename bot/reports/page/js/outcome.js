/** What one arm made of one case: its state, what it said, how each check went. */

import { data } from "./data.js";
import { h, sign } from "./dom.js";
import { brief, dollars, seconds, shown } from "./text.js";
import { marked } from "./words.js";

const WORDS = { pass: "Passed", fail: "Failed", error: "Call failed", mixed: "Flaky", none: "Not judged" };
const SHOWN = 12_000; // characters of an output that are put on the page at once

export function letter(arm) {
  return h("span", { class: `letter letter-${arm % 8}`, title: data.arms[arm].id }, data.arms[arm].key);
}

export function state(name, text = WORDS[name]) {
  return h("span", { class: `state state-${name}` }, sign(name), text);
}

/** `open` shows every repeat in full, its words marked against `against` (an output of the other arm). */
export function outcome(one, arm, { open = false, needle = "", against = null, kind = "new" } = {}) {
  const cells = one.arms[arm];
  return h(
    "div",
    { class: "outcome" },
    h("div", { class: "outcome-head" }, letter(arm), state(one.states[arm], told(one, arm)), meta(cells)),
    open
      ? cells.map((cell) => whole(cell, cells.length > 1, needle, against, kind))
      : twin(one, arm) ?? said(cells[0], (text) => shown(brief(text), needle)),
  );
}

/** In a closed row an answer that repeats the baseline's word for word is only named. */
function twin(one, arm) {
  const base = opposite(one, arm);
  const same = base && one.arms[arm].length > 0 && one.arms[arm].every((cell) => cell.output === base && !cell.error);
  return same ? h("p", { class: "said same" }, `Word for word as ${data.arms[data.base].key}`) : null;
}

function told(one, arm) {
  const cells = one.arms[arm];
  const passed = cells.filter((cell) => cell.passed && !cell.error).length;
  if (!cells.length) return "Not run";
  if (one.states[arm] === "mixed") return `Passed ${passed} of ${cells.length}`;
  const score = one.scores[arm];
  const graded = score !== null && score !== 0 && score !== 1;
  return graded ? `${WORDS[one.states[arm]]} · ${Number(score.toFixed(2))}` : WORDS[one.states[arm]];
}

function meta(cells) {
  const mean = (name) => {
    const known = cells.map((cell) => cell[name]).filter((value) => value !== null);
    return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  };
  const cached = cells.length && cells.every((cell) => cell.cached) ? "from cache" : null;
  const words = [cached ?? seconds(mean("ms")), dollars(mean("cost"))].filter(Boolean);
  return words.length ? h("span", { class: "outcome-meta" }, words.join(" · ")) : null;
}

function said(cell, make) {
  if (!cell) return null;
  const text = cell.error || cell.output;
  return h("div", { class: `said${cell.error ? " is-error" : ""}`, dir: "auto" }, text ? make(text) : "(empty)");
}

function whole(cell, several, needle, against, kind) {
  const plain = (text) => (against && !cell.error && !needle ? marked(against, text, kind) : shown(text, needle));
  const box = said(cell, (text) => plain(text.slice(0, SHOWN)));
  return h(
    "div",
    { class: "repeat" },
    several && h("small", {}, `Repeat ${cell.repeat + 1}: `, state(cell.error ? "error" : cell.passed === null ? "none" : cell.passed ? "pass" : "fail")),
    box,
    cell.output.length > SHOWN && rest(cell, box),
    cell.hidden > 0 && h("small", {}, `${cell.hidden.toLocaleString("en")} more characters are in the JSON report.`),
    checks(cell),
  );
}

function rest(cell, box) {
  const more = h("button", { type: "button", class: "quiet", onclick: () => (box.replaceChildren(...shown(cell.output)), more.remove()) }, `Show all ${cell.output.length.toLocaleString("en")} characters`);
  return more;
}

function checks(cell) {
  if (!cell.parts.length) return cell.reason && !cell.error ? h("p", { class: "checks" }, shown(cell.reason)) : null;
  return h(
    "ul",
    { class: "checks", "aria-label": "Checks" },
    cell.parts.map(([type, passed, score, reason, metric]) => {
      const name = passed === null ? "none" : passed ? "pass" : "fail";
      const partial = typeof score === "number" && score > 0 && score < 1 ? ` ${Number(score.toFixed(2))}` : "";
      return h(
        "li",
        {},
        h("span", { class: `state state-${name}` }, sign(name), h("span", { class: "unseen" }, WORDS[name])),
        h("div", {}, h("b", {}, type, partial), metric && h("small", {}, ` · ${metric}`), !passed && reason && h("p", {}, shown(reason))),
      );
    }),
  );
}

/** What an open cell is compared with: the baseline's first output, or for the baseline nothing. */
export function opposite(one, arm) {
  return arm === data.base ? null : one.arms[data.base]?.[0]?.output || null;
}

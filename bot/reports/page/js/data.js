/** What the page knows: cases with the outcome of each arm, read from the JSON in this file. */

import { byId } from "./dom.js";

const FIELDS = ["arm", "case", "repeat", "output", "hidden", "passed", "score", "reason", "error", "ms", "cost", "cached", "parts"];

export const data = read();

function read() {
  const raw = JSON.parse(byId("data").textContent);
  const cases = raw.cases.map((one, at) => ({ ...one, at, arms: raw.arms.map(() => []) }));
  for (const values of raw.cells) {
    const cell = {};
    FIELDS.forEach((name, at) => (cell[name] = values[at]));
    cases[cell.case].arms[cell.arm].push(cell);
  }
  for (const one of cases) summarise(one);
  return { ...raw, cells: undefined, cases };
}

function summarise(one) {
  for (const cells of one.arms) cells.sort((a, b) => a.repeat - b.repeat);
  one.states = one.arms.map(stateOf);
  one.scores = one.arms.map(meanScore);
  const known = one.scores.filter((score) => score !== null);
  one.gap = known.length > 1 ? Math.max(...known) - Math.min(...known) : 0;
  one.differ = one.gap > 1e-9;
  one.failed = one.states.some((state) => state === "fail") && one.states.every((state) => state === "fail" || state === "error");
  one.erred = one.arms.flat().some((cell) => cell.error);
  one.flaky = one.states.includes("mixed");
  one.text = one.about || Object.values(one.vars)[0] || one.id;
}

function stateOf(cells) {
  const told = cells.filter((cell) => cell.passed !== null && !cell.error);
  if (!told.length) return cells.some((cell) => cell.error) ? "error" : "none";
  if (told.every((cell) => cell.passed)) return "pass";
  return told.some((cell) => cell.passed) ? "mixed" : "fail";
}

function meanScore(cells) {
  const known = cells.filter((cell) => !cell.error && (cell.score !== null || cell.passed !== null));
  if (!known.length) return null;
  return known.reduce((sum, cell) => sum + (cell.score ?? Number(cell.passed)), 0) / known.length;
}

/** What a search looks through, made when it is first asked for. */
export function haystack(one) {
  one.hay ??= [one.id, one.about, ...Object.values(one.vars), ...Object.values(one.slices), ...one.arms.flat().flatMap((cell) => [cell.output, cell.error, cell.reason, ...cell.parts.map((part) => part[3])])]
    .join("\n")
    .toLowerCase();
  return one.hay;
}

export const slowest = (one) => Math.max(-1, ...one.arms.flat().map((cell) => cell.ms ?? -1));
export const dearest = (one) => Math.max(-1, ...one.arms.flat().map((cell) => cell.cost ?? -1));
export const lowest = (one) => Math.min(2, ...one.scores.filter((score) => score !== null));

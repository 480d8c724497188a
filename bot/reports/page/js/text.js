/** Others' text as nodes: what cannot be seen is named, what is searched for is marked. */

import { h } from "./dom.js";

/* Controls, zero width, direction, tags. Joiners stay: emoji and whole scripts are made with them. */
const ODD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const NAMES = { 0x200b: "zero width", 0xfeff: "BOM", 0x202e: "right to left", 0xad: "soft hyphen", 0x0d: "CR", 0x1b: "ESC" };

const odd = (char) => {
  const code = char.codePointAt(0);
  const name = NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  return h("span", { class: "odd", title: "a character that cannot be seen" }, name);
};

/** Nodes for `text`; every find of `needle` (lower case) in a mark. */
export function shown(text, needle = "") {
  const clean = text.replaceAll("\r\n", "\n");
  if (!needle) return visible(clean);
  const nodes = [];
  const low = clean.toLowerCase();
  if (low.length !== clean.length) return visible(clean);
  let from = 0;
  for (let at = low.indexOf(needle); at >= 0; at = low.indexOf(needle, from)) {
    nodes.push(visible(clean.slice(from, at)));
    nodes.push(h("mark", { class: "found" }, visible(clean.slice(at, at + needle.length))));
    from = at + needle.length;
  }
  return [...nodes, visible(clean.slice(from))];
}

function visible(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(ODD)) {
    nodes.push(text.slice(from, match.index), odd(match[0]));
    from = match.index + match[0].length;
  }
  return [...nodes, text.slice(from)].filter((one) => one !== "");
}

/** The first line or so, for a row that is closed. */
export const brief = (text, most = 320) => (text.length > most ? `${text.slice(0, most)}…` : text);

export const seconds = (ms) =>
  ms === null ? null : ms < 1000 ? `${Math.round(ms)} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60000).toFixed(1)} min`;

export function dollars(value) {
  if (value === null) return null;
  if (value === 0 || value >= 0.995) return `$${value.toFixed(2)}`;
  return value >= 0.01 ? `$${value.toFixed(3)}` : `$${Number(value.toPrecision(2))}`;
}

export const count = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

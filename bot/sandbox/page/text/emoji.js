/** Emoji by name: `:tada:` -> 🎉, with aliases and skin tones. */

import { h } from "../dom.js";
import { ALIASES, CATEGORIES, TONED, TONES } from "./emoji_data.js";

const byName = new Map();
const words = new Map();

/** `{category: [name, …]}` in the order of the picker. */
export const groups = Object.fromEntries(
  Object.entries(CATEGORIES).map(([category, listing]) => [category, pairs(listing)]),
);

function pairs(listing) {
  const parts = listing.trim().split(/\s+/);
  const names = [];
  for (let at = 0; at < parts.length; at += 2) {
    const [char, ...more] = parts[at + 1].split("/");
    byName.set(parts[at], char);
    words.set(parts[at], [parts[at], ...more].join(" "));
    names.push(parts[at]);
  }
  return names;
}

/** The characters for `name` or `name::skin-tone-3`, or null where it is unknown. */
export function emojiChar(name) {
  const [base, tone] = String(name).split("::");
  const known = ALIASES[base] && byName.has(ALIASES[base]) ? ALIASES[base] : base;
  const char = byName.get(known);
  if (!char) return null;
  return tone && TONES[tone] && TONED.has(known) ? toned(char, TONES[tone]) : char;
}

function toned(char, tone) {
  const [first, ...rest] = [...char.replace("\ufe0f", "")];
  return first + tone + rest.join("");
}

/** The emoji as an element; its `:name:` as text where it is unknown. */
export function emojiNode(name, size = "") {
  const char = emojiChar(name);
  const spelled = `:${name}:`;
  if (!char) return h("span", { class: "emoji-unknown" }, spelled);
  return h(
    "span",
    { class: `emoji ${size}`, role: "img", "aria-label": name.replaceAll("_", " "), title: spelled },
    char,
  );
}

export function searchEmoji(query, limit = 60) {
  const wanted = query.toLowerCase().replaceAll(":", "").replaceAll(" ", "_");
  const names = [...words.keys()].filter((name) => words.get(name).includes(wanted));
  return names.sort((a, b) => Number(!a.startsWith(wanted)) - Number(!b.startsWith(wanted))).slice(0, limit);
}

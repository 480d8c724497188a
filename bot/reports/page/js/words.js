/** Which words of two texts are not in the other: a longest common subsequence over words. */

import { h } from "./dom.js";
import { shown } from "./text.js";

const WORDS = /\s+|[\p{L}\p{N}\p{M}'’]+|./gsu;
const LETTER = /[\p{L}\p{N}]/u;
const ALIKE = 0.4; // share of words in common below which marks would cover nearly all
const MOST = 4_000_000; // cells of the table; above it the texts are shown unmarked

/**
 * The pieces of `text` as [piece, isNew], compared with `base`. Null where the texts are too long to compare,
 * or share so little that marks would not help: then all is new.
 */
export function compared(base, text, alike = ALIKE) {
  const [a, b] = [base.match(WORDS) ?? [], text.match(WORDS) ?? []];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length * right.length > MOST) return null;
  const kept = common(left, right);
  const pieces = b.map((piece, at) => [piece, at >= start && at < b.length - end && !kept[at - start]]);
  const same = pieces.filter(([piece, fresh]) => !fresh && LETTER.test(piece)).length;
  const most = Math.max(...[a, b].map((all) => all.filter((piece) => LETTER.test(piece)).length));
  return same < alike * most ? null : pieces;
}

/** For each of `right` 1 if it belongs to a longest common subsequence with `left`. */
function common(left, right) {
  const wide = right.length + 1;
  const table = new Uint16Array((left.length + 1) * wide);
  for (let i = left.length - 1; i >= 0; i--)
    for (let j = right.length - 1; j >= 0; j--)
      table[i * wide + j] =
        left[i] === right[j]
          ? table[(i + 1) * wide + j + 1] + 1
          : Math.max(table[(i + 1) * wide + j], table[i * wide + j + 1]);
  const kept = new Array(right.length).fill(0);
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      kept[j] = 1;
      i++, j++;
    } else if (table[(i + 1) * wide + j] >= table[i * wide + j + 1]) i++;
    else j++;
  }
  return kept;
}

/** Nodes for `text` with its own words marked: `kind` is "new" or "gone". Plain where nothing can be told. */
export function marked(base, text, kind) {
  const pieces = compared(base, text);
  if (!pieces) return shown(text);
  return joined(bridged(pieces)).map(([piece, fresh]) => (fresh ? h("mark", { class: kind }, shown(piece)) : shown(piece)));
}

/** Both at once, in `base` what is gone and in `text` what is new, as one stream: for prompts, alike or not. */
export function merged(base, text) {
  const [gone, fresh] = [compared(text, base, 0), compared(base, text, 0)];
  if (!gone || !fresh) return shown(text);
  const nodes = [];
  let i = 0;
  for (const [piece, isNew] of joined(fresh)) {
    if (!isNew) {
      let rest = piece;
      while (rest) {
        while (gone[i]?.[1]) i = drop(gone, i, nodes);
        if (i >= gone.length) break;
        nodes.push(shown(gone[i][0]));
        rest = rest.slice(gone[i++][0].length);
      }
    } else {
      while (gone[i]?.[1]) i = drop(gone, i, nodes);
      nodes.push(h("mark", { class: "new" }, shown(piece)));
    }
  }
  while (gone[i]?.[1]) i = drop(gone, i, nodes);
  return nodes;
}

function drop(gone, from, nodes) {
  let to = from;
  while (gone[to]?.[1]) to++;
  nodes.push(h("mark", { class: "gone" }, shown(gone.slice(from, to).map(([piece]) => piece).join(""))));
  return to;
}

/** What stands alone between marks, a blank or a short word, is marked too. */
function bridged(pieces) {
  const runs = joined(pieces);
  return runs.map(([text, fresh], at) => {
    const alone = at > 0 && at < runs.length - 1 && (text.match(/[\p{L}\p{N}]+/gu) ?? []).length < 2;
    return [text, fresh || alone];
  });
}

function joined(pieces) {
  const runs = [];
  for (const [piece, fresh] of pieces) {
    if (runs.length && runs.at(-1)[1] === fresh) runs.at(-1)[0] += piece;
    else runs.push([piece, fresh]);
  }
  return runs;
}

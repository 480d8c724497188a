/** Markdown within a line: emphasis, code, links, escapes. */

import { fragment, h, link } from "../dom.js";
import { angled, unescape, withEmoji } from "./inline.js";

const WORD = /[\p{L}\p{N}]/u;
const MARKS = [
  ["***", ["strong", "em"]],
  ["___", ["strong", "em"]],
  ["**", ["strong"]],
  ["__", ["strong"]],
  ["~~", ["s"]],
  ["*", ["em"]],
  ["_", ["em"]],
];
const ADDRESS = /^https?:\/\/[^\s<>()[\]]*[^\s<>()[\].,;:!?'"*_~]/;

export function markdownInline(text) {
  const out = fragment();
  let buffer = "";
  const flush = () => buffer && (out.append(withEmoji(unescape(buffer))), (buffer = ""));
  let at = 0;
  while (at < text.length) {
    const found =
      escaped(text, at) ??
      code(text, at) ??
      linked(text, at) ??
      angle(text, at) ??
      bare(text, at) ??
      emphasis(text, at) ??
      newline(text, at);
    if (!found) buffer += text[at++];
    else {
      if (typeof found.node === "string") buffer += found.node;
      else {
        flush();
        out.append(found.node);
      }
      at = found.end;
    }
  }
  flush();
  return out;
}

const escaped = (text, at) =>
  text[at] === "\\" && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "") ? { node: text[at + 1], end: at + 2 } : null;

const newline = (text, at) => (text[at] === "\n" ? { node: h("br"), end: at + 1 } : null);

function code(text, at) {
  const ticks = /^`+/.exec(text.slice(at, at + 8))?.[0];
  if (!ticks) return null;
  const end = text.indexOf(ticks, at + ticks.length);
  return end < 0
    ? { node: ticks, end: at + ticks.length }
    : { node: h("code", {}, text.slice(at + ticks.length, end).trim()), end: end + ticks.length };
}

function linked(text, at) {
  const image = text[at] === "!" && text[at + 1] === "[";
  if (!image && text[at] !== "[") return null;
  const close = matching(text, at + (image ? 1 : 0));
  if (close < 0 || text[close + 1] !== "(") return null;
  const end = text.indexOf(")", close);
  if (end < 0) return null;
  const label = text.slice(at + (image ? 2 : 1), close);
  const address = text
    .slice(close + 2, end)
    .trim()
    .split(/\s+"/)[0]
    .replace(/^<|>$/g, "");
  return { node: link(address, image ? `🖼 ${label || address}` : markdownInline(label)), end: end + 1 };
}

function matching(text, open) {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "[") depth += 1;
    else if (text[at] === "]" && --depth === 0) return at;
  }
  return -1;
}

function angle(text, at) {
  if (text[at] !== "<") return null;
  const end = text.indexOf(">", at);
  const inside = end > 0 ? text.slice(at + 1, end) : "";
  return /^(?:[@#!]\w|https?:|mailto:)/.test(inside) && !inside.includes("<")
    ? { node: angled(inside), end: end + 1 }
    : null;
}

function bare(text, at) {
  if (text[at] !== "h" || WORD.test(text[at - 1] ?? "")) return null;
  const found = ADDRESS.exec(text.slice(at, at + 2000))?.[0];
  return found ? { node: link(found), end: at + found.length } : null;
}

function emphasis(text, at) {
  for (const [mark, tags] of MARKS) {
    if (!text.startsWith(mark, at) || /\s/.test(text[at + mark.length] ?? " ")) continue;
    if (mark[0] === "_" && WORD.test(text[at - 1] ?? "")) continue;
    const end = closing(text, at + mark.length, mark);
    if (end > 0)
      return {
        node: tags.reduceRight(
          (inner, tag) => h(tag, {}, inner),
          markdownInline(text.slice(at + mark.length, end)),
        ),
        end: end + mark.length,
      };
  }
  return null;
}

function closing(text, from, mark) {
  let at = from;
  while ((at = text.indexOf(mark, at)) >= 0) {
    const longer = mark.length === 1 && (text[at + 1] === mark || text[at - 1] === mark);
    if (
      at > from &&
      !longer &&
      !/\s/.test(text[at - 1]) &&
      text[at - 1] !== "\\" &&
      !(mark[0] === "_" && WORD.test(text[at + mark.length] ?? ""))
    )
      return at;
    at += mark.length;
  }
  return -1;
}

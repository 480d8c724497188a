/** Standard Markdown for `markdown` blocks and streams: headings, lists, tables, quotes, fences, links. */

import { fragment, h } from "../dom.js";
import { markdownInline } from "./markdown_inline.js";

const DEEPEST = 12;
const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const QUOTE = /^ {0,3}> ?(.*)$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const DIVISION = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

export function markdown(text) {
  return parse(
    String(text ?? "")
      .replaceAll("\r\n", "\n")
      .split("\n"),
  );
}

function parse(lines, level = 0) {
  const out = fragment();
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].trim()) {
      at += 1;
      continue;
    }
    const [node, next] =
      fence(lines, at) ??
      heading(lines, at) ??
      rule(lines, at) ??
      quote(lines, at, level) ??
      table(lines, at) ??
      list(lines, at, level) ??
      paragraph(lines, at);
    out.append(node);
    at = next;
  }
  return out;
}

function fence(lines, at) {
  const open = FENCE.exec(lines[at]);
  if (!open) return null;
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(open[1])) end += 1;
  const body = h("code", {}, lines.slice(at + 1, end).join("\n"));
  return [h("pre", open[2] ? { data: { language: open[2] } } : {}, body), end + 1];
}

function heading(lines, at) {
  const found = HEADING.exec(lines[at]);
  if (!found) return null;
  const level = Math.min(found[1].length + 2, 6);
  return [h(`h${level}`, { class: `md-h md-h${found[1].length}` }, markdownInline(found[2])), at + 1];
}

const rule = (lines, at) => (RULE.test(lines[at]) ? [h("hr"), at + 1] : null);

function quote(lines, at, level) {
  if (level >= DEEPEST || !QUOTE.test(lines[at])) return null;
  let end = at;
  const inner = [];
  while (end < lines.length && QUOTE.test(lines[end])) inner.push(QUOTE.exec(lines[end++])[1]);
  return [h("blockquote", {}, parse(inner, level + 1)), end];
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines, at) {
  if (!lines[at].includes("|") || !DIVISION.test(lines[at + 1] ?? "") || !lines[at + 1].includes("-"))
    return null;
  const head = cells(lines[at]);
  const aligned = cells(lines[at + 1]).map((one) =>
    one.endsWith(":") ? (one.startsWith(":") ? "center" : "right") : "left",
  );
  const row = (tag, values) =>
    h(
      "tr",
      {},
      head.map((_, n) => h(tag, { class: `to-${aligned[n] ?? "left"}` }, markdownInline(values[n] ?? ""))),
    );
  let end = at + 2;
  const body = [];
  while (end < lines.length && lines[end].includes("|") && lines[end].trim())
    body.push(row("td", cells(lines[end++])));
  const made = h("table", { class: "grid" }, h("thead", {}, row("th", head)), h("tbody", {}, body));
  return [h("div", { class: "grid-frame", tabindex: "0", role: "region", "aria-label": "Table" }, made), end];
}

const depth = (line) => line.replaceAll("\t", "    ").search(/\S|$/);

function list(lines, at, level) {
  const first = ITEM.exec(lines[at]);
  if (!first || level >= DEEPEST) return null;
  const base = depth(lines[at]);
  const ordered = /\d/.test(first[2]);
  const items = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]);
    if (!item || depth(lines[end]) < base || depth(lines[end]) > base + 1 || /\d/.test(item[2]) !== ordered)
      break;
    const inner = [item[3]];
    end += 1;
    while (end < lines.length && belongs(lines, end, base)) inner.push(lines[end++]);
    items.push(listItem(inner, base, level + 1));
  }
  const made = h(ordered ? "ol" : "ul", ordered ? { start: parseInt(first[2], 10) } : {}, items);
  return [made, end];
}

/** Is this line part of the item above it: deeper, or a plain line that runs on? */
function belongs(lines, at, base) {
  if (!lines[at].trim())
    return at + 1 < lines.length && depth(lines[at + 1]) > base + 1 && Boolean(lines[at + 1].trim());
  if (depth(lines[at]) > base + 1) return true;
  return (
    !ITEM.test(lines[at]) &&
    !HEADING.test(lines[at]) &&
    !FENCE.test(lines[at]) &&
    !RULE.test(lines[at]) &&
    Boolean(lines[at - 1].trim())
  );
}

function listItem([first, ...rest], base, level) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(first);
  const lines = [task ? task[2] : first, ...rest.map((line) => line.slice(Math.min(depth(line), base + 2)))];
  const inner = parse(lines, level);
  const only = inner.childNodes[0];
  if (only?.nodeName === "P") only.replaceWith(...only.childNodes);
  if (!task) return h("li", {}, inner);
  return h(
    "li",
    { class: "task" },
    h("input", { type: "checkbox", checked: task[1] !== " ", disabled: true, "aria-label": "done" }),
    inner,
  );
}

function paragraph(lines, at) {
  let end = at + 1;
  const opens = (line, next) =>
    !line.trim() ||
    [FENCE, HEADING, RULE, QUOTE, ITEM].some((one) => one.test(line)) ||
    (line.includes("|") && DIVISION.test(next ?? "") && (next ?? "").includes("-"));
  while (end < lines.length && !opens(lines[end], lines[end + 1])) end += 1;
  return [
    h(
      "p",
      {},
      markdownInline(
        lines
          .slice(at, end)
          .map((one) => one.trimStart())
          .join("\n"),
      ),
    ),
    end,
  ];
}

/** Slack's own markup: *bold*, _italic_, ~strike~, `code`, fences, quotes, <links|text>, :emoji:. */

import { fragment, h } from "../dom.js";
import { angled, plain, unescape, withEmoji } from "./inline.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;

/** A text object (`plain_text` or `mrkdwn`) or a string of mrkdwn as nodes. */
export function textObject(text) {
  if (text === null || text === undefined) return fragment();
  if (typeof text === "string") return mrkdwn(text);
  return text.type === "plain_text" ? lines(text.text, plain) : mrkdwn(text.text, text.verbatim);
}

export function mrkdwn(text) {
  const out = fragment();
  String(text ?? "")
    .split("```")
    .forEach((part, at, all) => {
      const closed = at % 2 === 1 && at < all.length - 1;
      if (closed) out.append(h("pre", {}, h("code", {}, preText(part))));
      else blocks(at % 2 ? "```" + part : part, at > 0 && all.length > 1).forEach((node) => out.append(node));
    });
  return out;
}

/** Code keeps its signs; of a link Slack made out of an address, the address is left. */
const preText = (part) =>
  unescape(
    part
      .replace(/^\n|\n$/g, "")
      .replace(/<((?:https?:|mailto:)[^<>|\n]+)(?:\|([^<>\n]*))?>/g, (_, url, label) => label || url),
  );

function blocks(text, afterFence) {
  const out = [];
  let quoted = [];
  let plainLines = [];
  const flushQuote = () => quoted.length && out.push(h("blockquote", {}, joined(quoted.splice(0))));
  const flushPlain = () => plainLines.length && out.push(fragment(joined(plainLines.splice(0))));
  for (const line of (afterFence ? text.replace(/^\n/, "") : text).split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      flushPlain();
      quoted.push(inline(quote[1]));
    } else {
      if (quoted.length) flushQuote();
      plainLines.push(lineNode(line));
    }
  }
  flushQuote();
  flushPlain();
  return out;
}

/** A line that starts with a bullet or a number hangs under its own sign. */
function lineNode(line) {
  const item = /^(\s*)([•◦▪‣]|\d{1,3}[.)]|[-–](?=\s))\s+(.*)$/.exec(line);
  if (!item) return inline(line);
  const depth = Math.min(Math.floor(item[1].length / 2), 4);
  return h(
    "span",
    { class: `hanging depth-${depth}` },
    h("span", { class: "sign" }, item[2]),
    h("span", {}, inline(item[3])),
  );
}

function joined(nodes) {
  return nodes.flatMap((node, at) =>
    at && !hangs(node) && !hangs(nodes[at - 1]) ? [h("br"), node] : [node],
  );
}

const hangs = (node) => node instanceof Element && node.classList.contains("hanging");

const lines = (text, render) =>
  joined(
    String(text ?? "")
      .split("\n")
      .map((line) => render(line)),
  ).reduce(appended, fragment());
const appended = (out, node) => (out.append(node), out);

function inline(text) {
  const out = fragment();
  let buffer = "";
  const flush = () => buffer && (out.append(withEmoji(unescape(buffer))), (buffer = ""));
  let at = 0;
  while (at < text.length) {
    const found = angle(text, at) ?? code(text, at) ?? styled(text, at);
    if (found) {
      flush();
      out.append(found.node);
      at = found.end;
    } else buffer += text[at++];
  }
  flush();
  return out;
}

function angle(text, at) {
  if (text[at] !== "<") return null;
  const end = text.indexOf(">", at);
  if (end < at + 2 || text.slice(at + 1, end).includes("<")) return null;
  return { node: angled(text.slice(at + 1, end)), end: end + 1 };
}

function code(text, at) {
  if (text[at] !== "`") return null;
  const end = text.indexOf("`", at + 1);
  if (end < at + 2) return null;
  return { node: h("code", {}, preText(text.slice(at + 1, end))), end: end + 1 };
}

function styled(text, at) {
  const tag = STYLES[text[at]];
  if (!tag || WORD.test(text[at - 1] ?? "") || /\s/.test(text[at + 1] ?? " ")) return null;
  let end = at;
  while ((end = text.indexOf(text[at], end + 1)) > 0) {
    if (end > at + 1 && !/\s/.test(text[end - 1]) && !WORD.test(text[end + 1] ?? "")) {
      return { node: h(tag, {}, inline(text.slice(at + 1, end))), end: end + 1 };
    }
  }
  return null;
}

/** Is it nothing but a few emoji? Those are shown large. */
export const onlyEmoji = (text) =>
  /^(?:\s*:[a-z0-9_+'-]+(?:::skin-tone-[2-6])?:\s*){1,6}$/.test(text ?? "") ||
  /^(?:\s*\p{Extended_Pictographic}\ufe0f?\s*){1,6}$/u.test(text ?? "");

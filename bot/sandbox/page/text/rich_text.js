/** `rich_text` blocks: sections, lists, quotes, preformatted. */

import { fragment, h, link } from "../dom.js";
import { emojiNode } from "./emoji.js";
import { broadcast, channelLink, dateNode, mention } from "./inline.js";

const PIECES = {
  text: (piece) => fragment(...broken(piece.text)),
  link: (piece) => link(piece.url, piece.text || piece.url),
  user: (piece) => mention(piece.user_id),
  channel: (piece) => channelLink(piece.channel_id),
  emoji: (piece) => emojiNode(piece.skin_tone ? `${piece.name}::skin-tone-${piece.skin_tone}` : piece.name),
  broadcast: (piece) => broadcast(piece.range),
  usergroup: () => h("span", { class: "mention" }, "@group"),
  team: () => h("span", { class: "mention" }, "@workspace"),
  date: (piece) => dateNode(piece.timestamp, piece.format ?? "{date}", piece.fallback ?? "", piece.url),
  color: (piece) => h("span", { class: "swatch" }, piece.value),
};

const broken = (text) =>
  String(text ?? "")
    .split("\n")
    .flatMap((line, at) => (at ? [h("br"), line] : [line]));

const STYLES = [
  ["code", "code"],
  ["strike", "s"],
  ["italic", "em"],
  ["bold", "strong"],
  ["underline", "u"],
];

function piece(one) {
  const node = (PIECES[one.type] ?? ((other) => fragment(other.text ?? "")))(one);
  return STYLES.reduce((inner, [style, tag]) => (one.style?.[style] ? h(tag, {}, inner) : inner), node);
}

const PARTS = {
  rich_text_section: (part) => h("p", {}, (part.elements ?? []).map(piece)),
  rich_text_quote: (part) => h("blockquote", {}, (part.elements ?? []).map(piece)),
  rich_text_preformatted: (part) =>
    h(
      "pre",
      {},
      h(
        "code",
        {},
        (part.elements ?? []).map((one) => one.text ?? one.url ?? ""),
      ),
    ),
  rich_text_list: listPart,
};

function listPart(part) {
  const ordered = part.style === "ordered";
  const items = (part.elements ?? []).map((item) => h("li", {}, (item.elements ?? []).map(piece)));
  return h(
    ordered ? "ol" : "ul",
    { class: `indent-${Math.min(part.indent ?? 0, 5)}`, start: ordered ? (part.offset ?? 0) + 1 : undefined },
    items,
  );
}

export function richText(block) {
  return h(
    "div",
    { class: "rich" },
    (block?.elements ?? []).map((part) => (PARTS[part.type] ?? piece)(part)),
  );
}

/** Blocks that are read: section, header, divider, rich text, markdown, alert. */

import { h } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { icon } from "../icons.js";
import { plain } from "../text/inline.js";
import { markdown } from "../text/markdown.js";
import { textObject } from "../text/mrkdwn.js";
import { richText } from "../text/rich_text.js";
import { thumbnail } from "./media.js";

export function section(block, ctx) {
  const accessory = block.accessory;
  const side =
    accessory &&
    (accessory.type === "image"
      ? thumbnail(accessory, "accessory-image")
      : renderElement(accessory, ctx, { block_id: block.block_id, label: block.text?.text }));
  const body = h(
    "div",
    { class: "section-body" },
    block.text && h("div", { class: "section-text" }, textObject(block.text)),
    block.fields &&
      h(
        "div",
        { class: "fields" },
        block.fields.map((field) => h("div", { class: "field-text" }, textObject(field))),
      ),
  );
  const wide = accessory && ["radio_buttons", "checkboxes"].includes(accessory.type);
  return h(
    "div",
    { class: side ? `section with-accessory${wide ? " wide" : ""}` : "section" },
    body,
    side && h("div", { class: "accessory" }, side),
  );
}

export const header = (block) => h("h3", { class: "header-text" }, plain(block.text?.text));

export const divider = () => h("hr");

export const markdownBlock = (block) => h("div", { class: "md" }, markdown(block.text));

export const richTextBlock = (block) => richText(block);

const SIGNS = { error: "warn", warning: "warn", success: "check" };

export function alert(block) {
  const level = ["info", "warning", "error", "success"].includes(block.level) ? block.level : "default";
  return h(
    "div",
    { class: `alert alert-${level}`, role: level === "error" ? "alert" : "note" },
    icon(SIGNS[level] ?? "info", 18),
    h("div", {}, textObject(block.text)),
  );
}

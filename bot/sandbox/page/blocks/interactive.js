/** Blocks that hold elements: actions, context, context actions, input. */

import { h, uid } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { textObject } from "../text/mrkdwn.js";
import { plain } from "../text/inline.js";
import { thumbnail } from "./media.js";

export function actions(block, ctx) {
  return h(
    "div",
    { class: "actions" },
    (block.elements ?? []).map((element) => renderElement(element, ctx, { block_id: block.block_id })),
  );
}

export function context(block) {
  return h(
    "div",
    { class: "context" },
    (block.elements ?? []).map((one) =>
      one.type === "image"
        ? thumbnail(one, "context-image")
        : h("span", { class: "context-text" }, textObject(one)),
    ),
  );
}

export function contextActions(block, ctx) {
  return h(
    "div",
    { class: "context-actions" },
    (block.elements ?? []).map((element) => renderElement(element, ctx, { block_id: block.block_id })),
  );
}

/** A label, the element, a hint, and room for what was wrong with it. */
export function input(block, ctx) {
  const label_id = uid("label");
  const control_id = uid("control");
  const error_id = uid("error");
  const place = {
    block_id: block.block_id,
    input: true,
    dispatch: Boolean(block.dispatch_action),
    optional: Boolean(block.optional),
    label_id,
    control_id,
    hint_id: error_id,
  };
  const labelled = ["checkboxes", "radio_buttons"].includes(block.element?.type) ? "span" : "label";
  return h(
    "div",
    { class: "input-block", data: { input: block.block_id } },
    h(
      labelled,
      { class: "input-label", id: label_id, for: labelled === "label" ? control_id : undefined },
      plain(block.label?.text),
      block.optional
        ? h("span", { class: "optional" }, " (optional)")
        : h("span", { class: "required", "aria-hidden": "true" }, " *"),
    ),
    renderElement(block.element, ctx, place),
    h(
      "div",
      { id: error_id },
      h("div", { class: "input-error", role: "alert", hidden: true }),
      block.hint && h("div", { class: "input-hint" }, plain(block.hint.text)),
    ),
  );
}

/** `card`, `carousel` and `container`: blocks that frame others. */

import { h } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { textObject } from "../text/mrkdwn.js";
import { richText } from "../text/rich_text.js";
import { thumbnail } from "./media.js";

export function card(block, ctx) {
  return h(
    "article",
    { class: "card" },
    block.hero_image && thumbnail(block.hero_image, "card-hero"),
    h(
      "div",
      { class: "card-head" },
      block.icon && thumbnail(block.icon, "card-icon"),
      h(
        "div",
        {},
        block.title && h("strong", {}, textObject(block.title)),
        block.subtitle && h("small", {}, textObject(block.subtitle)),
      ),
    ),
    block.body && h("div", { class: "card-body" }, textObject(block.body)),
    block.actions?.length > 0 &&
      h(
        "div",
        { class: "actions" },
        block.actions.map((element) => renderElement(element, ctx, { block_id: block.block_id })),
      ),
  );
}

export const carousel = (block, ctx) =>
  h(
    "div",
    { class: "carousel", tabindex: "0", role: "region", "aria-label": "Cards" },
    (block.elements ?? []).map((one) => card({ block_id: block.block_id, ...one }, ctx)),
  );

export function container(block, ctx) {
  const title = [
    block.icon && thumbnail(block.icon, "card-icon"),
    h(
      "div",
      {},
      h("strong", {}, block.rich_text_title ? richText(block.rich_text_title) : textObject(block.title)),
      block.subtitle && h("small", {}, textObject(block.subtitle)),
    ),
  ];
  const inner = h(
    "div",
    { class: "container-body" },
    (block.child_blocks ?? []).map((one) => ctx.render(one, ctx)),
  );
  if (!block.is_collapsible)
    return h(
      "section",
      { class: "container" },
      h("div", { class: block.has_header_divider ? "container-head ruled" : "container-head" }, title),
      inner,
    );
  return h(
    "details",
    { class: "container", open: !block.default_collapsed },
    h("summary", { class: "container-head" }, title),
    inner,
  );
}

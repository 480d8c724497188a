/** Buttons: plain, link, workflow, icon, and the pair of feedback buttons. */

import { h, link, safeUrl } from "../dom.js";
import { hasIcon, icon } from "../icons.js";
import { state } from "../store.js";
import { plain } from "../text/inline.js";
import { click, start } from "./common.js";

export function button(element, ctx, place) {
  const style =
    element.style === "primary" ? "button primary" : element.style === "danger" ? "button danger" : "button";
  const label = {
    "aria-label": element.accessibility_label || undefined,
    data: { action: element.action_id },
  };
  const tell = (target) => click(element, ctx, place, element.value ?? "", target);
  if (element.url && safeUrl(element.url)) {
    const made = link(element.url, plain(element.text?.text), icon("link", 14));
    made.className = style;
    made.addEventListener("click", () => tell(made));
    return made;
  }
  return h(
    "button",
    { class: style, type: "button", ...label, onclick: (event) => tell(event.currentTarget) },
    h("span", {}, plain(element.text?.text)),
  );
}

/** Positive and negative; the last click stays marked, there is no un-click. */
export function feedbackButtons(element, ctx, place) {
  let chosen = start(element, ctx, place, null);
  const make = (one, name, kind) =>
    h(
      "button",
      {
        class: `feedback ${kind}`,
        type: "button",
        "aria-pressed": String(chosen === one.value),
        data: { tip: one.text?.text ?? "", action: element.action_id },
        "aria-label": one.accessibility_label || one.text?.text,
        onclick: (event) => choose(one, event.currentTarget),
      },
      icon(name, 17),
    );
  const both = [
    [element.positive_button ?? {}, "up", "positive"],
    [element.negative_button ?? {}, "thumbsdown", "negative"],
  ].map(([one, name, kind]) => [one, make(one, name, kind)]);
  const mark = () =>
    both.forEach(([one, node]) => node.setAttribute("aria-pressed", String(chosen === one.value)));
  async function choose(one, node) {
    const before = chosen;
    chosen = one.value;
    ctx.values.set(place.block_id, element.action_id, chosen);
    mark();
    if (await click(element, ctx, place, one.value, node)) return;
    chosen = before;
    ctx.values.set(place.block_id, element.action_id, before);
    mark();
  }
  return h(
    "span",
    { class: "feedback-pair", role: "group", "aria-label": "Was this good?" },
    both.map(([, node]) => node),
  );
}

const DRAWN = { thumbsup: "up", edit: "edit", pencil: "edit", delete: "trash" };

export function iconButton(element, ctx, place) {
  const visible = element.visible_to_user_ids;
  if (visible?.length && !visible.includes(state.me?.id)) return null;
  const name = DRAWN[element.icon] ?? element.icon;
  const text = element.text?.text ?? "";
  return h(
    "button",
    {
      class: "icon-button bordered",
      type: "button",
      "aria-label": element.accessibility_label || text,
      data: { tip: text, action: element.action_id },
      onclick: (event) => click(element, ctx, place, element.value ?? "", event.currentTarget),
    },
    icon(hasIcon(name) ? name : "star", 16),
  );
}

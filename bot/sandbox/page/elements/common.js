/** What every interactive element needs: its value, what a change does, the confirm dialog. */

import { sentence } from "../api.js";
import { ask, toast } from "../dialog.js";
import { textObject } from "../text/mrkdwn.js";

/** Values of one message or view by block and action; what a person chose survives a new rendering. */
export class Values {
  #known = new Map();
  #shown = new Map();
  labels = new Map();

  begin() {
    this.#shown.clear();
  }

  register(block, action, initial) {
    const key = `${block}\n${action}`;
    if (!this.#known.has(key)) this.#known.set(key, initial);
    this.#shown.set(key, [block, action]);
    return this.#known.get(key);
  }

  set(block, action, value) {
    this.#known.set(`${block}\n${action}`, value);
  }

  get(block, action) {
    return this.#known.get(`${block}\n${action}`);
  }

  /** `{block_id: {action_id: value}}` of what is shown now. */
  collect() {
    const out = {};
    for (const [key, [block, action]] of this.#shown)
      (out[block] ??= {})[action] = this.#known.get(key) ?? null;
    return out;
  }
}

export const start = (element, ctx, place, initial) =>
  ctx.values.register(place.block_id, element.action_id, initial);

/** Keeps a value; outside of inputs, and in inputs that dispatch, the app hears of it. */
export async function changed(element, ctx, place, value, { dispatch = true } = {}) {
  const before = ctx.values.get(place.block_id, element.action_id);
  ctx.values.set(place.block_id, element.action_id, value);
  ctx.onchange?.(place.block_id);
  if (!dispatch || (place.input && !place.dispatch)) return true;
  const sent = await click(element, ctx, place, value);
  if (!sent) ctx.values.set(place.block_id, element.action_id, before);
  return sent;
}

/**
 * A click: asks first where the app wants that, then tells the app. False when the person said no or it failed.
 * `button` shows that its work is under way; a second click meanwhile does nothing.
 */
export async function click(element, ctx, place, value, button = null) {
  if (button?.getAttribute("aria-busy") === "true") return false;
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  const tell = () => ctx.act({ block_id: place.block_id, action_id: element.action_id, value });
  const answer = await (button ? busy(button, tell) : tell());
  if (!answer.ok) toast(sentence(answer.error), "error");
  return answer.ok;
}

function confirmed(confirm) {
  return ask({
    title: confirm.title?.text ?? "Are you sure?",
    text: textObject(confirm.text),
    yes: confirm.confirm?.text ?? "Yes",
    no: confirm.deny?.text ?? "Cancel",
    danger: confirm.style === "danger",
  });
}

/** A button shows that its work is under way. */
export async function busy(button, work) {
  button.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Props that tie a control to the label and hint of its input block. */
export function named(element, place, fallback = "") {
  if (place.label_id)
    return { id: place.control_id, "aria-labelledby": place.label_id, "aria-describedby": place.hint_id };
  return {
    "aria-label":
      element.accessibility_label || element.placeholder?.text || fallback || place.label || undefined,
  };
}

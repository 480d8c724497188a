/** Text, number, e-mail, URL and rich text inputs, with their counters. */

import { h } from "../dom.js";
import { changed, named, start } from "./common.js";

const TYPES = { number_input: "text", email_text_input: "email", url_text_input: "url" };
const MODES = { number_input: "decimal", email_text_input: "email", url_text_input: "url" };

export function textInput(element, ctx, place) {
  const long = element.multiline || element.type === "rich_text_input";
  const value = start(element, ctx, place, initial(element));
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const tell = (dispatch) => changed(element, ctx, place, field.value || null, { dispatch });
  const props = {
    class: "field",
    value: value ?? "",
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    data: { action: element.action_id },
    autofocus: element.focus_on_load,
    autocomplete: "off",
    ...named(element, place, "Text"),
    oninput: () => {
      count();
      tell(when.includes("on_character_entered"));
    },
    onkeydown: (event) =>
      event.key === "Enter" && !long && place.dispatch && (event.preventDefault(), tell(true)),
  };
  const field = long
    ? h("textarea", { ...props, rows: "4" })
    : h("input", { ...props, type: TYPES[element.type] ?? "text", inputmode: MODES[element.type] });
  const counter = element.max_length ? h("span", { class: "counter", "aria-hidden": "true" }) : null;
  function count() {
    if (!counter) return;
    const left = element.max_length - field.value.length;
    counter.textContent = String(left);
    counter.classList.toggle("short", left < element.max_length * 0.1);
  }
  count();
  return counter ? h("div", { class: long ? "counted long" : "counted" }, field, counter) : field;
}

function initial(element) {
  const given = element.initial_value;
  if (given === undefined || given === null) return null;
  return typeof given === "object" ? flat(given) : String(given);
}

/** Rich text as plain text, for editing. */
function flat(node) {
  if (node.text !== undefined && typeof node.text === "string") return node.text;
  const glue = node.type === "rich_text" || node.type === "rich_text_list" ? "\n" : "";
  return (node.elements ?? []).map(flat).join(glue);
}

/** Every interactive element by type. Each is (element, ctx, place) -> node. */

import { h } from "../dom.js";
import { button, feedbackButtons, iconButton } from "./button.js";
import { choices, overflow, picker } from "./choice.js";
import { fileInput } from "./file_input.js";
import { select } from "./select.js";
import { textInput } from "./text_input.js";

const SELECTS = [
  "static_select",
  "external_select",
  "users_select",
  "conversations_select",
  "channels_select",
];

export const ELEMENTS = {
  button,
  workflow_button: button,
  feedback_buttons: feedbackButtons,
  icon_button: iconButton,
  overflow,
  checkboxes: choices,
  radio_buttons: choices,
  datepicker: picker,
  timepicker: picker,
  datetimepicker: picker,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  rich_text_input: textInput,
  file_input: fileInput,
  ...Object.fromEntries(
    SELECTS.flatMap((type) => [
      [type, select],
      [`multi_${type}`, select],
    ]),
  ),
};

export function renderElement(element, ctx, place) {
  const render = ELEMENTS[element?.type];
  return render
    ? render(element, ctx, place)
    : h("span", { class: "unknown" }, `[${element?.type ?? "nothing"}]`);
}

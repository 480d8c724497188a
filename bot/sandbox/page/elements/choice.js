/** Radio buttons, checkboxes, the overflow menu, and the date and time pickers. */

import { h, safeUrl, uid } from "../dom.js";
import { icon } from "../icons.js";
import { menu } from "../popover.js";
import { plain } from "../text/inline.js";
import { textObject } from "../text/mrkdwn.js";
import { changed, click, named, start } from "./common.js";

export function choices(element, ctx, place) {
  const many = element.type === "checkboxes";
  const given = many
    ? (element.initial_options ?? []).map((one) => one.value)
    : (element.initial_option?.value ?? null);
  let chosen = start(element, ctx, place, given);
  const group = uid("choice");
  const inputs = [];
  const sync = () =>
    inputs.forEach(
      (input, at) =>
        (input.checked = many
          ? chosen.includes(element.options[at].value)
          : chosen === element.options[at].value),
    );
  async function pick() {
    const before = chosen;
    const ticked = element.options.filter((_, at) => inputs[at].checked).map((one) => one.value);
    chosen = many ? ticked : (ticked[0] ?? null);
    if (await changed(element, ctx, place, chosen)) return;
    chosen = before;
    sync();
  }
  const rows = element.options.map((option) => {
    const input = h("input", {
      type: many ? "checkbox" : "radio",
      name: group,
      onchange: pick,
      data: { action: element.action_id, value: option.value },
    });
    inputs.push(input);
    return h(
      "label",
      { class: "choice" },
      input,
      h(
        "span",
        {},
        textObject(option.text),
        option.description && h("small", {}, textObject(option.description)),
      ),
    );
  });
  sync();
  return h(
    "div",
    { class: "choices", role: many ? "group" : "radiogroup", ...named(element, place, "Choices") },
    rows,
  );
}

export function overflow(element, ctx, place) {
  const run = (option) => {
    const href = option.url && safeUrl(option.url);
    if (href) window.open(href, "_blank", "noopener");
    click(element, ctx, place, option.value);
  };
  const items = () =>
    element.options.map((option) => ({
      label: plain(option.text?.text),
      hint: option.description?.text,
      run: () => run(option),
    }));
  return h(
    "button",
    {
      class: "icon-button bordered",
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": "More options",
      data: { action: element.action_id },
      onclick: (event) => menu(event.currentTarget, items(), { align: "end" }),
    },
    icon("moreh", 18),
  );
}

const twoDigits = (number) => String(number).padStart(2, "0");

function localStamp(seconds) {
  const when = new Date(seconds * 1000);
  return `${when.getFullYear()}-${twoDigits(when.getMonth() + 1)}-${twoDigits(when.getDate())}T${twoDigits(when.getHours())}:${twoDigits(when.getMinutes())}`;
}

const PICKERS = {
  datepicker: {
    type: "date",
    initial: (element) => element.initial_date ?? null,
    read: (text) => text || null,
    show: (value) => value ?? "",
  },
  timepicker: {
    type: "time",
    initial: (element) => element.initial_time ?? null,
    read: (text) => text || null,
    show: (value) => value ?? "",
  },
  datetimepicker: {
    type: "datetime-local",
    initial: (element) => element.initial_date_time ?? null,
    read: (text) => (text ? Math.floor(new Date(text).getTime() / 1000) : null),
    show: (value) => (value ? localStamp(value) : ""),
  },
};

export function picker(element, ctx, place) {
  const kind = PICKERS[element.type];
  const value = start(element, ctx, place, kind.initial(element));
  const keep = async (event) => {
    const input = event.currentTarget;
    const before = ctx.values.get(place.block_id, element.action_id);
    if (!(await changed(element, ctx, place, kind.read(input.value)))) input.value = kind.show(before);
  };
  return h("input", {
    class: "field picker",
    type: kind.type,
    value: kind.show(value),
    data: { action: element.action_id },
    onchange: keep,
    ...named(element, place, element.type),
  });
}

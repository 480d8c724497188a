/** The emoji picker: categories, search, arrow keys. */

import { h } from "./dom.js";
import { closePopover, popover } from "./popover.js";
import { emojiChar, groups, searchEmoji } from "./text/emoji.js";

const COLUMNS = 9;
const RECENT = "sandbox.emoji";
const FIRST = [
  "+1",
  "-1",
  "ticket",
  "pushpin",
  "triangular_flag_on_post",
  "eyes",
  "white_check_mark",
  "tada",
  "heart",
];

function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT)) ?? FIRST;
  } catch {
    return FIRST;
  }
}

function remember(name) {
  localStorage.setItem(
    RECENT,
    JSON.stringify([name, ...recent().filter((one) => one !== name)].slice(0, COLUMNS)),
  );
}

export const favourites = () => recent().slice(0, 3);

export function emojiPicker(anchor, choose) {
  const body = h("div", { class: "emoji-body", onkeydown: keys });
  const foot = h("div", { class: "emoji-foot", "aria-live": "polite" }, "Pick an emoji");
  const field = h("input", {
    class: "options-search",
    type: "text",
    placeholder: "Search all emoji",
    "aria-label": "Search all emoji",
    autocomplete: "off",
    oninput: draw,
    onkeydown: intoGrid,
  });

  function draw() {
    const query = field.value.trim();
    const sets = query
      ? { [`Found for “${query}”`]: searchEmoji(query) }
      : { "Often used": recent(), ...groups };
    body.replaceChildren(
      ...Object.entries(sets).map(([label, names]) =>
        h(
          "section",
          {},
          h("h4", {}, label),
          names.length
            ? h("div", { class: "emoji-grid" }, names.map(cell))
            : h("p", { class: "options-note" }, "None."),
        ),
      ),
    );
  }

  function cell(name) {
    const tell = () => foot.replaceChildren(h("span", { class: "emoji" }, emojiChar(name)), ` :${name}:`);
    return h(
      "button",
      {
        class: "emoji-cell",
        type: "button",
        tabindex: "-1",
        "aria-label": name.replaceAll("_", " "),
        data: { emoji: name },
        onpointerenter: tell,
        onfocus: tell,
        onclick: () => pick(name),
      },
      emojiChar(name),
    );
  }

  function pick(name) {
    remember(name);
    closePopover({ refocus: true });
    choose(name);
  }

  function intoGrid(event) {
    const first = body.querySelector(".emoji-cell");
    if (event.key === "ArrowDown") (event.preventDefault(), first?.focus());
    if (event.key === "Enter" && field.value) (event.preventDefault(), first && pick(first.dataset.emoji));
  }

  function keys(event) {
    const cells = [...body.querySelectorAll(".emoji-cell")];
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (!step) return;
    event.preventDefault();
    const to = cells.indexOf(document.activeElement) + step;
    if (to < 0) field.focus();
    else cells[Math.min(to, cells.length - 1)].focus();
  }

  draw();
  popover(anchor, h("div", { class: "emoji-picker" }, field, body, foot), {
    align: "end",
    side: "top",
    label: "Emoji",
    role: "dialog",
  });
  field.focus();
}

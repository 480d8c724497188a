/** Ctrl+K: jump to a channel, a person, a shortcut. */

import { avatar } from "./avatar.js";
import { dialog } from "./dialog.js";
import { shortcutItems } from "./composer.js";
import { h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { goTo } from "./routes.js";
import { channelName, emit, isAppChannel, state, userOf } from "./store.js";

let shown = false;

function entries() {
  const rooms = state.channels.map((one) => ({
    label: channelName(one),
    note: one.kind === "im" ? (userOf(one.user)?.title ?? "") : one.topic,
    icon:
      one.kind === "im"
        ? avatar(userOf(one.user), "tiny")
        : h("span", { class: "option-icon" }, icon(one.kind === "private" ? "lock" : "hash", 16)),
    run: () => goTo(one.id, isAppChannel(one) ? { tab: "home" } : {}),
  }));
  const known = new Set(state.channels.map((one) => one.user));
  const people = [...state.users.values()]
    .filter((user) => user.id !== state.me.id && !known.has(user.id))
    .map((user) => ({
      label: user.real_name,
      note: user.title,
      icon: avatar(user, "tiny"),
      run: () => emit("open-im", user.id),
    }));
  const shortcuts = shortcutItems().map((one) => ({
    ...one,
    note: one.hint,
    icon: h("span", { class: "option-icon" }, icon("bolt", 16)),
  }));
  return [...rooms, ...people, ...shortcuts];
}

export function openPalette() {
  if (shown) return;
  shown = true;
  const all = entries();
  const id = uid("palette");
  const list = h("div", { class: "options tall", role: "listbox", id, "aria-label": "Places" });
  const field = h("input", {
    class: "palette-field",
    type: "text",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": id,
    placeholder: "Jump to a channel, a person or a shortcut",
    "aria-label": "Jump to",
    autocomplete: "off",
    oninput: draw,
    onkeydown: keys,
  });
  let found = [];
  let active = 0;

  function draw() {
    const query = field.value.trim().toLowerCase();
    found = all
      .filter((one) => `${one.label} ${one.note}`.toLowerCase().includes(query))
      .sort(
        (a, b) =>
          Number(!a.label.toLowerCase().startsWith(query)) - Number(!b.label.toLowerCase().startsWith(query)),
      )
      .slice(0, 12);
    active = 0;
    paint();
  }

  function paint() {
    list.replaceChildren(
      ...found.map((one, at) =>
        h(
          "div",
          {
            class: at === active ? "option active" : "option",
            role: "option",
            id: `${id}-${at}`,
            "aria-selected": String(at === active),
            onclick: () => go(one),
          },
          one.icon,
          h(
            "span",
            { class: "option-text inline" },
            h("strong", {}, one.label),
            one.note && h("small", {}, one.note),
          ),
        ),
      ),
    );
    if (!found.length) list.replaceChildren(h("div", { class: "options-note" }, "Nothing by that name."));
    field.setAttribute("aria-activedescendant", `${id}-${active}`);
    list.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  function go(one) {
    box.close("done");
    one.run();
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && found[active]) (event.preventDefault(), go(found[active]));
    if (!step) return;
    event.preventDefault();
    active = (active + step + found.length) % Math.max(found.length, 1);
    paint();
  }

  const box = dialog({
    label: "Jump to",
    kind: "palette",
    body: [h("div", { class: "palette-head" }, icon("search", 18), field), list],
    onclose: () => (shown = false),
  });
  draw();
  field.focus();
}

/** Suggestions over the composer: commands with their hints, people, channels, emoji. */

import { avatar } from "./avatar.js";
import { h, uid } from "./dom.js";
import { icon } from "./icons.js";
import { appName, state } from "./store.js";
import { emojiChar, searchEmoji } from "./text/emoji.js";

const MOST = 8;

/** What could stand at the cursor: `{from, rows: [{insert, …}]}` or null. */
function suggestions(text, cursor) {
  const before = text.slice(0, cursor);
  if (/^\/\S*$/.test(before)) return commands(before);
  const word = /(^|[\s(])([@#:])([\p{L}\p{N}_+-]*)$/u.exec(before);
  if (!word) return null;
  const [, , sign, query] = word;
  const from = cursor - query.length - 1;
  const rows = { "@": people, "#": channels, ":": emoji }[sign](query.toLowerCase());
  return rows.length
    ? { from, rows: rows.slice(0, MOST), title: { "@": "People", "#": "Channels", ":": "Emoji" }[sign] }
    : null;
}

function commands(before) {
  const builtIn = [
    { command: "/invite", description: "Add somebody to this channel", usage_hint: "@name", own: true },
  ];
  const rows = [...state.commands, ...builtIn]
    .filter((one) => one.command.startsWith(before.toLowerCase()))
    .map((one) => ({
      insert: `${one.command} `,
      icon: one.own
        ? h("span", { class: "option-icon" }, icon("people", 15))
        : avatar(state.users.get(state.app.bot_user), "tiny"),
      label: one.command,
      hint: one.usage_hint,
      note: one.description,
      who: one.own ? "Sandbox" : appName(),
    }));
  return rows.length ? { from: 0, rows, title: "Commands" } : null;
}

function people(query) {
  return [...state.users.values()]
    .filter((user) => `${user.name} ${user.real_name}`.toLowerCase().includes(query))
    .map((user) => ({
      insert: `@${user.name} `,
      icon: avatar(user, "tiny"),
      label: user.real_name,
      note: user.title || user.name,
    }));
}

function channels(query) {
  return state.channels
    .filter((one) => one.kind !== "im" && one.name.includes(query))
    .map((one) => ({
      insert: `#${one.name} `,
      icon: h("span", { class: "option-icon" }, icon(one.kind === "private" ? "lock" : "hash", 15)),
      label: one.name,
      note: one.topic,
    }));
}

function emoji(query) {
  if (query.length < 2) return [];
  return searchEmoji(query, MOST).map((name) => ({
    insert: `${emojiChar(name)} `,
    icon: h("span", { class: "option-icon emoji" }, emojiChar(name)),
    label: `:${name}:`,
  }));
}

/** Attaches the list to a text field; `keydown` returns true when it took the key. */
export function completion(field, onchange) {
  const id = uid("complete");
  const box = h("div", { class: "complete", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  field.setAttribute("aria-controls", id);
  field.setAttribute("aria-autocomplete", "list");
  let found = null;
  let active = 0;

  function update() {
    found = suggestions(field.value, field.selectionStart);
    active = 0;
    draw();
  }

  function draw() {
    box.hidden = !found;
    field.setAttribute("aria-expanded", String(Boolean(found)));
    if (!found) return field.removeAttribute("aria-activedescendant");
    box.replaceChildren(h("div", { class: "options-group" }, found.title), ...found.rows.map(row));
    box.querySelector(".active")?.scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", `${id}-${active}`);
  }

  function row(one, at) {
    const props = {
      class: at === active ? "option active" : "option",
      role: "option",
      id: `${id}-${at}`,
      "aria-selected": String(at === active),
      onpointerdown: (event) => (event.preventDefault(), take(one)),
    };
    return h(
      "div",
      props,
      one.icon,
      h(
        "span",
        { class: "option-text inline" },
        h("strong", {}, one.label),
        one.hint && h("code", {}, one.hint),
        one.note && h("small", {}, one.note),
      ),
      one.who && h("span", { class: "option-who" }, one.who),
    );
  }

  function take(one) {
    const rest = field.value.slice(field.selectionStart).replace(/^ /, "");
    field.value = field.value.slice(0, found.from) + one.insert + rest;
    field.setSelectionRange(found.from + one.insert.length, found.from + one.insert.length);
    close();
    onchange();
    update();
  }

  function close() {
    found = null;
    draw();
  }

  function keydown(event) {
    if (!found) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) active = (active + step + found.rows.length) % found.rows.length;
    else if (
      event.key === "Tab" ||
      (event.key === "Enter" &&
        field.value.slice(0, field.selectionStart) !== found.rows[active].insert.trim())
    )
      take(found.rows[active]);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    if (step) draw();
    return true;
  }

  return { box, update, close, keydown };
}

/** The usage hint of the command that is being typed, or null. */
export function hintFor(text) {
  const [name] = text.split(" ");
  return state.commands.find((one) => one.command === name && text.length > name.length) ?? null;
}

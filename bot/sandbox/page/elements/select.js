/** Every select and multi select: one searchable list box, fed from options, people, channels or the app. */

import { debounce, h, uid } from "../dom.js";
import { icon } from "../icons.js";
import { closePopover, popover, replacePopover } from "../popover.js";
import { plain } from "../text/inline.js";
import { changed, named, start } from "./common.js";
import { initialOf, sourceOf } from "./options.js";

export function select(element, ctx, place) {
  const multi = element.type.startsWith("multi_");
  const source = sourceOf(element, ctx, place);
  const given = initialOf(element);
  for (const one of given) ctx.values.labels.set(one.value, one.label);
  const first = given.map((one) => one.value);
  let chosen = [].concat(start(element, ctx, place, multi ? first : (first[0] ?? null)) ?? []);
  const labelOf = (value) => source.label(value) ?? ctx.values.labels.get(value) ?? value;
  const face = h("span", { class: "select-face" });
  const node = h(
    "button",
    {
      class: multi ? "select multi" : "select",
      type: "button",
      role: "combobox",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      data: { action: element.action_id },
      ...named(element, place, "Choose"),
      onclick: toggle,
      onkeydown: (event) =>
        ["ArrowDown", "ArrowUp"].includes(event.key) && (event.preventDefault(), toggle()),
    },
    face,
    icon("down", 16),
  );

  function draw() {
    const empty = h(
      "span",
      { class: "placeholder" },
      element.placeholder?.text ?? (multi ? "Choose options" : "Choose an option"),
    );
    const chips = multi
      ? chosen.map((value) => h("span", { class: "chip" }, plain(labelOf(value))))
      : [h("span", {}, plain(labelOf(chosen[0])))];
    face.replaceChildren(...(chosen.length ? chips : [empty]));
  }

  async function choose(option) {
    const before = chosen;
    ctx.values.labels.set(option.value, option.label);
    if (multi)
      chosen = before.includes(option.value)
        ? before.filter((one) => one !== option.value)
        : [...before, option.value].slice(0, element.max_selected_items ?? 100);
    else chosen = [option.value];
    draw();
    replacePopover();
    if (multi) return;
    closePopover({ refocus: true });
    await keep(before);
  }

  async function keep(before) {
    if (String(before) === String(chosen)) return;
    if (await changed(element, ctx, place, multi ? chosen : (chosen[0] ?? null))) return;
    chosen = before;
    draw();
  }

  function toggle() {
    const before = chosen;
    const clear =
      place.optional && !multi && chosen.length
        ? () => ((chosen = []), draw(), closePopover({ refocus: true }), keep(before))
        : null;
    listBox(node, {
      source,
      multi,
      isChosen: (value) => chosen.includes(value),
      choose,
      clear,
      onclose: () => multi && keep(before),
    });
  }

  draw();
  return node;
}

/** The open list: a search field over options; the active one is marked, the focus stays in the field. */
function listBox(anchor, { source, multi, isChosen, choose, clear, onclose }) {
  const id = uid("list");
  const list = h("div", { class: "options", role: "listbox", id, "aria-multiselectable": String(multi) });
  const field = h("input", {
    class: "options-search",
    type: "text",
    placeholder: "Search",
    "aria-label": "Search the options",
    role: "searchbox",
    "aria-controls": id,
    autocomplete: "off",
    onkeydown: keys,
    oninput: () => fill(),
  });
  let active = 0;
  let rows = [];

  const fill = source.remote ? debounce(180, refill) : refill;
  async function refill() {
    if (source.remote)
      list.replaceChildren(
        h("div", { class: "options-note" }, h("span", { class: "spinner" }), "Asking the app…"),
      );
    const groups = await source.find(field.value.trim());
    rows = [];
    active = 0;
    list.replaceChildren(
      ...groups.flatMap(({ label, options }) =>
        [label && h("div", { class: "options-group" }, label), ...options.map(row)].filter(Boolean),
      ),
    );
    if (!rows.length)
      list.replaceChildren(h("div", { class: "options-note" }, source.failure?.() || "Nothing matches."));
    if (clear)
      list.prepend(
        h("button", { class: "option clear", type: "button", onclick: clear }, "Clear the choice"),
      );
    const chosenAt = rows.findIndex(([option]) => isChosen(option.value));
    move(Math.max(chosenAt, 0));
    replacePopover();
  }

  function row(option) {
    const at = rows.length;
    const node = h(
      "div",
      {
        class: "option",
        role: "option",
        id: `${id}-${at}`,
        "aria-selected": String(isChosen(option.value)),
        onpointermove: () => move(at),
        onclick: () => pick(at),
      },
      option.icon,
      h(
        "span",
        { class: "option-text" },
        plain(option.label),
        option.description && h("small", {}, plain(option.description)),
      ),
      h("span", { class: "option-check" }, icon("check", 15)),
    );
    rows.push([option, node]);
    return node;
  }

  function pick(at) {
    if (!rows[at]) return;
    choose(rows[at][0]);
    for (const [option, node] of rows) node.setAttribute("aria-selected", String(isChosen(option.value)));
  }

  function move(to) {
    rows[active]?.[1].classList.remove("active");
    active = rows.length ? (to + rows.length) % rows.length : 0;
    const node = rows[active]?.[1];
    node?.classList.add("active");
    node?.scrollIntoView({ block: "nearest" });
    if (node) field.setAttribute("aria-activedescendant", node.id);
  }

  function keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) move(active + step);
    else if (event.key === "Enter") pick(active);
    else if (event.key === "Tab") closePopover({ refocus: true });
    else return;
    if (event.key !== "Tab") event.preventDefault();
  }

  popover(
    anchor,
    h(
      "div",
      { class: "list-box", vars: { "--wide": `${anchor.offsetWidth}px` } },
      source.small ? h("div", { class: "quiet-search" }, field) : field,
      list,
    ),
    { onclose },
  );
  refill();
  field.focus();
}

/** One case in the list: closed a line and three outputs, open everything that is known of it. */

import { data } from "./data.js";
import { h } from "./dom.js";
import { letter, opposite, outcome } from "./outcome.js";
import { brief, shown } from "./text.js";

const VARIABLE = /(\{\{\s*[\w.]+\s*\}\})/;

export const anchor = (one) => `#case=${encodeURIComponent(one.id)}`;

/** A list item; `look` has `needle` and `arms`, `onToggle(one)` is told of a click. */
export function row(one, look, open, onToggle) {
  const node = h("li", { class: `row${open ? " is-open" : ""}`, "data-case": one.at });
  node.append(head(one, look, open, onToggle), ...(open ? [about(one, look)] : []), outcomes(one, look, open));
  return node;
}

function head(one, look, open, onToggle) {
  const button = h("button", { type: "button", class: "row-open", "aria-expanded": String(open), onclick: () => onToggle(one) });
  button.append(h("span", { class: "row-text", dir: "auto" }, shown(brief(one.text, 400), look.needle)));
  return h("div", { class: "row-head" }, button, h("a", { class: "row-id", href: anchor(one), title: "Link to this case" }, shown(one.id, look.needle)));
}

function outcomes(one, look, open) {
  return h(
    "div",
    { class: "outcomes", vars: { "--arms": Math.min(look.arms.length, 4) } },
    look.arms.map((arm) => outcome(one, arm, { open, needle: look.needle, against: opposite(one, arm) })),
  );
}

function about(one, look) {
  const vars = Object.entries(one.vars).filter(([, value]) => value !== one.text || Object.keys(one.vars).length > 1);
  const chips = [...Object.entries(one.slices).map(([name, value]) => `${name}: ${value}`), one.origin, one.made && "made up, not from a log"];
  return h(
    "div",
    { class: "told" },
    h("div", { class: "chips" }, chips.filter(Boolean).map((text) => h("span", { class: "chip" }, shown(text)))),
    vars.length ? h("dl", {}, vars.map(([name, value]) => [h("dt", {}, name), h("dd", { dir: "auto" }, shown(value, look.needle))])) : null,
    one.checks.length ? h("details", {}, h("summary", {}, `What was asked for (${one.checks.length})`), h("ul", {}, one.checks.map((text) => h("li", {}, shown(text))))) : null,
    prompts(one, look),
  );
}

/** Each template once, with the arms that use it and plain variables filled in. */
function prompts(one, look) {
  const texts = new Map();
  for (const arm of look.arms) texts.set(data.arms[arm].template, [...(texts.get(data.arms[arm].template) ?? []), arm]);
  return [...texts].map(([text, arms]) =>
    h("details", {}, h("summary", {}, "Prompt of ", arms.map((arm) => [letter(arm), " "]), "(plain variables filled in)"), h("pre", { dir: "auto" }, filled(text, one.vars))),
  );
}

function filled(template, vars) {
  return template.split(VARIABLE).map((piece) => {
    const name = VARIABLE.test(piece) ? piece.slice(2, -2).trim() : null;
    return name !== null && Object.hasOwn(vars, name) ? h("var", {}, shown(vars[name])) : shown(piece);
  });
}

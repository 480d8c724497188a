/** Which cases are shown, in which order, with which arms. */

import { data, dearest, haystack, lowest, slowest } from "./data.js";
import { byId, h } from "./dom.js";
import { letter } from "./outcome.js";

const KINDS = [
  ["all", "All", () => true],
  ["differ", "Differ", (one) => one.differ],
  ["failed", data.arms.length > 2 ? "All fail" : data.arms.length > 1 ? "Both fail" : "Fail", (one) => one.failed],
  ["flaky", "Flaky", (one) => one.flaky],
  ["errors", "Errors", (one) => one.erred],
];
const ORDERS = [
  ["planned", "as planned", null],
  ["gap", "largest gap", (a, b) => b.gap - a.gap],
  ["lowest", "lowest score", (a, b) => lowest(a) - lowest(b)],
  ["slowest", "slowest", (a, b) => slowest(b) - slowest(a)],
  ["dearest", "most expensive", (a, b) => dearest(b) - dearest(a)],
];
const MOST_ARMS = 4; // side by side; the rest wait to be chosen

export class Filters {
  constructor(onChange) {
    this.chosen = { kind: "all", slice: "", failing: "", order: "planned", text: "", arms: firstArms() };
    this.onChange = onChange;
    this.build();
  }

  build() {
    byId("filters").hidden = data.cases.length === 0;
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    byId("search").addEventListener("input", (event) => this.later(event.target.value));
    this.segments();
    byId("selects").replaceChildren(
      ...[this.slices(), this.failing(), this.select("Order", "order", ORDERS.map(([key, name]) => [key, name])), this.arms()].filter(Boolean),
    );
  }

  later(text) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.set({ text: text.trim().toLowerCase() }), 120);
  }

  set(change) {
    Object.assign(this.chosen, change);
    for (const button of byId("show").children) button.setAttribute("aria-pressed", String(button.dataset.kind === this.chosen.kind));
    for (const select of byId("selects").querySelectorAll("select")) select.value = this.chosen[select.dataset.name];
    this.onChange();
  }

  clear() {
    byId("search").value = "";
    this.set({ kind: "all", slice: "", failing: "", text: "" });
  }

  get look() {
    return { needle: this.chosen.text, arms: this.chosen.arms };
  }

  cases() {
    const { kind, slice, failing, text, order } = this.chosen;
    const test = KINDS.find(([key]) => key === kind)[2];
    const [column, value] = slice ? JSON.parse(slice) : [];
    const found = data.cases.filter(
      (one) =>
        test(one) &&
        (!slice || one.slices[column] === value) &&
        (failing === "" || ["fail", "mixed", "error"].includes(one.states[Number(failing)])) &&
        (!text || haystack(one).includes(text)),
    );
    const compare = ORDERS.find(([key]) => key === order)[2];
    return compare ? found.sort(compare) : found;
  }

  segments() {
    const buttons = KINDS.map(([key, name, test]) => {
      const number = data.cases.filter(test).length;
      if (key === "flaky" && data.repeats < 2) return null;
      if (key === "differ" && data.arms.length < 2) return null;
      return h("button", { type: "button", "data-kind": key, "aria-pressed": String(key === "all"), disabled: !number, onclick: () => this.set({ kind: key }) }, name, h("b", {}, number.toLocaleString("en")));
    });
    byId("show").replaceChildren(...buttons.filter(Boolean));
  }

  slices() {
    const pairs = new Map();
    for (const one of data.cases) for (const pair of Object.entries(one.slices)) pairs.set(JSON.stringify(pair), pair);
    if (!pairs.size) return null;
    const sorted = [...pairs].sort(([, a], [, b]) => a.join(" ").localeCompare(b.join(" ")));
    return this.select("Slice", "slice", [["", "all"], ...sorted.map(([key, [column, value]]) => [key, `${column}: ${value}`])]);
  }

  failing() {
    return this.select("Fails in", "failing", [["", "any or none"], ...data.arms.map((arm, at) => [String(at), `${arm.key} · ${arm.id}`])]);
  }

  select(label, name, options) {
    const select = h("select", { "data-name": name, onchange: (event) => this.set({ [name]: event.target.value }) }, options.map(([value, text]) => h("option", { value }, text)));
    return h("label", {}, label, select);
  }

  arms() {
    if (data.arms.length < 2) return null;
    const toggle = (at) => {
      const had = this.chosen.arms.includes(at);
      const arms = had ? this.chosen.arms.filter((one) => one !== at) : [...this.chosen.arms, at].sort((a, b) => a - b);
      if (!arms.length) return;
      group.querySelectorAll("button")[at].setAttribute("aria-pressed", String(!had));
      this.set({ arms });
    };
    const group = h(
      "div",
      { class: "arm-toggles", role: "group", "aria-label": "Arms side by side" },
      "Arms",
      data.arms.map((arm, at) => h("button", { type: "button", "aria-pressed": String(this.chosen.arms.includes(at)), "aria-label": arm.id, onclick: () => toggle(at) }, letter(at))),
    );
    return group;
  }
}

function firstArms() {
  const wanted = [data.base, data.choice, ...data.arms.map((_, at) => at)].filter((at) => at >= 0);
  return [...new Set(wanted)].slice(0, MOST_ARMS).sort((a, b) => a - b);
}

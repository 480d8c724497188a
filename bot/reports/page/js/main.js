/** Starts the page: lessons, filters, list, keys, and the case that the address names. */

import { data } from "./data.js";
import { byId, h } from "./dom.js";
import { Filters } from "./filters.js";
import { listen } from "./keys.js";
import { List } from "./list.js";
import { outcome } from "./outcome.js";
import { anchor } from "./row.js";
import { brief, shown } from "./text.js";
import { merged } from "./words.js";

const LESSONS = 5;
const PRINTED = 300; // cases on paper

const list = new List();
const filters = new Filters(() => list.show(filters.cases(), filters.look));
list.show(filters.cases(), filters.look);
listen(list);
lessons();
prompts();
follow();
addEventListener("hashchange", follow);
addEventListener("beforeprint", () => list.first(PRINTED));
for (const button of document.querySelectorAll(".slice"))
  button.addEventListener("click", () => {
    filters.set({ slice: JSON.stringify([button.dataset.column, button.dataset.value]), kind: "all" });
    byId("cases").scrollIntoView();
  });

/** The most instructive cases: the baseline and the arm that is farthest from it. */
function lessons() {
  const chosen = data.disagreements.slice(0, LESSONS).map((at) => data.cases[at]);
  byId("disagreements").hidden = !chosen.length;
  byId("disagreement-list").append(...chosen.map(lesson));
}

function lesson(one) {
  const [left, right] = [data.base, farthest(one)];
  const text = (arm) => one.arms[arm][0]?.output ?? "";
  const side = (arm, other, kind) => outcome(one, arm, { open: true, against: text(other), kind });
  return h(
    "article",
    { class: "lesson" },
    h("div", { class: "lesson-head" }, h("h3", { dir: "auto" }, shown(brief(one.text, 240))), h("a", { class: "row-id", href: anchor(one) }, one.id)),
    h("div", { class: "outcomes", vars: { "--arms": 2 } }, side(left, right, "gone"), side(right, left, "new")),
  );
}

function farthest(one) {
  const base = one.scores[data.base] ?? 0;
  const others = data.arms.map((_, at) => at).filter((at) => at !== data.base && one.scores[at] !== null);
  const apart = (at) => Math.abs(one.scores[at] - base) + (at === data.choice ? 1e-6 : 0);
  return others.reduce((best, at) => (apart(at) > apart(best) ? at : best), others[0] ?? data.base);
}

function prompts() {
  for (const node of document.querySelectorAll("pre[data-against]"))
    node.replaceChildren(...merged(byId(node.dataset.against).textContent, node.textContent).flat(Infinity));
}

/** #case=T-901 opens that case, whatever the filters were. */
function follow() {
  const name = /^#case=(.+)$/.exec(location.hash)?.[1];
  if (!name) return;
  const wanted = decoded(name);
  const one = data.cases.find((each) => each.id === wanted);
  if (!one) return;
  if (!list.cases.includes(one)) filters.clear();
  list.toggle(one, true);
  list.focus(list.cases.indexOf(one));
  list.node.children[list.cases.indexOf(one)].scrollIntoView({ block: "start", behavior: "instant" });
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

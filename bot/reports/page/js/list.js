/** The list of cases: a row is drawn when it comes near the window, so that thousands open at once. */

import { data } from "./data.js";
import { byId, h } from "./dom.js";
import { row } from "./row.js";
import { count } from "./text.js";

const NEAR = "900px";
const FIRST = 8; // drawn without waiting for the window

export class List {
  /** `look` is what rows depend on: the needle and the arms that are shown. */
  constructor() {
    this.node = byId("rows");
    this.look = { needle: "", arms: [] };
    this.cases = [];
    this.open = new Set();
    this.near = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => this.fill(one.target)), { rootMargin: NEAR });
  }

  show(cases, look) {
    this.cases = cases;
    this.look = look;
    this.near.disconnect();
    const places = cases.map((one) => h("li", { class: "row is-pending", "data-case": one.at }));
    this.node.replaceChildren(...places);
    for (const place of places) this.near.observe(place);
    this.first(FIRST);
    byId("count").textContent =
      cases.length === data.cases.length ? count(cases.length, "case") : `${cases.length.toLocaleString("en")} of ${count(data.cases.length, "case")}`;
    byId("none").hidden = cases.length > 0;
    byId("none").textContent = data.cases.length ? "No case is like that." : "There are no cases.";
  }

  /** The row in place of `place`, which may be drawn already. */
  fill(place, again = false) {
    if (!again && !place.classList.contains("is-pending")) return place;
    this.near.unobserve(place);
    const one = data.cases[place.dataset.case];
    const drawn = row(one, this.look, this.open.has(one.at), (chosen) => this.toggle(chosen));
    place.replaceWith(drawn);
    return drawn;
  }

  first(many) {
    for (const place of [...this.node.children].slice(0, many)) this.fill(place);
  }

  toggle(one, wanted = !this.open.has(one.at)) {
    if (wanted) this.open.add(one.at);
    else this.open.delete(one.at);
    const at = this.cases.indexOf(one);
    if (at < 0) return;
    const had = this.node.children[at].contains(document.activeElement);
    this.fill(this.node.children[at], true);
    if (had) this.focus(at);
  }

  /** Puts the focus on the case at a place in the list. */
  focus(at) {
    if (at < 0 || at >= this.cases.length) return;
    const drawn = this.fill(this.node.children[at]);
    drawn.querySelector(".row-open").focus({ preventScroll: true });
    drawn.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** The place of the case that has the focus, -1 if none. */
  here() {
    const node = document.activeElement?.closest?.(".row");
    return node ? [...this.node.children].indexOf(node) : -1;
  }
}

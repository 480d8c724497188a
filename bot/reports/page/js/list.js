/** The list of cases: drawn in pieces as one scrolls, so that thousands open at once. */

import { data } from "./data.js";
import { byId } from "./dom.js";
import { row } from "./row.js";
import { count } from "./text.js";

const PIECE = 40;

export class List {
  /** `look` is what rows depend on: the needle and the arms that are shown. */
  constructor() {
    this.node = byId("rows");
    this.look = { needle: "", arms: data.arms.map((_, at) => at) };
    this.cases = [];
    this.open = new Set();
    new IntersectionObserver(([seen]) => seen.isIntersecting && this.grow(), { rootMargin: "1200px" }).observe(byId("more"));
  }

  show(cases, look) {
    this.cases = cases;
    this.look = look;
    this.node.replaceChildren();
    this.grow();
    byId("count").textContent =
      cases.length === data.cases.length ? count(cases.length, "case") : `${cases.length.toLocaleString("en")} of ${count(data.cases.length, "case")}`;
    byId("none").hidden = cases.length > 0;
    byId("none").textContent = data.cases.length ? "No case is like that." : "There are no cases.";
  }

  /** Draws up to the case at `until`, at least one more piece. */
  grow(until = this.node.childElementCount) {
    const [from, to] = [this.node.childElementCount, Math.max(until + 1, this.node.childElementCount + PIECE)];
    this.node.append(...this.cases.slice(from, to).map((one) => this.draw(one)));
  }

  draw(one) {
    return row(one, this.look, this.open.has(one.at), (chosen) => this.toggle(chosen));
  }

  toggle(one, wanted = !this.open.has(one.at)) {
    if (wanted) this.open.add(one.at);
    else this.open.delete(one.at);
    const at = this.cases.indexOf(one);
    if (at < 0) return;
    if (at >= this.node.childElementCount) this.grow(at);
    const had = this.node.children[at].contains(document.activeElement);
    this.node.children[at].replaceWith(this.draw(one));
    if (had) this.focus(at);
  }

  /** Puts the focus on the case at a place in the list. */
  focus(at) {
    if (at < 0 || at >= this.cases.length) return;
    if (at >= this.node.childElementCount) this.grow(at);
    const button = this.node.children[at].querySelector(".row-open");
    button.focus({ preventScroll: true });
    this.node.children[at].scrollIntoView({ block: "nearest" });
  }

  /** The place of the case that has the focus, -1 if none. */
  here() {
    const node = document.activeElement?.closest?.(".row");
    return node ? [...this.node.children].indexOf(node) : -1;
  }
}

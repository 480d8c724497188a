/** The keyboard: j and k walk, / searches, ? explains. */

import { byId } from "./dom.js";

export function listen(list) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key === "Escape" && typing) return typing.blur();
    if (typing) return;
    const done = KEYS[event.key]?.(list);
    if (done !== undefined) event.preventDefault();
  });
  byId("keys-open").addEventListener("click", () => byId("keys").showModal());
}

const KEYS = {
  j: (list) => (list.focus(Math.min(list.here() + 1, list.cases.length - 1)), true),
  k: (list) => (list.focus(Math.max(list.here() - 1, 0)), true),
  "/": () => (byId("search").focus(), byId("search").select(), true),
  "?": () => (byId("keys").showModal(), true),
  Escape: (list) => {
    const at = list.here();
    if (at < 0) return undefined;
    list.toggle(list.cases[at], false);
    return true;
  },
};

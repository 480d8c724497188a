/** Things that float beside what opened them: menus, pickers, tooltips. */

import { h } from "./dom.js";

const GAP = 6;
const EDGE = 8;
let open = null;

/** Shows `content` beside `anchor`; closes on Escape, a click elsewhere or a second call. Returns its closer. */
export function popover(
  anchor,
  content,
  { align = "start", side = "bottom", label = "", role, onclose = () => {} } = {},
) {
  const reopening = open?.anchor === anchor;
  closePopover();
  if (reopening) return () => {};
  const box = h(
    "div",
    { class: "popover", popover: "manual", role, "aria-label": label || undefined },
    content,
  );
  (anchor.closest("dialog") ?? document.body).append(box);
  box.showPopover();
  place(box, anchor, align, side);
  anchor.setAttribute("aria-expanded", "true");
  open = { anchor, box, onclose, align, side };
  return closePopover;
}

function follow() {
  if (!open) return;
  if (open.anchor.isConnected) place(open.box, open.anchor, open.align, open.side);
  else closePopover();
}

export function closePopover({ refocus = false } = {}) {
  if (!open) return;
  const { anchor, box, onclose } = open;
  open = null;
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  onclose();
  if (refocus) anchor.focus();
}

export const replacePopover = follow;
export const popoverOpen = () => Boolean(open);

export function place(box, anchor, align = "start", side = "bottom") {
  const from = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const left =
    align === "end"
      ? from.right - width
      : align === "center"
        ? from.left + (from.width - width) / 2
        : from.left;
  const below = from.bottom + GAP;
  const above = from.top - height - GAP;
  const fitsBelow = below + height <= innerHeight - EDGE;
  const top = side === "top" ? (above >= EDGE ? above : below) : fitsBelow || above < EDGE ? below : above;
  box.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.box.contains(event.target) && !open.anchor.contains(event.target)) closePopover();
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      closePopover({ refocus: true });
    }
  },
  true,
);

addEventListener("resize", () => closePopover());
document.addEventListener(
  "scroll",
  (event) => {
    if (open && event.target.contains?.(open.anchor)) follow();
  },
  true,
);

/** A menu: `items` are {label, icon?, hint?, danger?, run} or "-"; arrows move, Enter chooses. */
export function menu(anchor, items, options = {}) {
  const rows = items.map((item) =>
    item === "-" ? h("div", { class: "menu-rule", role: "separator" }) : menuRow(item),
  );
  const list = h(
    "div",
    { class: "menu", onkeydown: (event) => steer(event, list) },
    options.title && h("div", { class: "menu-title" }, options.title),
    rows,
  );
  popover(anchor, list, { role: "menu", ...options });
  list.querySelector("[role^=menuitem]")?.focus();
}

function menuRow({ label, icon, hint, danger, checked, run }) {
  const chosen = () => {
    closePopover({ refocus: true });
    run();
  };
  const role = checked === undefined ? "menuitem" : "menuitemradio";
  const props = {
    class: danger ? "menu-item danger" : "menu-item",
    type: "button",
    role,
    tabindex: "-1",
    onclick: chosen,
  };
  if (checked !== undefined) props["aria-checked"] = String(checked);
  return h(
    "button",
    props,
    icon && h("span", { class: "menu-icon" }, icon),
    h("span", { class: "menu-label" }, label, hint && h("small", {}, hint)),
    checked && h("span", { class: "menu-check" }, "✓"),
  );
}

/** Arrow keys, Home and End among the items of a list. */
export function steer(event, list, selector = "[role^=menuitem]") {
  const items = [...list.querySelectorAll(selector)];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === "Tab") closePopover({ refocus: true });
  if (to === undefined || !items.length) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}

/** Tooltips: whatever carries data-tip shows it on hover and on keyboard focus. */
export function watchTips() {
  const tip = h("div", { class: "tip", role: "tooltip", popover: "manual" });
  document.body.append(tip);
  let timer;
  const hide = () => {
    clearTimeout(timer);
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = (target, wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!target.isConnected || open?.anchor === target) return;
      (target.closest("dialog") ?? document.body).append(tip);
      tip.textContent = target.dataset.tip;
      tip.showPopover();
      place(tip, target, "center", "top");
    }, wait);
  };
  document.addEventListener("pointerover", (event) => {
    const target = event.target.closest?.("[data-tip]");
    hide();
    if (target) show(target, 350);
  });
  document.addEventListener("focusin", (event) => {
    hide();
    if (event.target.matches("[data-tip]:focus-visible")) show(event.target, 150);
  });
  for (const kind of ["pointerdown", "keydown", "focusout"]) document.addEventListener(kind, hide);
}

/** The bar at the top: the page's own name, the way to jump, and whether the sandbox answers. */

import { h, refill } from "./dom.js";
import { icon } from "./icons.js";
import { openPalette } from "./palette.js";
import { state } from "./store.js";
import { nextTheme, themeName } from "./theme.js";

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

export function drawTopbar() {
  const bar = document.getElementById("topbar");
  refill(bar, [state.team.name, state.online, themeName(), document.documentElement.dataset.theme], fill);
}

function fill() {
  const jump = h(
    "button",
    { class: "jump-bar", type: "button", "aria-keyshortcuts": "Control+K", onclick: openPalette },
    icon("search", 15),
    h("span", {}, `Search ${state.team.name || "the workspace"}`),
    h("kbd", {}, mac ? "⌘ K" : "Ctrl K"),
  );
  const offline =
    !state.online &&
    h("span", { class: "offline", role: "status" }, h("span", { class: "spinner" }), "Reconnecting…");
  const mark = h("img", { src: "icon.svg", alt: "", width: "22", height: "22" });
  return [
    h("div", { class: "brand" }, mark, "Sandbox"),
    jump,
    h("div", { class: "topbar-end" }, offline, themeButton()),
  ];
}

const LOOKS = { system: "as the system", light: "light", dark: "dark" };

function themeButton() {
  const words = `Theme: ${LOOKS[themeName()]}`;
  const dark = document.documentElement.dataset.theme === "dark";
  return h(
    "button",
    {
      class: "icon-button theme",
      type: "button",
      "aria-label": words,
      data: { tip: words, key: "theme" },
      onclick: nextTheme,
    },
    icon(dark ? "moon" : "sun", 17),
  );
}

/** Light, dark, or as the system has it; kept on this machine. */

import { emit } from "./store.js";

const KEY = "sandbox.theme";
const ORDER = ["system", "light", "dark"];
const system = matchMedia("(prefers-color-scheme: dark)");

export const themeName = () =>
  ORDER.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "system";

export function applyTheme() {
  const name = themeName();
  const dark = name === "dark" || (name === "system" && system.matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

export function nextTheme() {
  localStorage.setItem(KEY, ORDER[(ORDER.indexOf(themeName()) + 1) % ORDER.length]);
  applyTheme();
  emit("me");
}

system.addEventListener("change", applyTheme);

/** App Home: what the app published for this person, and what it is. */

import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { renderBlocks } from "./blocks/index.js";
import { h } from "./dom.js";
import { Values } from "./elements/common.js";
import { icon } from "./icons.js";
import { shortcutItems } from "./composer.js";
import { appName, emit, state, userOf } from "./store.js";

let values = new Values();
let owner = "";

export function homeView() {
  if (owner !== state.me?.id) {
    owner = state.me?.id;
    values = new Values();
  }
  if (state.home === undefined) return h("div", { class: "home" }, skeleton());
  if (state.home === null) return h("div", { class: "home" }, nothing());
  const origin = { view_id: state.home.id };
  const ctx = {
    surface: "home",
    origin,
    values,
    act: (what) => act("click", { ...origin, ...what, state: values.collect() }),
  };
  return h(
    "div",
    { class: "home", tabindex: "0", role: "region", "aria-label": `${appName()}, Home` },
    h("div", { class: "home-inner" }, renderBlocks(state.home.blocks, ctx)),
  );
}

function skeleton() {
  return h(
    "div",
    { class: "home-inner", "aria-label": "Loading" },
    [40, 90, 76, 0, 55, 84].map((wide) =>
      wide ? h("span", { class: "skeleton bar", vars: { "--wide": `${wide}%` } }) : h("hr"),
    ),
  );
}

function nothing() {
  const text = state.sockets
    ? `${appName()} has not put anything here for you yet.`
    : "No app is connected, so there is nobody to fill this page.";
  return h(
    "div",
    { class: "empty" },
    avatar(userOf(state.app.bot_user), "large"),
    h("h2", {}, "This is App Home"),
    h("p", {}, text),
  );
}

export function aboutView() {
  const commands = state.commands.map((one) =>
    h(
      "li",
      {},
      h("code", {}, one.command),
      h("span", {}, one.description),
      one.usage_hint && h("small", {}, one.usage_hint),
    ),
  );
  const shortcuts = shortcutItems().map((one) =>
    h(
      "li",
      {},
      h("button", { class: "button small", type: "button", onclick: one.run }, icon("bolt", 14), one.label),
    ),
  );
  return h(
    "div",
    { class: "home", tabindex: "0" },
    h(
      "div",
      { class: "home-inner about" },
      h(
        "div",
        { class: "about-head" },
        avatar(userOf(state.app.bot_user), "large"),
        h(
          "div",
          {},
          h("h2", {}, appName()),
          h("p", {}, state.app.description || "This app has not said what it does."),
        ),
      ),
      h("h3", {}, "Connection"),
      h(
        "p",
        {},
        state.sockets
          ? `Connected over ${state.sockets} socket${state.sockets > 1 ? "s" : ""}.`
          : "Not connected over Socket Mode.",
      ),
      h("h3", {}, "Slash commands"),
      commands.length ? h("ul", { class: "about-list" }, commands) : h("p", {}, "None yet."),
      shortcuts.length > 0 && [h("h3", {}, "Shortcuts"), h("ul", { class: "about-list" }, shortcuts)],
      h("button", { class: "button", type: "button", onclick: () => emit("tab", "messages") }, "Write to it"),
    ),
  );
}

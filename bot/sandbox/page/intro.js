/** What stands at the top of a channel: what it is, and on the first visit what one can do here. */

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { goTo } from "./routes.js";
import { appName, channelName, emit, isAppChannel, state, userOf } from "./store.js";

const SEEN = "sandbox.welcomed";

export function emptyIntro(channel) {
  if (channel.kind !== "im")
    return h(
      "div",
      { class: "intro" },
      h("span", { class: "intro-sign" }, icon(channel.kind === "private" ? "lock" : "hash", 26)),
      h("h2", {}, channel.name),
      h("p", {}, channel.topic || "Nobody has said anything here yet. Be the first."),
      welcome(),
    );
  const user = userOf(channel.user);
  const words = isAppChannel(channel)
    ? state.app.description || `Write to ${appName()}; what you say here, only you two see.`
    : `This is the beginning of your conversation with ${channelName(channel)}.`;
  return h(
    "div",
    { class: "intro" },
    avatar(user, "large"),
    h("h2", {}, channelName(channel)),
    h("p", {}, words),
    isAppChannel(channel) && welcome(),
  );
}

let greeted = { key: "", node: null };

/** The same under the newest message, where it is seen; the same node while nothing in it changes. */
export function greeting(channel) {
  if (channel.kind === "im" || localStorage.getItem(SEEN)) return null;
  const key = `${appName()}/${state.commands[0]?.command}/${state.team.name}`;
  if (greeted.key !== key) greeted = { key, node: h("div", { class: "intro with-messages" }, welcome()) };
  return greeted.node;
}

export const welcomed = () => localStorage.setItem(SEEN, "yes");

/** Three things to try, until they are put away. */
function welcome() {
  if (localStorage.getItem(SEEN)) return null;
  const command = state.commands[0]?.command;
  const app = state.channels.find(isAppChannel);
  const away = () => {
    welcomed();
    emit("redraw");
  };
  return h(
    "section",
    { class: "welcome", "aria-label": "What you can do here" },
    h(
      "header",
      {},
      h("h3", {}, `Welcome to ${state.team.name}`),
      h(
        "p",
        {},
        "An invented workspace on your own machine. Everything works as it would in the real one; this page talks to nothing but your own computer.",
      ),
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": "Put this away", onclick: away },
        icon("close", 15),
      ),
    ),
    h(
      "ul",
      {},
      step(
        "bolt",
        command ? [`Type `, h("kbd", {}, command)] : "Connect an app",
        command
          ? `${appName()} shows what it can do while you type.`
          : "Start one against this sandbox; its commands appear here by themselves.",
        () => emit("type", command ? `${command} ` : "/"),
      ),
      step(
        "star",
        `Visit ${appName()}`,
        "Its Home has what waits for you.",
        () => app && goTo(app.id, { tab: "home" }),
      ),
      step("people", "Be somebody else", "Switch at the bottom left; roles matter.", () =>
        document.querySelector(".me-button")?.click(),
      ),
    ),
  );
}

function step(name, title, text, run) {
  return h(
    "li",
    {},
    h(
      "button",
      { class: "step", type: "button", onclick: run },
      icon(name, 20),
      h("span", {}, h("strong", {}, title), h("small", {}, text)),
    ),
  );
}

/** "Plumbline is thinking…": what an app says it is doing, under the messages. */

import { h } from "./dom.js";
import { avatar } from "./avatar.js";
import { appName, state, userOf } from "./store.js";

export const statusKey = (channel, thread) => `${channel}:${thread || ""}`;

export function statusLine(channel, thread) {
  const node = h("div", { class: "status-line", role: "status" });
  function draw() {
    const text = state.statuses.get(statusKey(channel, thread));
    const shown = text
      ? [
          avatar(userOf(state.app.bot_user), "tiny"),
          h("span", {}, `${appName()} ${text.replace(/(…|\.{3})$/, "")}`),
          h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
        ]
      : [];
    node.replaceChildren(...shown);
  }
  return { node, draw };
}

/** The panel on the right: one thread. */

import { composer } from "./composer.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { messageList } from "./messages.js";
import { closeThread } from "./routes.js";
import { channelName, channelOf, listed, state } from "./store.js";
import { statusLine } from "./status.js";

let open = null;

/** Shows, redraws or hides the panel as the state says. */
export function drawThread() {
  const side = document.getElementById("side");
  const key = state.thread && `${state.channel}/${state.thread}/${state.me?.id}`;
  document.getElementById("frame").classList.toggle("with-side", Boolean(key));
  side.hidden = !key;
  if (!key) {
    side.replaceChildren();
    open = null;
    return;
  }
  if (open?.key !== key) open = build(side, key);
  const empty =
    !listed(state.channel, state.thread).length &&
    h("div", { class: "side-empty" }, "This thread is empty, or its first message is gone.");
  open.list.draw({ after: empty || null });
  open.status.draw();
}

function build(side, key) {
  const list = messageList({ root: state.thread, label: "Thread" });
  const status = statusLine(state.channel, state.thread);
  const channel = channelOf(state.channel);
  const where = channel?.kind === "im" ? channelName(channel) : `#${channelName(channel)}`;
  side.replaceChildren(
    h(
      "header",
      { class: "side-head" },
      h("div", {}, h("h2", {}, "Thread"), h("small", {}, where)),
      h(
        "button",
        {
          class: "icon-button",
          type: "button",
          "aria-label": "Close the thread",
          data: { tip: "Close" },
          onclick: closeThread,
        },
        icon("close"),
      ),
    ),
    list.node,
    status.node,
    composer({ channel: state.channel, thread: state.thread, placeholder: "Reply…" }).node,
  );
  return { key, list, status };
}

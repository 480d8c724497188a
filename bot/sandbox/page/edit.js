/** Changing one's own message. */

import { act, sentence } from "./api.js";
import { dialog, toast } from "./dialog.js";
import { h } from "./dom.js";
import { nameOf, userOf, channelOf } from "./store.js";
import { unescape } from "./text/inline.js";

/** Slack's entities as a person types them. */
function typed(text) {
  const people = text.replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id) => `@${userOf(id)?.name ?? nameOf(id)}`);
  const channels = people.replace(
    /<#(\w+)(?:\|([^>]*))?>/g,
    (_, id, label) => `#${channelOf(id)?.name ?? label ?? id}`,
  );
  return unescape(channels.replace(/<([a-z][^|>]*)(?:\|[^>]*)?>/g, "$1"));
}

export function editMessage({ channel, message }) {
  const field = h("textarea", {
    class: "field",
    rows: "5",
    value: typed(message.text ?? ""),
    "aria-label": "Message",
    onkeydown: (event) => event.key === "Enter" && !event.shiftKey && (event.preventDefault(), save()),
  });
  const box = dialog({
    title: "Edit message",
    body: field,
    kind: "small",
    foot: [
      h("button", { class: "button", type: "button", onclick: () => box.close() }, "Cancel"),
      h("button", { class: "button primary", type: "button", onclick: () => save() }, "Save"),
    ],
  });
  field.focus();
  async function save() {
    const answer = await act("edit", { channel, ts: message.ts, text: field.value.trim() });
    if (answer.ok) box.close("done");
    else toast(sentence(answer.error), "error");
  }
}

/** Reactions under a message. */

import { act, sentence } from "./api.js";
import { toast } from "./dialog.js";
import { h } from "./dom.js";
import { emojiPicker } from "./emoji_picker.js";
import { icon } from "./icons.js";
import { nameOf, state } from "./store.js";
import { emojiNode } from "./text/emoji.js";

export async function react(channel, message, name, on = true) {
  const answer = await act("react", { channel, ts: message.ts, name, on });
  if (!answer.ok && answer.error !== "already_reacted") toast(sentence(answer.error), "error");
}

export function reactionRow(channel, message) {
  const reactions = (message.reactions ?? []).filter((one) => one.users?.length);
  if (!reactions.length) return null;
  return h(
    "div",
    { class: "reactions" },
    reactions.map((one) => reaction(channel, message, one)),
    h(
      "button",
      {
        class: "reaction add",
        type: "button",
        "aria-label": "Add a reaction",
        "aria-expanded": "false",
        data: { tip: "Add a reaction" },
        onclick: (event) => emojiPicker(event.currentTarget, (name) => react(channel, message, name)),
      },
      icon("smile", 16),
    ),
  );
}

function reaction(channel, message, { name, users, count }) {
  const mine = users.includes(state.me?.id);
  const who = `${people(users)} reacted with :${name}:`;
  return h(
    "button",
    {
      class: mine ? "reaction mine" : "reaction",
      type: "button",
      "aria-pressed": String(mine),
      "aria-label": `${name}, ${count}. ${who}`,
      data: { tip: who, reaction: name },
      onclick: () => react(channel, message, name, !mine),
    },
    emojiNode(name),
    h("span", { class: "reaction-count" }, String(count ?? users.length)),
  );
}

function people(users) {
  const names = users.map((id) => (id === state.me?.id ? "You" : nameOf(id)));
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
}

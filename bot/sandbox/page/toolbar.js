/** What appears over a message: quick reactions, reply, and the menu of more actions. */

import { act, mine, sentence } from "./api.js";
import { ask, toast } from "./dialog.js";
import { h } from "./dom.js";
import { emojiPicker, favourites } from "./emoji_picker.js";
import { icon } from "./icons.js";
import { menu } from "./popover.js";
import { react } from "./reactions.js";
import { openThread } from "./routes.js";
import { appName, channelOf, emit, state } from "./store.js";
import { emojiNode } from "./text/emoji.js";

export function toolbar(channel, message, { inThread = false } = {}) {
  if (message.ephemeral)
    return h(
      "div",
      { class: "toolbar" },
      tool("close", "Dismiss message", () => remove(channel, message)),
    );
  const quick = favourites().map((name) =>
    h(
      "button",
      {
        class: "tool",
        type: "button",
        tabindex: "-1",
        "aria-label": `React with ${name}`,
        data: { tip: `:${name}:` },
        onclick: () => react(channel, message, name),
      },
      emojiNode(name),
    ),
  );
  return h(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": "Message actions", onkeydown: travel },
    inThread ? null : quick,
    tool(
      "smile",
      "Find another reaction",
      (event) => emojiPicker(event.currentTarget, (name) => react(channel, message, name)),
      true,
    ),
    !inThread && tool("reply", "Reply in thread", () => openThread(message.thread_ts ?? message.ts)),
    tool("more", "More actions", (event) => more(event.currentTarget, channel, message), true),
  );
}

function tool(name, label, run, opens = false) {
  return h(
    "button",
    {
      class: "tool",
      type: "button",
      tabindex: "-1",
      "aria-label": label,
      "aria-haspopup": opens ? "true" : undefined,
      data: { tip: label },
      onclick: run,
    },
    icon(name, 17),
  );
}

function travel(event) {
  const tools = [...event.currentTarget.querySelectorAll(".tool")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  tools[(tools.indexOf(document.activeElement) + step + tools.length) % tools.length].focus();
}

/** Opens the menu from the keyboard. */
export const moreOf = (row) => row.querySelector(".toolbar .tool:last-child")?.click();

function more(anchor, channel, message) {
  menu(anchor, items(anchor, channel, message), { align: "end", label: "More actions" });
}

function items(anchor, channel, message) {
  const shortcuts = state.shortcuts.filter((one) => one.type === "message");
  const run = async ({ callback_id }) => {
    const answer = await act("message_shortcut", { callback_id, channel, ts: message.ts });
    if (!answer.ok) toast(sentence(answer.error), "error");
  };
  const own = mine(message)
    ? [
        { label: "Edit message", icon: icon("edit", 16), run: () => emit("edit", { channel, message }) },
        {
          label: "Delete message…",
          icon: icon("trash", 16),
          danger: true,
          run: () => confirmRemove(channel, message),
        },
      ]
    : [];
  return [
    {
      label: "Add a reaction…",
      icon: icon("smile", 16),
      run: () => emojiPicker(anchor, (name) => react(channel, message, name)),
    },
    {
      label: "Reply in thread",
      icon: icon("reply", 16),
      run: () => openThread(message.thread_ts ?? message.ts),
    },
    {
      label: "Copy text",
      icon: icon("copy", 16),
      run: () => navigator.clipboard?.writeText(message.text ?? "").then(() => toast("Copied.")),
    },
    ...own,
    ...(shortcuts.length
      ? [
          "-",
          ...shortcuts.map((one) => ({
            label: one.name,
            hint: appName(),
            icon: icon("bolt", 16),
            run: () => run(one),
          })),
        ]
      : []),
  ];
}

async function remove(channel, message) {
  if (message.local) {
    state.messages.get(channel)?.delete(message.ts);
    emit("redraw");
    return;
  }
  const answer = await act("delete", { channel, ts: message.ts });
  if (!answer.ok) toast(sentence(answer.error), "error");
}

async function confirmRemove(channel, message) {
  const sure = await ask({
    title: "Delete this message?",
    text: `It goes away for everybody in ${channelOf(channel)?.kind === "im" ? "this conversation" : "this channel"}.`,
    yes: "Delete",
    danger: true,
  });
  if (sure) remove(channel, message);
}

/** Where one writes: text, commands, files, emoji, shortcuts. */

import { act, sentence, upload } from "./api.js";
import { completion, hintFor } from "./complete.js";
import { toast } from "./dialog.js";
import { h } from "./dom.js";
import { emojiPicker } from "./emoji_picker.js";
import { draftCard } from "./files.js";
import { icon } from "./icons.js";
import { welcomed } from "./intro.js";
import { menu } from "./popover.js";
import { appName, channelOf, state } from "./store.js";
import { emojiChar } from "./text/emoji.js";

const TALLEST = 240;

export function composer({ channel, thread = "", placeholder }) {
  const draft = `${state.me?.id}/${channel}/${thread}`;
  let files = [];
  let turn = Promise.resolve(); // one after another, in the order they were typed
  let underway = 0;
  const field = h("textarea", {
    class: "composer-field",
    rows: "1",
    placeholder,
    "aria-label": placeholder,
    value: state.drafts.get(draft) ?? "",
    oninput: typed,
    onkeydown: keys,
    onpaste: pasted,
    onblur: () => setTimeout(() => suggest.close(), 120),
  });
  const suggest = completion(field, typed);
  const hint = h("div", { class: "composer-hint", "aria-live": "polite" });
  const shelf = h("div", { class: "shelf" });
  const chooser = h("input", {
    type: "file",
    class: "unseen",
    multiple: true,
    tabindex: "-1",
    "aria-hidden": "true",
    onchange: () => (take([...chooser.files]), (chooser.value = "")),
  });
  const send = h(
    "button",
    { class: "send", type: "button", "aria-label": "Send", data: { tip: "Send" }, onclick: submit },
    icon("send", 17),
  );
  const box = h(
    "div",
    { class: "composer-box" },
    shelf,
    field,
    h(
      "div",
      { class: "composer-bar" },
      tool("plus", "Attach, or run a shortcut", (event) => plusMenu(event.currentTarget)),
      tool("smile", "Emoji", (event) =>
        emojiPicker(event.currentTarget, (name) => insert(emojiChar(name) + " ")),
      ),
      tool("bolt", "Shortcuts", (event) => shortcutMenu(event.currentTarget)),
      hint,
      send,
      chooser,
    ),
  );
  const node = h("div", { class: "composer" }, suggest.box, box);

  function tool(name, label, run) {
    return h(
      "button",
      {
        class: "icon-button",
        type: "button",
        "aria-label": label,
        "aria-haspopup": "true",
        data: { tip: label },
        onclick: run,
      },
      icon(name, 18),
    );
  }

  function typed() {
    state.drafts.set(draft, field.value);
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST)}px`;
    const command = !thread && hintFor(field.value);
    hint.replaceChildren(
      ...(command ? [h("b", {}, command.command), " ", command.usage_hint || command.description] : []),
    );
    send.classList.toggle("ready", Boolean(field.value.trim() || files.length));
    suggest.update();
  }

  function insert(text) {
    const at = field.selectionStart;
    field.setRangeText(text, at, field.selectionEnd, "end");
    field.focus();
    typed();
  }

  function keys(event) {
    if (event.isComposing || suggest.keydown(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && !field.value) {
      event.preventDefault();
      node.closest(".channel-body, .side")?.querySelector(".messages")?.focus();
    }
  }

  function pasted(event) {
    if (event.clipboardData.files.length) (event.preventDefault(), take([...event.clipboardData.files]));
  }

  function take(chosen) {
    files.push(...chosen);
    drawShelf();
    field.focus();
  }

  function drawShelf() {
    shelf.replaceChildren(
      ...files.map((file) =>
        draftCard(file, () => ((files = files.filter((one) => one !== file)), drawShelf(), field.focus())),
      ),
    );
    typed();
  }

  function submit() {
    const text = field.value.trim();
    if (!text && !files.length) return;
    const kept = [field.value, files];
    field.value = "";
    files = [];
    drawShelf();
    underway += 1;
    node.classList.add("sending");
    turn = turn.then(() => deliver(text, kept));
  }

  async function deliver(text, kept) {
    const answer = await sent(text, kept[1]);
    underway -= 1;
    node.classList.toggle("sending", underway > 0);
    welcomed();
    if (answer.ok) return;
    if (!field.value && !answer.told) {
      [field.value, files] = kept;
      drawShelf();
    }
    if (!answer.told) toast(sentence(answer.error), "error");
  }

  function sent(text, held) {
    const place = { channel, ...(thread && { thread_ts: thread }) };
    if (held.length) return upload(held, { ...place, text });
    if (!text.startsWith("/") || text.startsWith("//"))
      return act("post", { ...place, text: text.replace(/^\/\//, "/") });
    if (thread)
      return Promise.resolve({
        ok: false,
        error: "Slash commands do not run in threads. Write the command in the channel.",
      });
    return command(text);
  }

  async function command(text) {
    if (/^\/invite\b/.test(text)) return invite(text);
    const answer = await act("command", { channel, text });
    return { ...answer, told: !answer.ok && answer.error !== "sandbox_unreachable" };
  }

  async function invite(text) {
    const name = /@([\w.-]+)/.exec(text)?.[1]?.toLowerCase();
    const user = [...state.users.values()].find((one) => one.name === name);
    return user ? act("invite", { channel, user: user.id }) : { ok: false, error: "Say whom: /invite @name" };
  }

  function plusMenu(anchor) {
    menu(
      anchor,
      [
        { label: "Upload from this computer", icon: icon("upload", 16), run: () => chooser.click() },
        ...shortcutItems("-"),
      ],
      { side: "top", label: "Attach or run a shortcut" },
    );
  }

  function shortcutMenu(anchor) {
    const items = shortcutItems();
    menu(
      anchor,
      items.length
        ? items
        : [{ label: "No shortcuts yet", hint: "An app brings them when it connects.", run: () => {} }],
      { side: "top", title: "Shortcuts", label: "Shortcuts" },
    );
  }

  queueMicrotask(typed);
  return {
    node,
    take,
    focus: () => field.focus(),
    field,
    isFor: channel + thread,
    allowed: () => channelOf(channel)?.is_member !== false,
  };
}

/** The app's global shortcuts as menu items. */
export function shortcutItems(...before) {
  const found = state.shortcuts.filter((one) => one.type === "global");
  const run = async ({ callback_id }) => {
    const answer = await act("shortcut", { callback_id });
    if (!answer.ok) toast(sentence(answer.error), "error");
  };
  return found.length
    ? [
        ...before,
        ...found.map((one) => ({
          label: one.name,
          hint: one.description || appName(),
          icon: icon("bolt", 16),
          run: () => run(one),
        })),
      ]
    : [];
}

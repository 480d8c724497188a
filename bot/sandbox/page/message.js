/** One message: who, when, what, and what can be done with it. */

import { act } from "./api.js";
import { avatar } from "./avatar.js";
import { emojiChar } from "./text/emoji.js";
import { renderBlocks } from "./blocks/index.js";
import { h, link } from "./dom.js";
import { Values } from "./elements/common.js";
import { fileCard } from "./files.js";
import { icon } from "./icons.js";
import { reactionRow } from "./reactions.js";
import { nameOf, state, userOf } from "./store.js";
import { markdown } from "./text/markdown.js";
import { mrkdwn, onlyEmoji, textObject } from "./text/mrkdwn.js";
import { ago, plain } from "./text/inline.js";
import { toolbar } from "./toolbar.js";
import { clock, full, whenOf } from "./time.js";
import { openThread } from "./routes.js";

const values = new Map(); // what somebody chose in a message survives its updates

function valuesOf(channel, ts) {
  const key = `${state.me?.id}/${channel}/${ts}`;
  if (!values.has(key)) values.set(key, new Values());
  return values.get(key);
}

export function contextOf(channel, message) {
  const held = valuesOf(channel, message.ts);
  const origin = { channel, ts: message.ts };
  return {
    surface: "message",
    origin,
    values: held,
    act: (what) => act("click", { ...origin, ...what, state: held.collect() }),
  };
}

/** `grouped`: the author stands above already. `inThread`: shown in the thread panel. */
export function messageRow(channel, message, { grouped = false, inThread = false, root = false } = {}) {
  if (message.subtype === "channel_join" || message.subtype === "channel_leave") return quietRow(message);
  const user = userOf(message.user) ?? {
    id: message.user,
    real_name: message.username ?? "",
    is_bot: Boolean(message.bot_id),
  };
  const shown = { ...user, real_name: message.username || user.real_name || user.name };
  const kinds = [
    "message",
    grouped && "grouped",
    message.ephemeral && "ephemeral",
    streaming(message) && "streaming",
    root && "thread-root",
  ].filter(Boolean);
  return h(
    "article",
    {
      class: kinds.join(" "),
      data: { ts: message.ts, author: message.user ?? "" },
      tabindex: "-1",
      "aria-label": `${shown.real_name}, ${clock(message.ts)}`,
    },
    h(
      "div",
      { class: "gutter" },
      grouped
        ? h("a", { class: "side-time", "aria-hidden": "true" }, clock(message.ts))
        : portrait(shown, message),
    ),
    h(
      "div",
      { class: "message-main" },
      message.ephemeral && h("div", { class: "only-you" }, icon("eye", 13), "Only visible to you"),
      !grouped && byline(shown, message),
      content(channel, message),
      reactionRow(channel, message),
      !inThread && replies(message),
    ),
    toolbar(channel, message, { inThread }),
  );
}

/** An app may show itself as an emoji. */
function portrait(user, message) {
  const char = message.icon_emoji && emojiChar(message.icon_emoji.replaceAll(":", ""));
  return char
    ? h("span", { class: "avatar avatar-normal avatar-emoji", "aria-hidden": "true" }, char)
    : avatar(user);
}

function quietRow(message) {
  return h(
    "article",
    { class: "message quiet", data: { ts: message.ts } },
    h("div", { class: "gutter" }, icon("people", 15)),
    h(
      "div",
      { class: "message-main" },
      mrkdwn(message.text),
      h("time", { class: "quiet-time" }, clock(message.ts)),
    ),
  );
}

function byline(user, message) {
  return h(
    "div",
    { class: "byline" },
    h("strong", { class: "author" }, user.real_name),
    user.is_bot && h("span", { class: "badge" }, "APP"),
    user.is_restricted && h("span", { class: "badge soft" }, "GUEST"),
    user.status_emoji && h("span", { class: "status-emoji" }, plain(user.status_emoji)),
    h(
      "time",
      { class: "time", datetime: whenOf(message.ts).toISOString(), data: { tip: full(message.ts) } },
      clock(message.ts),
    ),
  );
}

const streaming = (message) => message.streaming === true;

function content(channel, message) {
  const blocks = message.blocks?.length ? renderBlocks(message.blocks, contextOf(channel, message)) : null;
  const body = blocks ?? text(message);
  return h(
    "div",
    { class: "content" },
    body,
    message.edited &&
      !blocks && // as in Slack: what an app draws anew in blocks is not marked
      h(
        "span",
        { class: "edited", data: { tip: message.edited.ts ? full(message.edited.ts) : "" } },
        "(edited)",
      ),
    (message.attachments ?? []).map((one) => attachment(one, channel, message)),
    message.files?.length > 0 && h("div", { class: "files" }, message.files.map(fileCard)),
  );
}

function text(message) {
  if (!message.text) return null;
  if (message.markdown_text) return h("div", { class: "md" }, markdown(message.markdown_text));
  return h("div", { class: onlyEmoji(message.text) ? "text large-emoji" : "text" }, mrkdwn(message.text));
}

function attachment(one, channel, message) {
  const color = /^#?[0-9a-f]{6}$/i.test(one.color ?? "") ? `#${one.color.replace("#", "")}` : "";
  const title =
    one.title && h("strong", {}, one.title_link ? link(one.title_link, plain(one.title)) : plain(one.title));
  const inner = one.blocks
    ? renderBlocks(one.blocks, contextOf(channel, message))
    : [
        one.pretext && mrkdwn(one.pretext),
        title,
        one.text && h("div", {}, mrkdwn(one.text)),
        one.fields &&
          h(
            "div",
            { class: "fields" },
            one.fields.map((field) =>
              h("div", {}, h("strong", {}, plain(field.title)), h("br"), textObject(field.value)),
            ),
          ),
        one.footer && h("small", {}, plain(one.footer)),
      ];
  return h("div", { class: "attachment", vars: color ? { "--tint": color } : undefined }, inner);
}

function replies(message) {
  const count = message.reply_count ?? 0;
  if (!count) return null;
  const people = (message.reply_users ?? []).slice(0, 5).map((id) => avatar(userOf(id), "small"));
  const last = message.latest_reply ? `Last reply ${ago(whenOf(message.latest_reply))}` : "View thread";
  return h(
    "button",
    {
      class: "replies",
      type: "button",
      onclick: () => openThread(message.ts),
      "aria-label": `${count} ${count > 1 ? "replies" : "reply"}, open the thread`,
    },
    h("span", { class: "replies-people" }, people),
    h("span", { class: "replies-count" }, `${count} ${count > 1 ? "replies" : "reply"}`),
    h("span", { class: "replies-last" }, last),
    icon("right", 15),
  );
}

export const spoken = (message) => `${nameOf(message.user)}: ${(message.text ?? "").slice(0, 300)}`;

/** Pieces of text that every dialect shares: mentions, channels, dates, entities. */

import { h, link, fragment } from "../dom.js";
import { channelOf, nameOf, state, userOf } from "../store.js";
import { emojiNode } from "./emoji.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

export const unescape = (text) => text.replace(/&(?:amp|lt|gt);/g, (one) => ENTITIES[one]);

export function mention(user) {
  const known = userOf(user);
  const me = user === state.me?.id;
  return h(
    "span",
    { class: me ? "mention mention-me" : "mention", data: { user } },
    `@${known ? nameOf(user) : user}`,
  );
}

export function channelLink(id, label = "") {
  const channel = channelOf(id);
  const name = channel?.name || label;
  if (!channel) return h("span", { class: "mention" }, name ? `#${name}` : "#unknown");
  return h("a", { class: "mention", href: `#/${id}` }, `#${name}`);
}

export const broadcast = (range) => h("span", { class: "mention mention-all" }, `@${range}`);

/** What stands between < and > in mrkdwn. */
export function angled(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? "" : unescape(inside.slice(bar + 1));
  if (target.startsWith("@")) return mention(target.slice(1));
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!")) return special(target.slice(1), label);
  if (!/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return fragment(`<${unescape(inside)}>`);
  const address = unescape(target);
  return link(address, label || address.replace(/^mailto:/, ""));
}

function special(command, label) {
  const [kind, ...rest] = command.split("^");
  if (kind === "date") return dateNode(Number(rest[0]), rest[1] ?? "", label, rest[2]);
  if (kind === "subteam") return h("span", { class: "mention" }, label || "@group");
  if (["here", "channel", "everyone"].includes(kind)) return broadcast(kind);
  return fragment(label || `<!${command}>`);
}

const FORMATS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

export function dateNode(seconds, format, fallback, address) {
  const when = new Date(seconds * 1000);
  if (Number.isNaN(when.getTime()) || !Number.isFinite(seconds)) return fragment(fallback);
  const shown = format.replace(/\{(\w+)\}/g, (whole, name) => dated(when, name) ?? whole);
  const node = h("time", { datetime: when.toISOString(), title: when.toLocaleString() }, shown || fallback);
  return address ? link(address, node) : node;
}

function dated(when, name) {
  if (name === "ago") return ago(when);
  const pretty = name.endsWith("_pretty");
  if (pretty && dayWord(when)) return dayWord(when);
  const format = FORMATS[pretty ? name.replace("_pretty", "") : name];
  return format && new Intl.DateTimeFormat(undefined, format).format(when);
}

const DAY = 86_400_000;
const midnight = (when) => new Date(when.getFullYear(), when.getMonth(), when.getDate()).getTime();

/** "Today", "Yesterday", "Tomorrow", or nothing. */
export function dayWord(when) {
  const days = Math.round((midnight(when) - midnight(new Date())) / DAY);
  return { 0: "Today", [-1]: "Yesterday", 1: "Tomorrow" }[days] ?? "";
}

export function ago(when) {
  const seconds = (Date.now() - when.getTime()) / 1000;
  for (const [size, unit] of [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ]) {
    const count = Math.floor(seconds / size);
    if (count >= 1) return `${count} ${unit}${count > 1 ? "s" : ""} ago`;
  }
  return "just now";
}

/** Text with `:emoji:` replaced and nothing else. */
export function withEmoji(text) {
  const out = fragment();
  let last = 0;
  for (const match of text.matchAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g)) {
    const node = emojiNode(match[1]);
    if (node.className === "emoji-unknown") continue;
    out.append(text.slice(last, match.index), node);
    last = match.index + match[0].length;
  }
  out.append(text.slice(last));
  return out;
}

export const plain = (text) => withEmoji(unescape(String(text ?? "")));

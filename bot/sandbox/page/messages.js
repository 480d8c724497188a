/** The list of messages: day by day, grouped by author, the newest in sight. */

import { h, reconcile } from "./dom.js";
import { messageRow, spoken } from "./message.js";
import { listed, state } from "./store.js";
import { dayKey, dayName } from "./time.js";
import { moreOf } from "./toolbar.js";

const TOGETHER = 5 * 60;
const NEAR = 80;

/** A scrolling list. `root` makes it a thread. `draw(intro)` brings it up to date. */
export function messageList({ root = "", label }) {
  const node = h("div", {
    class: "messages",
    role: "feed",
    "aria-label": label,
    tabindex: "0",
    onkeydown: keys,
  });
  const inner = h("div", { class: "messages-inner" });
  const below = h(
    "button",
    { class: "jump", type: "button", hidden: true, onclick: () => toEnd(true) },
    "↓ Newest",
  );
  node.append(inner);
  let cache = new Map();
  let channel = "";
  let stuck = true;

  node.addEventListener("scroll", () => {
    stuck = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR;
    below.hidden = stuck;
    if (stuck) tellOfNews(false);
  });
  new ResizeObserver(() => stuck && toEnd()).observe(inner);
  new ResizeObserver(() => stuck && toEnd()).observe(node);

  function tellOfNews(news) {
    below.textContent = news ? "↓ New messages" : "↓ Newest";
    below.classList.toggle("news", news);
  }

  function toEnd(smooth = false) {
    node.scrollTo({ top: node.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  function draw({ intro = null, after = null } = {}) {
    if (channel !== state.channel + root) {
      channel = state.channel + root;
      cache = new Map();
      stuck = true;
      tellOfNews(false);
    }
    const messages = listed(state.channel, root);
    if (!stuck && cache.size && !cache.has(messages.at(-1)?.ts)) tellOfNews(true);
    const fresh = new Map();
    const rows = messages.flatMap((message, at) => rowsFor(message, messages[at - 1], at, fresh));
    cache = fresh;
    keepingFocus(inner, () => reconcile(inner, [intro, ...rows, after].filter(Boolean)));
    if (stuck) toEnd();
  }

  function rowsFor(message, before, at, fresh) {
    const divided = !before || dayKey(before.ts) !== dayKey(message.ts);
    const isRoot = Boolean(root) && at === 0;
    const grouped = !divided && !(root && at === 1) && together(before, message);
    const known = cache.get(message.ts);
    const same = known && known.message === message && known.grouped === grouped;
    const row = same ? known.row : safeRow(message, { grouped, inThread: Boolean(root), root: isRoot });
    if (!known && cache.size && message.user !== state.me?.id) row.classList.add("arriving");
    const divider = divided && (known?.divider ?? dayDivider(message.ts));
    const count = isRoot && root ? replyRule(message, known) : null;
    fresh.set(message.ts, { message, grouped, row, divider, count });
    return [!root && divider, row, count].filter(Boolean);
  }

  return { node: h("div", { class: "messages-frame" }, node, below), draw, toEnd, inner };
}

/** One message that cannot be drawn says so in its place and keeps no other from being seen. */
function safeRow(message, how) {
  try {
    return messageRow(state.channel, message, how);
  } catch (error) {
    console.warn(`message ${message.ts} could not be drawn:`, error);
    return h(
      "article",
      { class: "message quiet", data: { ts: message.ts } },
      h("span"),
      "This message cannot be shown.",
    );
  }
}

/** A message that is drawn anew keeps the focus, on the same element where that is still there. */
function keepingFocus(inner, work) {
  const at = document.activeElement;
  const ts = inner.contains(at) ? at.closest(".message")?.dataset.ts : undefined;
  work();
  if (!ts || inner.contains(document.activeElement)) return;
  const row = [...inner.querySelectorAll(".message")].find((one) => one.dataset.ts === ts);
  const same = [...(row?.querySelectorAll("[data-action]") ?? [])].find(
    (one) => one.dataset.action === at.dataset.action,
  );
  (same ?? row)?.focus({ preventScroll: true });
}

function together(a, b) {
  return (
    a.user === b.user &&
    (a.username ?? "") === (b.username ?? "") &&
    Boolean(a.ephemeral) === Boolean(b.ephemeral) &&
    !a.subtype?.startsWith("channel_") &&
    Number(b.ts) - Number(a.ts) < TOGETHER
  );
}

const dayDivider = (ts) => h("div", { class: "day", role: "separator" }, h("span", {}, dayName(ts)));

function replyRule(message, known) {
  const count = message.reply_count ?? 0;
  if (known?.count?.dataset.count === String(count)) return known.count;
  return h(
    "div",
    { class: "reply-rule", role: "separator", data: { count: String(count) } },
    count ? `${count} ${count > 1 ? "replies" : "reply"}` : "No replies yet",
  );
}

/** Up and down walk from message to message; Enter or the menu key opens its actions. */
function keys(event) {
  const rows = [...event.currentTarget.querySelectorAll(".message")];
  const here = document.activeElement.closest?.(".message");
  const onRow = document.activeElement === here || document.activeElement === event.currentTarget;
  if (!onRow) return;
  const at = rows.indexOf(here);
  const to = {
    ArrowDown: at < 0 ? rows.length - 1 : at + 1,
    ArrowUp: at < 0 ? rows.length - 1 : at - 1,
    End: rows.length - 1,
    Home: 0,
  }[event.key];
  if (to !== undefined && rows[to]) {
    event.preventDefault();
    rows[to].focus();
  } else if (here && ["Enter", "ContextMenu"].includes(event.key)) {
    event.preventDefault();
    moreOf(here);
  }
}

/** Said aloud by screen readers when somebody else says something. */
export function announce(message) {
  const log = document.getElementById("announcer");
  log.append(h("p", {}, spoken(message)));
  while (log.childElementCount > 5) log.firstChild.remove();
}

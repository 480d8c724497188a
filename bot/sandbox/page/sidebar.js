/** The left side: workspace, connection, channels, apps, direct messages, and who one is. */

import { act } from "./api.js";
import { avatar, presence } from "./avatar.js";
import { h, refill } from "./dom.js";
import { icon } from "./icons.js";
import { meButton } from "./people.js";
import { goTo } from "./routes.js";
import { appName, channelName, emit, isAppChannel, state, userOf } from "./store.js";

const closed = new Set();

export function drawSidebar() {
  const nav = document.getElementById("sidebar");
  const { ready, me, team, channel, channels, app, sockets, commands, users } = state;
  refill(
    nav,
    [ready, me, team, channel, channels, app, sockets, commands, [...users.values()], [...closed]],
    () => fill(nav),
  );
}

function fill(nav) {
  if (!state.ready) return skeleton();
  const top = nav.querySelector(".sidebar-scroll")?.scrollTop ?? 0;
  const rooms = state.channels.filter((one) => one.kind !== "im");
  const apps = state.channels.filter(isAppChannel);
  const direct = state.channels.filter(
    (one) => one.kind === "im" && !isAppChannel(one) && one.members.includes(state.me.id),
  );
  const scroll = h(
    "div",
    { class: "sidebar-scroll" },
    part("Channels", rooms.toSorted(byName).map(row)),
    part("Apps", apps.map(row)),
    part("Direct messages", [...direct.map(row), ...strangers(direct).map(personRow)]),
  );
  queueMicrotask(() => (scroll.scrollTop = top));
  const print = "A stand-in for Slack on your own machine; not made by or tied to Slack.";
  return [workspace(), scroll, h("p", { class: "small-print" }, print), meButton()];
}

const byName = (a, b) => Number(b.is_member) - Number(a.is_member) || a.name.localeCompare(b.name);

function workspace() {
  const live = state.sockets > 0;
  const installed = state.commands.length > 0;
  const words = live
    ? `${appName()} is connected`
    : installed
      ? `${appName()} is installed`
      : "No app connected yet";
  return h(
    "div",
    { class: "workspace" },
    h("div", { class: "workspace-sign", "aria-hidden": "true" }, (state.team.name || "S")[0]),
    h(
      "div",
      { class: "workspace-words" },
      h("h1", {}, state.team.name),
      h("span", { class: live ? "link-state live" : "link-state" }, h("i", { "aria-hidden": "true" }), words),
    ),
  );
}

function part(title, rows) {
  const shut = closed.has(title);
  const toggle = () => {
    if (shut) closed.delete(title);
    else closed.add(title);
    drawSidebar();
  };
  const head = h(
    "button",
    {
      class: shut ? "part-head shut" : "part-head",
      type: "button",
      "aria-expanded": String(!shut),
      data: { key: title },
      onclick: toggle,
    },
    icon("down", 14),
    title,
  );
  return h(
    "section",
    { class: "part" },
    head,
    !shut && h("ul", {}, rows.length ? rows : h("li", { class: "part-none" }, "None yet")),
  );
}

function row(channel) {
  const here = channel.id === state.channel;
  const unread = !here && channel.unread > 0;
  const name = channelName(channel);
  const kinds = [
    "room",
    here && "here",
    unread && "unread",
    channel.kind !== "im" && !channel.is_member && "outside",
  ]
    .filter(Boolean)
    .join(" ");
  const label = `${name}${channel.kind === "private" ? ", private channel" : channel.kind === "channel" ? ", channel" : ""}${unread ? `, ${channel.unread} unread` : ""}`;
  const open = () => {
    document.getElementById("frame").classList.remove("menu-open");
    goTo(channel.id, isAppChannel(channel) ? { tab: "home" } : {});
  };
  return h(
    "li",
    {},
    h(
      "button",
      {
        class: kinds,
        type: "button",
        "aria-label": label,
        "aria-current": here ? "page" : undefined,
        data: { channel: channel.id, key: channel.id },
        onclick: open,
      },
      sign(channel),
      h("span", { class: "room-name" }, name),
      channel.kind === "im" && userOf(channel.user)?.is_bot && h("span", { class: "badge dim" }, "APP"),
      unread && h("span", { class: "count" }, channel.unread > 99 ? "99+" : String(channel.unread)),
    ),
  );
}

/** Colleagues with whom nothing has been said yet: a click opens the conversation. */
function strangers(direct) {
  const known = new Set(direct.map((one) => one.user));
  return [...state.users.values()].filter(
    (user) => !user.is_bot && user.id !== state.me.id && !known.has(user.id),
  );
}

function personRow(user) {
  return h(
    "li",
    {},
    h(
      "button",
      {
        class: "room quiet-room",
        type: "button",
        "aria-label": `Write to ${user.real_name}`,
        data: { person: user.id, key: user.id },
        onclick: () => emit("open-im", user.id),
      },
      h("span", { class: "room-face" }, avatar(user, "tiny"), presence(user)),
      h("span", { class: "room-name" }, user.real_name),
    ),
  );
}

function sign(channel) {
  if (channel.kind !== "im")
    return h("span", { class: "room-sign" }, icon(channel.kind === "private" ? "lock" : "hash", 16));
  const user = userOf(channel.user);
  return h("span", { class: "room-face" }, avatar(user, "tiny"), presence(user));
}

function skeleton() {
  return h(
    "div",
    { class: "skeleton-list", "aria-label": "Loading" },
    Array.from({ length: 9 }, (_, at) =>
      h("span", { class: "skeleton", vars: { "--wide": `${50 + ((at * 37) % 40)}%` } }),
    ),
  );
}

/** Read up to here. */
export function markRead(channel) {
  if (!channel) return;
  channel.unread = 0;
  act("read", { channel: channel.id });
}

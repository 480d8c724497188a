/** The middle: a channel's head, its messages and the composer; for an app also its tabs. */

import { act, sentence } from "./api.js";
import { avatar, presence } from "./avatar.js";
import { composer } from "./composer.js";
import { toast } from "./dialog.js";
import { h, refill } from "./dom.js";
import { watchDrops } from "./drop.js";
import { aboutView, homeView } from "./home.js";
import { icon } from "./icons.js";
import { emptyIntro, greeting } from "./intro.js";
import { messageList } from "./messages.js";
import { personCard, roleName } from "./people.js";
import { closePopover, popover } from "./popover.js";
import { goTo } from "./routes.js";
import { statusLine } from "./status.js";
import { channelName, channelOf, emit, isAppChannel, listed, state, userOf } from "./store.js";

let open = null;

export function drawMain() {
  const main = document.getElementById("main");
  const channel = channelOf(state.channel);
  if (!state.ready || !channel) {
    open = null;
    return main.replaceChildren(state.failed ? failure() : waiting());
  }
  const tab = isAppChannel(channel) ? state.tab : "messages";
  const key = `${channel.id}/${tab}/${state.me.id}`;
  if (open?.key !== key) open = build(main, channel, tab, key);
  open.draw(channel);
  return undefined;
}

/** The composer in sight, for shortcuts and drops. */
export const focusComposer = () => open?.composer?.focus();

function build(main, channel, tab, key) {
  const head = h("header", { class: "channel-head" });
  const parts = { messages: messagesPart, home: pagePart(homeView), about: pagePart(aboutView) }[tab](
    channel,
  );
  main.replaceChildren(head, ...parts.nodes);
  return {
    key,
    composer: parts.composer,
    draw: (now) => {
      refill(
        head,
        [{ ...now, unread: 0 }, state.app, state.sockets, state.commands, [...state.users.values()]],
        () => headOf(now, tab),
      );
      parts.draw(now);
    },
  };
}

function pagePart(view) {
  return () => {
    const frame = h("div", { class: "page-frame" });
    let shown;
    return {
      nodes: [frame],
      draw: () => {
        const mark = `${state.home?.hash ?? state.home}/${state.sockets}`;
        if (shown === mark) return;
        const top = frame.firstElementChild?.scrollTop ?? 0;
        frame.replaceChildren(view());
        frame.firstElementChild.scrollTop = top;
        shown = mark;
      },
    };
  };
}

function messagesPart(channel) {
  const list = messageList({ label: `Messages in ${channelName(channel)}` });
  const status = statusLine(channel.id, "");
  const write = composer({
    channel: channel.id,
    placeholder: `Message ${channel.kind === "im" ? channelName(channel) : `#${channel.name}`}`,
  });
  const foot = h("div", { class: "foot" });
  const body = h("div", { class: "channel-body" }, list.node, status.node, foot);
  watchDrops(body, channelName(channel), write.take);
  let member;
  function draw(now) {
    if (member !== now.is_member)
      foot.replaceChildren((member = now.is_member) === false ? joinBar(now) : write.node);
    const failed = state.errors.get(now.id);
    const loading = !failed && !state.messages.get(now.id);
    const none = !loading && !listed(now.id).length;
    const intro = failed ? problem(now, failed) : loading ? skeleton() : none ? emptyIntro(now) : null;
    list.draw({ intro, after: intro ? null : greeting(now) });
    status.draw();
  }
  return { nodes: [body], composer: write, draw };
}

function headOf(channel, tab) {
  const app = isAppChannel(channel);
  const menu = h(
    "button",
    {
      class: "icon-button only-narrow",
      type: "button",
      "aria-label": "Channels",
      onclick: () => document.getElementById("frame").classList.toggle("menu-open"),
    },
    icon("menu"),
  );
  const tabs =
    app &&
    h(
      "div",
      { class: "tabs", role: "tablist", onkeydown: walkTabs },
      ["home", "messages", "about"].map((one) =>
        h(
          "button",
          {
            class: "tab",
            role: "tab",
            type: "button",
            "aria-selected": String(one === tab),
            tabindex: one === tab ? "0" : "-1",
            onclick: () => goTo(channel.id, { tab: one }),
          },
          one[0].toUpperCase() + one.slice(1),
        ),
      ),
    );
  return [
    menu,
    titleOf(channel),
    tabs,
    h("span", { class: "spring" }),
    channel.kind !== "im" && membersButton(channel),
  ].filter(Boolean);
}

function titleOf(channel) {
  if (channel.kind !== "im") {
    return h(
      "div",
      { class: "channel-title" },
      h("h2", {}, icon(channel.kind === "private" ? "lock" : "hash", 17), channel.name),
      channel.topic && h("span", { class: "topic", title: channel.topic }, channel.topic),
    );
  }
  const user = userOf(channel.user);
  const button = h(
    "button",
    { class: "im-title", type: "button", onclick: (event) => personCard(event.currentTarget, user) },
    h("span", { class: "room-face" }, avatar(user, "small"), presence(user)),
    h("h2", {}, channelName(channel)),
    user?.is_bot && h("span", { class: "badge" }, "APP"),
  );
  return h(
    "div",
    { class: "channel-title" },
    button,
    !user?.is_bot && h("span", { class: "topic" }, user?.title ?? ""),
  );
}

function walkTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const tabs = [...event.currentTarget.children];
  const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
  next.click();
  setTimeout(() => document.querySelector(".tab[aria-selected=true]")?.focus());
}

function membersButton(channel) {
  const faces = channel.members.slice(0, 3).map((id) => avatar(userOf(id), "small"));
  return h(
    "button",
    {
      class: "members",
      type: "button",
      "aria-label": `${channel.members.length} members`,
      "aria-expanded": "false",
      onclick: (event) => members(event.currentTarget, channel),
    },
    h("span", { class: "members-faces" }, faces),
    String(channel.members.length),
  );
}

function members(anchor, channel) {
  const rows = channel.members
    .map(userOf)
    .filter(Boolean)
    .map((user) =>
      h(
        "li",
        {},
        avatar(user, "small"),
        h(
          "span",
          { class: "person-words" },
          h("strong", {}, user.real_name, user.is_bot && h("span", { class: "badge" }, "APP")),
          h("small", {}, user.title || roleName(user)),
        ),
      ),
    );
  const others = [...state.users.values()].filter((user) => !channel.members.includes(user.id));
  const invite = (user) => async () => {
    closePopover();
    const answer = await act("invite", { channel: channel.id, user: user.id });
    if (!answer.ok) toast(sentence(answer.error), "error");
  };
  const add =
    channel.is_member &&
    others.map((user) =>
      h(
        "li",
        {},
        avatar(user, "small"),
        h("span", { class: "person-words" }, h("strong", {}, user.real_name), h("small", {}, user.title)),
        h("button", { class: "button small", type: "button", onclick: invite(user) }, "Add"),
      ),
    );
  popover(
    anchor,
    h(
      "div",
      { class: "member-list" },
      h("div", { class: "menu-title" }, "Members"),
      h("ul", {}, rows),
      add?.length > 0 && [h("div", { class: "menu-title" }, "Not here"), h("ul", {}, add)],
    ),
    { align: "end", role: "dialog", label: "Members" },
  );
}

function joinBar(channel) {
  const join = async () => {
    const answer = await act("join", { channel: channel.id });
    if (!answer.ok) toast(sentence(answer.error), "error");
    else emit("reload");
  };
  return h(
    "div",
    { class: "join" },
    h("span", {}, "You are looking at ", h("strong", {}, `#${channel.name}`)),
    h("button", { class: "button primary", type: "button", onclick: join }, "Join channel"),
  );
}

const waiting = () => h("div", { class: "waiting" }, skeleton());

function skeleton() {
  return h(
    "div",
    { class: "skeleton-messages", "aria-label": "Loading messages" },
    [62, 44, 71].map((wide) =>
      h(
        "div",
        { class: "skeleton-message" },
        h("span", { class: "skeleton face" }),
        h(
          "div",
          {},
          h("span", { class: "skeleton bar", vars: { "--wide": "22%" } }),
          h("span", { class: "skeleton bar", vars: { "--wide": `${wide}%` } }),
        ),
      ),
    ),
  );
}

function problem(channel, text) {
  return h(
    "div",
    { class: "empty" },
    icon("warn", 34),
    h("h2", {}, "These messages could not be loaded"),
    h("p", {}, text),
    h("button", { class: "button", type: "button", onclick: () => emit("load", channel.id) }, "Try again"),
  );
}

function failure() {
  return h(
    "div",
    { class: "empty" },
    icon("warn", 34),
    h("h2", {}, "The sandbox does not answer"),
    h(
      "p",
      {},
      `${state.failed} It may have been stopped; this page comes back by itself when it is there again.`,
    ),
    h("button", { class: "button", type: "button", onclick: () => emit("boot") }, "Try again"),
  );
}

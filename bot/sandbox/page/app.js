/** The page: starts, keeps the state, and decides what is drawn. */

import { act, actAs, actor, home, messages, sentence, snapshot } from "./api.js";
import { drawMain, focusComposer } from "./channel.js";
import { toast } from "./dialog.js";
import { editMessage } from "./edit.js";
import { FRAMES } from "./frames.js";
import { connect } from "./live.js";
import { restoreModals } from "./modal.js";
import { openPalette } from "./palette.js";
import { personCard } from "./people.js";
import { closePopover, watchTips } from "./popover.js";
import { closeThread, goTo, readRoute } from "./routes.js";
import { drawSidebar, markRead } from "./sidebar.js";
import { channelOf, isAppChannel, on, put, state, userOf } from "./store.js";
import { applyTheme } from "./theme.js";
import { drawThread } from "./thread.js";
import { drawTopbar } from "./topbar.js";

let disconnect = () => {};
let drawing = false;

/** Draws once per frame of the screen, however much happened. */
function draw() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    drawTopbar();
    drawSidebar();
    drawMain();
    drawThread();
    const unread = state.channels.reduce((sum, one) => sum + (one.unread || 0), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${state.team.name ? `${state.team.name} · ` : ""}Sandbox`;
  });
}

async function boot() {
  disconnect();
  closePopover();
  state.ready = false;
  state.failed = "";
  state.messages.clear();
  state.statuses.clear();
  state.home = undefined;
  draw();
  try {
    await load();
  } catch (error) {
    state.failed = error instanceof TypeError ? "It cannot be reached." : `${error.message}.`;
    setTimeout(() => state.failed && boot(), 4000);
    return draw();
  }
  state.ready = true;
  disconnect = connect({ frame, up, down });
  return route();
}

async function load() {
  const now = await snapshot();
  if (now.me.id !== actor()) actAs(now.me.id);
  Object.assign(state, {
    me: now.me,
    team: now.team,
    channels: now.channels,
    commands: now.commands ?? [],
    shortcuts: now.shortcuts ?? [],
    app: now.app ?? {},
    sockets: now.sockets ?? 0,
    users: new Map(now.users.map((user) => [user.id, user])),
  });
  restoreModals(now.stack);
}

/** People, channels, commands as they are now; messages stay. */
async function reload() {
  try {
    await load();
    draw();
  } catch {
    down();
  }
}

function frame(happened) {
  FRAMES[happened.type]?.(happened);
}

let wasDown = false;

function up() {
  state.online = true;
  if (wasDown) {
    wasDown = false;
    state.messages.clear();
    reload().then(route);
  }
  draw();
}

function down() {
  wasDown = true;
  state.online = false;
  draw();
}

function route() {
  if (!state.ready) return;
  const wanted = readRoute();
  const channel = channelOf(wanted.channel) ?? firstChannel();
  if (!channel) return draw();
  if (channel.id !== wanted.channel) return goTo(channel.id);
  state.channel = channel.id;
  state.thread = wanted.thread;
  state.tab = isAppChannel(channel) ? wanted.tab : "messages";
  if (isAppChannel(channel)) visitApp();
  if (!state.messages.get(channel.id)) fetchMessages(channel.id);
  if (state.thread) fetchMessages(channel.id, state.thread);
  if (channel.unread) markRead(channel);
  draw();
}

const firstChannel = () =>
  state.channels.find((one) => one.name === "general" && one.is_member) ??
  state.channels.find((one) => one.is_member && one.kind !== "im") ??
  state.channels[0];

async function fetchMessages(channel, thread) {
  const me = state.me.id;
  state.errors.delete(channel);
  try {
    const answer = await messages(channel, thread);
    if (me !== state.me.id) return;
    if (answer.ok === false) throw new Error(sentence(answer.error));
    if (!state.messages.get(channel)) state.messages.set(channel, new Map());
    for (const message of answer.messages) put(channel, message);
  } catch (error) {
    if (!thread)
      state.errors.set(
        channel,
        error instanceof TypeError ? "The sandbox cannot be reached." : error.message,
      );
  }
  draw();
}

let visited = "";

/** The app hears that its Home or its messages were opened. */
async function visitApp() {
  const key = `${state.me.id}/${state.tab}`;
  if (visited === key) return;
  visited = key;
  if (state.tab !== "about") act("home", { tab: state.tab });
  const { view } = await home().catch(() => ({ view: null }));
  if (view || state.home === undefined) state.home = view;
  draw();
}

on("redraw", draw);
on("route", route);
on("boot", boot);
on("reload", reload);
on("me", draw);
on("connected", () => {
  visited = "";
  if (isAppChannel(channelOf(state.channel))) visitApp();
});
on("load", (channel) => fetchMessages(channel));
on("edit", editMessage);
on("tab", (tab) => goTo(state.channel, { tab }));
on("act-as", (user) => {
  actAs(user);
  visited = "";
  history.replaceState(null, "", location.pathname + location.hash);
  boot();
});
on("open-im", async (user) => {
  const answer = await act("open_im", { user });
  if (!answer.ok) return toast(sentence(answer.error), "error");
  await reload();
  return goTo(answer.channel);
});
on("type", (text) => {
  focusComposer();
  const field = document.querySelector(".channel-body .composer-field");
  if (!field) return;
  field.value = text;
  field.dispatchEvent(new Event("input"));
});

addEventListener("hashchange", () => {
  closePopover();
  if (!readRoute().channel.startsWith("D")) visited = "";
  route();
});
addEventListener(
  "focus",
  () => channelOf(state.channel)?.unread && (markRead(channelOf(state.channel)), draw()),
);
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
  } else if (event.key === "Escape" && state.thread && !document.querySelector("dialog[open]")) closeThread();
});
document.addEventListener("click", (event) => {
  const face = event.target.closest?.(".mention[data-user], .message .author, .message .avatar");
  const id = face?.dataset.user ?? face?.closest(".message")?.dataset.author;
  if (face && userOf(id)) personCard(face, userOf(id));
});
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

applyTheme();
watchTips();
boot();

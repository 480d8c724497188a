/** What happens, as the sandbox tells it: each frame changes the state and says what to draw. */

import { toast } from "./dialog.js";
import { announce } from "./messages.js";
import { changeModal, dropModal, showModal } from "./modal.js";
import { markRead } from "./sidebar.js";
import { statusKey } from "./status.js";
import { channelOf, emit, put, state } from "./store.js";

export const FRAMES = {
  hello() {},
  message({ channel, message }) {
    put(channel, message);
    const room = channelOf(channel);
    const reply = message.thread_ts && message.thread_ts !== message.ts;
    if (message.user !== state.me?.id) announceIf(channel, message);
    if (message.user !== state.me?.id) state.statuses.delete(statusKey(channel, message.thread_ts));
    if (!room) return emit("reload");
    if (channel === state.channel && document.hasFocus()) markRead(room);
    else if (message.user !== state.me?.id && !reply && room.is_member && channel !== state.channel)
      room.unread = (room.unread ?? 0) + 1;
    return emit("redraw");
  },
  message_changed({ channel, message }) {
    const known = state.messages.get(channel)?.get(message.ts);
    put(channel, known?.ephemeral ? { ...message, ephemeral: true } : message);
    emit("redraw");
  },
  message_deleted({ channel, ts }) {
    state.messages.get(channel)?.delete(ts);
    emit("redraw");
  },
  reaction({ channel, ts, reactions }) {
    const known = state.messages.get(channel)?.get(ts);
    if (known) put(channel, { ...known, reactions });
    emit("redraw");
  },
  modal: ({ view, stack }) => showModal(view, stack),
  modal_changed: ({ view }) => changeModal(view),
  modal_closed: ({ view_id }) => dropModal(view_id),
  home({ view }) {
    state.home = view;
    emit("redraw");
  },
  channels: () => emit("reload"),
  users: () => emit("reload"),
  reset: () => emit("boot"),
  typing: status,
  status,
  app({ sockets, commands, shortcuts }) {
    if (sockets && !state.sockets) emit("connected");
    Object.assign(state, {
      sockets: sockets ?? state.sockets,
      commands: commands ?? state.commands,
      shortcuts: shortcuts ?? state.shortcuts,
    });
    emit("reload");
  },
  notice,
};

function status({ channel, thread_ts, text, status: other }) {
  const said = text ?? other ?? "";
  if (said) state.statuses.set(statusKey(channel, thread_ts), said);
  else state.statuses.delete(statusKey(channel, thread_ts));
  emit("redraw");
}

/** What Slackbot would say: under the messages, for this person, until it is put away. */
function notice({ channel, text }) {
  if (channel !== state.channel || !state.messages.get(channel)) return toast(text, "notice");
  const nobody =
    state.sockets || state.commands.length
      ? ""
      : "\nNo app is connected yet: start one against this sandbox.";
  const escaped = (text + nobody).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const ts = `${(Date.now() / 1000).toFixed(3)}999`;
  const message = { ts, user: "", username: "Sandbox", text: escaped, ephemeral: true, local: true };
  put(channel, message);
  announce(message);
  return emit("redraw");
}

function announceIf(channel, message) {
  if (channel === state.channel) announce(message);
}

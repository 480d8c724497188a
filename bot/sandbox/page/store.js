/** What the page knows, and who wants to hear that it changed. */

export const state = {
  ready: false,
  me: null,
  team: { name: "" },
  users: new Map(),
  channels: [],
  commands: [],
  shortcuts: [],
  app: {},
  sockets: 0,
  online: true,
  channel: "",
  tab: "messages",
  thread: "",
  messages: new Map(), // channel -> Map(ts -> message), null while loading
  errors: new Map(), // channel -> why it could not be loaded
  statuses: new Map(), // "channel:thread_ts" -> text
  home: undefined, // undefined while loading, null when there is none
  drafts: new Map(),
};

const listeners = new Map();

export function on(event, work) {
  if (!listeners.has(event)) listeners.set(event, new Set());
  listeners.get(event).add(work);
  return () => listeners.get(event).delete(work);
}

export function emit(event, detail) {
  for (const work of [...(listeners.get(event) ?? [])]) work(detail);
}

export const userOf = (id) => state.users.get(id);
export const channelOf = (id) => state.channels.find((one) => one.id === id);
export const nameOf = (id) => userOf(id)?.real_name || userOf(id)?.name || "Somebody";
export const isAppChannel = (channel) => channel?.kind === "im" && channel.user === state.app?.bot_user;

export function channelName(channel) {
  if (!channel) return "";
  return channel.kind === "im"
    ? channel.user === state.app?.bot_user
      ? appName()
      : nameOf(channel.user)
    : channel.name;
}

export const appName = () => state.app?.name || userOf(state.app?.bot_user)?.real_name || "The app";

export function put(channel, message) {
  const known = state.messages.get(channel);
  if (known) known.set(message.ts, message);
}

/** Messages of a channel, oldest first; with `root`, those of one thread. */
export function listed(channel, root = "") {
  const all = [...(state.messages.get(channel)?.values() ?? [])].sort((a, b) => byTs(a.ts, b.ts));
  if (root) return all.filter((one) => one.ts === root || one.thread_ts === root);
  return all.filter(
    (one) => !one.thread_ts || one.thread_ts === one.ts || one.subtype === "thread_broadcast",
  );
}

const byTs = (a, b) => Number(a) - Number(b) || (a < b ? -1 : 1);

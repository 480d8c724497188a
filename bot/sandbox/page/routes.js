/** Where in the workspace one is; the address bar knows it: #/C0GENERAL, #/C0GENERAL/1700.1, #/D0APP?home */

import { emit, state } from "./store.js";

export function readRoute() {
  const [, channel = "", rest = ""] =
    /^#\/([A-Z0-9]+)(?:\/([\d.]+)|\?(?:home|about))?$/.exec(location.hash) ?? [];
  const tab = /\?(home|about)$/.exec(location.hash)?.[1] ?? "messages";
  return { channel, thread: rest, tab };
}

export function goTo(channel, { thread = "", tab = "messages" } = {}) {
  const hash = `#/${channel}${thread ? `/${thread}` : tab !== "messages" ? `?${tab}` : ""}`;
  if (location.hash === hash) emit("route");
  else location.hash = hash;
}

export const openThread = (ts) => goTo(state.channel, { thread: ts });
export const closeThread = () => goTo(state.channel);

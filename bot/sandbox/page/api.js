/** A person's side of the sandbox over HTTP. */

import { state } from "./store.js";

let person = new URLSearchParams(location.search).get("user") || sessionStorage.getItem("sandbox.user") || "";

export const actor = () => person;

export function actAs(user) {
  person = user;
  sessionStorage.setItem("sandbox.user", user);
}

function address(path, query = {}) {
  const url = new URL(path, location.origin);
  for (const [name, value] of Object.entries({ user: person, ...query }))
    if (value) url.searchParams.set(name, value);
  return url;
}

async function read(path, query) {
  const answer = await fetch(address(path, query), { headers: { Accept: "application/json" } });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.message || body.error || `the sandbox answered ${answer.status}`);
  return body;
}

export const snapshot = () => read("/page/snapshot");
export const messages = (channel, thread_ts) => read("/page/messages", { channel, thread_ts });
export const home = () => read("/page/home");
export const fileUrl = (id) => address(`/page/file/${encodeURIComponent(id)}`).href;

export function liveUrl() {
  const url = address("/page/live");
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** `{ok, …}`; a broken connection is answered like any other failure, never thrown. */
export async function act(what, details = {}) {
  try {
    const answer = await fetch(address("/page/act"), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ do: what, ...details }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "sandbox_unreachable" };
  }
}

/** Uploads with progress (0..1). Without a channel the files are only held, for a modal. */
export function upload(files, { channel = "", thread_ts = "", text = "", progress = () => {} } = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ channel, thread_ts, text }))
    if (value) form.append(name, value);
  for (const file of files) form.append("file", file, file.name);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("/page/upload"));
    request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    request.onload = () => resolve(parsed(request.responseText));
    request.onerror = () => resolve({ ok: false, error: "sandbox_unreachable" });
    request.send(form);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { ok: false, error: "upload_failed" };
  }
}

const WORDS = {
  sandbox_unreachable: "The sandbox does not answer. Is it still running?",
  not_in_channel: "You are not in this channel.",
  cant_update_message: "Only its author can change this message.",
  cant_delete_message: "Only its author can delete this message.",
  no_text: "There is nothing to send yet.",
  dispatch_failed: "The app did not answer in time.",
  operation_timeout: "The app did not answer in time.",
  already_in_channel: "They are in this channel already.",
  channel_not_found: "You cannot see this channel.",
  message_not_found: "This message is gone.",
  action_not_found: "The app changed this meanwhile; look again.",
  view_not_found: "This was closed meanwhile.",
  file_not_found: "This file is gone.",
};

/** An error code as a sentence. */
export function sentence(error) {
  if (!error) return "That did not work.";
  return WORDS[error] ?? (/\s/.test(error) ? error : `That did not work (${error.replaceAll("_", " ")}).`);
}

export const mine = (message) => message.user === state.me?.id;

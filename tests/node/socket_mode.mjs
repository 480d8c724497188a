// @slack/socket-mode against the sandbox: events, commands, actions and modals, acked over the socket.
import { SocketModeClient } from "@slack/socket-mode";
import { WebClient } from "@slack/web-api";
import { ADA, GENERAL, act, clientOptions, control, place, report, said, snapshot, until } from "./sandbox.mjs";

const web = new WebClient(place.bot_token, clientOptions);
const socket = new SocketModeClient({ appToken: place.app_token, clientOptions, clientPingTimeout: 500 });
const seen = { events: [], retries: [] };

const text = (words) => ({ type: "plain_text", text: words });
const button = { type: "button", text: text("Open"), action_id: "open", value: "7" };
const view = {
  type: "modal", callback_id: "story", private_metadata: "kept", title: text("Story"), submit: text("Save"),
  blocks: [{ type: "input", block_id: "title", label: text("Title"),
             element: { type: "plain_text_input", action_id: "words" } }],
};

socket.on("app_mention", async ({ ack, body, event, retry_num: retry }) => {
  seen.events.push(body.event_id);
  seen.retries.push(retry ?? 0);
  if (event.text.includes("twice") && !retry) return; // not acked: it comes again
  await ack();
  await web.chat.postMessage({ channel: event.channel, text: `heard ${event.user}` });
});
socket.on("slash_commands", async ({ ack, body }) => {
  await ack({ response_type: "in_channel", text: `${body.command} ${body.text} by ${body.user_id}` });
  await web.chat.postMessage({ channel: body.channel_id, text: "press",
                               blocks: [{ type: "actions", block_id: "row", elements: [button] }] });
});
socket.on("interactive", async ({ ack, body }) => {
  if (body.type === "block_actions") {
    seen.action = body.actions[0].value;
    await ack();
    await web.views.open({ trigger_id: body.trigger_id, view });
  } else if (body.type === "view_submission") {
    const title = body.view.state.values.title.words.value;
    if (title.length < 5) return ack({ response_action: "errors", errors: { title: "too short" } });
    seen.title = title;
    seen.metadata = body.view.private_metadata;
    await ack();
  }
});

async function reconnected(name) {
  const connections = [];
  socket.on("connected", () => connections.push("again"));
  await control("socket", { reason: "refresh_requested" });
  await until("a new connection", () => connections.length > 0);
  await act("post", { channel: GENERAL, text: `@${name} still there` });
  return until("an event over the new connection", () => seen.events.length > 3 && connections.length);
}

async function bot() {
  const { app, users } = await snapshot();
  return users.find((one) => one.id === app.bot_user).name;
}

await report(async () => {
  await socket.start();
  const name = await bot();
  await act("post", { channel: GENERAL, text: `@${name} hello` });
  await said(`heard ${ADA}`);
  const command = await act("command", { channel: GENERAL, text: "/story draft it" });
  const announced = await said(`/story draft it by ${ADA}`);
  const message = await said("press");
  await act("click", { channel: GENERAL, ts: message.ts, block_id: "row", action_id: "open" });
  const [id] = await until("the modal", async () => {
    const { stack } = await snapshot();
    return stack.length && stack.map((one) => one.id ?? one);
  });
  const empty = await act("submit", { view_id: id, state: {} });
  const short = await act("submit", { view_id: id, state: { title: { words: "abc" } } });
  const saved = await act("submit", { view_id: id, state: { title: { words: "pump is silent" } } });
  await act("post", { channel: GENERAL, text: `@${name} twice` });
  await until("the second delivery", () => seen.retries.includes(1));
  const again = await reconnected(name);
  await socket.disconnect();
  return { command: command.ok, announced: announced.user, empty, short, saved: saved.ok, again, ...seen,
           same: seen.events[1] === seen.events[2] };
});

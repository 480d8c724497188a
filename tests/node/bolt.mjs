// @slack/bolt against the sandbox. `node bolt.mjs socket` or `http`: the same app and tour on either transport.
import { createRequire } from "node:module";
import { ADA, GENERAL, act, clientOptions, control, messages, place, report, said, snapshot, until } from "./sandbox.mjs";

const { App } = createRequire(import.meta.url)("@slack/bolt");
const overHttp = process.argv[2] === "http";
const app = new App({
  token: place.bot_token, clientOptions,
  ...(overHttp ? { signingSecret: place.signing_secret } : { socketMode: true, appToken: place.app_token }),
});
const heard = {};

const plain = (words) => ({ type: "plain_text", text: words });
const input = (id, element) => ({ type: "input", block_id: id, label: plain(id), element: { action_id: "value", ...element } });
const modal = {
  type: "modal", callback_id: "story", title: plain("Story"), submit: plain("Save"), notify_on_close: true,
  private_metadata: "kept",
  blocks: [
    input("title", { type: "plain_text_input" }),
    input("owner", { type: "users_select" }),
    input("theme", { type: "external_select", min_query_length: 0 }),
  ],
};
const row = [{ type: "actions", block_id: "row", elements: [
  { type: "button", text: plain("Approve"), action_id: "approve", value: "7" },
  { type: "static_select", action_id: "state", options: ["draft", "ready"].map((one) => ({ text: plain(one), value: one })) },
] }];

app.command("/story", async ({ ack, command, client, say, respond }) => {
  await ack();
  if (command.text === "new") await client.views.open({ trigger_id: command.trigger_id, view: modal });
  else {
    await say({ text: "decide", blocks: row });
    await respond({ text: `only ${command.user_name}`, response_type: "ephemeral" });
  }
});
app.options("value", async ({ ack, options, payload }) =>
  ack({ options: ["pump", "light"].filter((one) => one.startsWith(payload.value))
          .map((one) => ({ text: plain(one), value: `${one}-${options.block_id}` })) }));
app.view("story", async ({ ack, view, body, client }) => {
  const { title, owner, theme } = view.state.values;
  if (title.value.value.length < 5) return ack({ response_action: "errors", errors: { title: "too short" } });
  if (title.value.value === "more") return ack();
  await ack({ response_action: "update", view: { type: "modal", title: plain("Done"),
                                                 blocks: [{ type: "section", text: plain("Saved.") }] } });
  heard.view = { owner: owner.value.selected_user, theme: theme.value.selected_option.value,
                 metadata: view.private_metadata };
  await client.chat.postMessage({ channel: GENERAL, text: `saved by ${body.user.id}` });
});
app.view({ callback_id: "story", type: "view_closed" }, async ({ ack, body }) => {
  await ack();
  heard.closed = body.is_cleared;
});
app.action("approve", async ({ ack, action, respond }) => {
  await ack();
  await respond({ text: `approved ${action.value}`, replace_original: true });
});
app.action({ type: "block_actions", action_id: "state" }, async ({ ack, action, body, say }) => {
  await ack();
  await say({ text: `now ${action.selected_option.value}`, thread_ts: body.message.ts });
});
app.shortcut({ callback_id: "draft", type: "shortcut" }, async ({ ack, shortcut, client }) => {
  await ack();
  await client.views.open({ trigger_id: shortcut.trigger_id, view: modal });
});
app.shortcut({ callback_id: "make_story", type: "message_action" }, async ({ ack, shortcut, respond }) => {
  await ack();
  heard.message = shortcut.message.text;
  await respond({ text: `made from ${shortcut.channel.name}`, response_type: "in_channel" });
});
app.event("reaction_added", async ({ event, say }) => {
  await say({ text: `${event.reaction} by ${event.user}`, thread_ts: event.item.ts });
});
app.event("app_home_opened", async ({ event, client }) => {
  await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [{ type: "section", text: plain("Home") }] } });
});
app.message("ping", async ({ message, say }) => say({ text: "pong", thread_ts: message.ts }));

const manifest = {
  display_information: { name: "Stories" },
  features: {
    bot_user: { display_name: "Stories" },
    slash_commands: [{ command: "/story", description: "Stories", should_escape: true }],
    shortcuts: [
      { name: "Draft", type: "global", callback_id: "draft", description: "d" },
      { name: "Make a story", type: "message", callback_id: "make_story", description: "m" },
    ],
  },
  oauth_config: { scopes: { bot: ["chat:write", "commands", "reactions:read", "channels:history"] } },
  settings: {
    event_subscriptions: { bot_events: ["message.channels", "reaction_added", "app_home_opened"] },
    interactivity: { is_enabled: true },
    socket_mode_enabled: !overHttp,
  },
};

async function install() {
  const server = await app.start(0);
  const url = overHttp ? `http://127.0.0.1:${server.address().port}/slack/events` : "";
  return control("app", { manifest, request_url: url });
}

const top = () => until("a modal", async () => (await snapshot()).stack.at(-1));
const gone = () => until("no modal", async () => (await snapshot()).stack.length === 0);

async function conversation() {
  await act("command", { channel: GENERAL, text: "/story list" });
  const { ts } = await said("decide");
  const whisper = await said("only ada");
  await act("click", { channel: GENERAL, ts, block_id: "row", action_id: "state", value: "ready" });
  const state = await said("now ready", ts);
  await act("click", { channel: GENERAL, ts, block_id: "row", action_id: "approve" });
  await until("the replaced message", async () =>
    (await messages()).find((one) => one.ts === ts && one.text === "approved 7"));
  await act("react", { channel: GENERAL, ts, name: "tada" });
  const reaction = await said(`tada by ${ADA}`, ts);
  const { ts: asked } = await act("post", { channel: GENERAL, text: "ping" });
  const pong = await said("pong", asked);
  await act("message_shortcut", { channel: GENERAL, ts: asked, callback_id: "make_story" });
  await said("made from general");
  return { whisper: whisper.ephemeral, state: state.user, reaction: reaction.user, pong: pong.user };
}

async function modals() {
  await act("command", { channel: GENERAL, text: "/story new" });
  const { id } = await top();
  const offered = await act("options", { view_id: id, block_id: "theme", action_id: "value", query: "p" });
  const rest = { owner: { value: "U0BEN" }, theme: { value: "pump-theme" } };
  const short = await act("submit", { view_id: id, state: { title: { value: "abc" }, ...rest } });
  const saved = await act("submit", { view_id: id, state: { title: { value: "pump is silent" }, ...rest } });
  await said(`saved by ${ADA}`);
  const { title } = await top();
  await act("close", { view_id: id });
  await gone();
  await act("shortcut", { callback_id: "draft" });
  const second = await top();
  await act("close", { view_id: second.id, all: true });
  await until("the closing", () => "closed" in heard);
  return { offered: offered.options.map((one) => one.value), short, saved: saved.response_action, title: title.text };
}

async function home() {
  await act("home");
  const shown = await until("the home", async () => {
    const { view } = await (await fetch(`${place.page}page/home?user=${ADA}`)).json();
    return view?.blocks[0].text.text === "Home" && view;
  });
  return shown.type;
}

await report(async () => {
  const { ok } = await install();
  const facts = { ok, conversation: await conversation(), modals: await modals(), home: await home(), heard };
  await app.stop();
  return facts;
});

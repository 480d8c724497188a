// @slack/web-api against the sandbox: one call or more of every family of methods.
import { ErrorCode, WebClient } from "@slack/web-api";
import { ADA, GENERAL, base, clientOptions, control, place, report, said } from "./sandbox.mjs";

const client = new WebClient(place.bot_token, clientOptions);
const section = (text) => ({ type: "section", text: { type: "mrkdwn", text } });

async function failure(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("the call went well");
}

async function people() {
  const me = await client.auth.test();
  const ids = [];
  for await (const page of client.paginate("users.list", { limit: 3 })) {
    ids.push(...page.members.map((one) => one.id));
  }
  const { user } = await client.users.info({ user: ADA });
  return { me: me.user_id, team: me.team_id, people: ids.length, ada: user.real_name };
}

async function channels() {
  const { channels: listed } = await client.conversations.list({ types: "public_channel,private_channel" });
  const { channel } = await client.conversations.info({ channel: GENERAL });
  const { members } = await client.conversations.members({ channel: GENERAL });
  const { channel: im } = await client.conversations.open({ users: ADA });
  const seen = (await client.conversations.history({ channel: GENERAL, limit: 2 })).messages.length;
  return { listed: listed.map((one) => one.name).sort(), name: channel.name, ada: members.includes(ADA),
           im: im.id.startsWith("D"), seen };
}

async function chat() {
  const metadata = { event_type: "story", event_payload: { id: 7 } };
  const posted = await client.chat.postMessage({
    channel: GENERAL, text: "first", blocks: [section("*first*")], metadata,
  });
  const { ts } = posted;
  await client.chat.update({ channel: GENERAL, ts, text: "second", blocks: [section("*second*")] });
  await client.chat.postMessage({ channel: GENERAL, text: "below", thread_ts: ts });
  const { messages: thread } = await client.conversations.replies({ channel: GENERAL, ts });
  const found = (await client.conversations.history({
    channel: GENERAL, latest: ts, inclusive: true, limit: 1, include_all_metadata: true,
  })).messages[0];
  const whisper = await client.chat.postEphemeral({ channel: GENERAL, user: ADA, text: "only you" });
  const { permalink } = await client.chat.getPermalink({ channel: GENERAL, message_ts: ts });
  const later = await client.chat.scheduleMessage({
    channel: GENERAL, text: "later", post_at: Math.floor(Date.now() / 1000) + 3600,
  });
  const { scheduled_messages: waiting } = await client.chat.scheduledMessages.list({ channel: GENERAL });
  await client.chat.deleteScheduledMessage({ channel: GENERAL, scheduled_message_id: later.scheduled_message_id });
  await client.chat.delete({ channel: GENERAL, ts: thread[1].ts });
  return { ts, thread: thread.map((one) => one.text), metadata: found.metadata, block: found.blocks[0].text.text,
           whisper: Boolean(whisper.message_ts), permalink: permalink.startsWith(base),
           waiting: waiting.map((one) => one.text) };
}

async function marks(ts) {
  await client.reactions.add({ channel: GENERAL, timestamp: ts, name: "thumbsup" });
  const { message } = await client.reactions.get({ channel: GENERAL, timestamp: ts });
  const twice = await failure(() => client.reactions.add({ channel: GENERAL, timestamp: ts, name: "thumbsup" }));
  await client.reactions.remove({ channel: GENERAL, timestamp: ts, name: "thumbsup" });
  await client.pins.add({ channel: GENERAL, timestamp: ts });
  const { items } = await client.pins.list({ channel: GENERAL });
  return { reactions: message.reactions.map((one) => [one.name, one.count]), twice: twice.data.error,
           pinned: items.length };
}

async function files(ts) {
  const uploaded = await client.filesUploadV2({
    channel_id: GENERAL, thread_ts: ts, initial_comment: "two files",
    file_uploads: [
      { filename: "tickets.csv", file: Buffer.from("id,text\n1,pump\n") },
      { filename: "notes.txt", content: "grün", title: "Notes" },
    ],
  });
  const { id } = uploaded.files[0].files[0];
  const { file } = await client.files.info({ file: id });
  const body = await fetch(file.url_private, { headers: { authorization: `Bearer ${place.bot_token}` } });
  const stranger = await fetch(file.url_private);
  const message = await said("two files", ts);
  return { names: message.files.map((one) => one.name), body: await body.text(), size: file.size,
           stranger: stranger.ok };
}

async function stream(ts) {
  const streamer = client.chatStream({
    channel: GENERAL, thread_ts: ts, recipient_team_id: "T0SILLGROVE", recipient_user_id: ADA, buffer_size: 8,
  });
  await streamer.append({ markdown_text: "**one** and " });
  await streamer.append({ markdown_text: "two" });
  const { message } = await streamer.stop({ markdown_text: ".", blocks: [section("_the end_")] });
  const { messages: thread } = await client.conversations.replies({ channel: GENERAL, ts });
  return { text: message.text, kept: thread.at(-1).text, ts: streamer.ts === thread.at(-1).ts };
}

async function views() {
  const view = { type: "home", blocks: [section("home")] };
  const { view: shown } = await client.views.publish({ user_id: ADA, view });
  const changed = await client.views.publish({ user_id: ADA, view, hash: shown.hash });
  const stale = await failure(() => client.views.publish({ user_id: ADA, view, hash: shown.hash }));
  const modal = { ...view, type: "modal", title: { type: "plain_text", text: "Late" } };
  const late = await failure(() => client.views.open({ trigger_id: "1.2.3", view: modal }));
  return { id: shown.id === changed.view.id, stale: stale.data.error, late: late.data.error };
}

async function refusals() {
  const long = await failure(() =>
    client.chat.postMessage({ channel: GENERAL, text: "a", blocks: [section("x".repeat(3001))] }));
  const nowhere = await failure(() => client.chat.postMessage({ channel: "C0NOWHERE", text: "a" }));
  const outside = await failure(() => client.chat.postMessage({ channel: "C0LEADS", text: "a" }));
  const nobody = new WebClient("xoxb-nobody", clientOptions);
  const token = await failure(() => nobody.auth.test());
  return { code: long.code === ErrorCode.PlatformError, long: long.data.error, words: long.data.response_metadata.messages,
           nowhere: nowhere.data.error, outside: outside.data.error, token: token.data.error };
}

async function patience() {
  await control("faults", { on: "api:chat.postMessage", what: "rate_limit", seconds: 1, times: 1 });
  const hasty = new WebClient(place.bot_token, { ...clientOptions, rejectRateLimitedCalls: true });
  const refused = await failure(() => hasty.chat.postMessage({ channel: GENERAL, text: "hasty" }));
  await control("faults", { on: "api:chat.postMessage", what: "rate_limit", seconds: 1, times: 1 });
  const waited = await client.chat.postMessage({ channel: GENERAL, text: "patient" });
  await control("faults", { on: "api:auth.test", what: "status", status: 503, times: 1 });
  const again = new WebClient(place.bot_token, { ...clientOptions, retryConfig: { retries: 1, minTimeout: 10 } });
  return { refused: refused.code === ErrorCode.RateLimitedError, retryAfter: refused.retryAfter,
           waited: waited.ok, again: (await again.auth.test()).ok };
}

await report(async () => {
  const facts = { people: await people(), channels: await channels(), chat: await chat() };
  const { ts } = facts.chat;
  return { ...facts, marks: await marks(ts), files: await files(ts), stream: await stream(ts), views: await views(),
           refusals: await refusals(), patience: await patience() };
});

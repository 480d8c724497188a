// The sandbox as these scripts see it: its addresses, a person at its page, its controls, and waiting.
import { setTimeout as pause } from "node:timers/promises";

export const place = JSON.parse(process.env.SANDBOX);
export const base = place.page.replace(/\/$/, "");
export const clientOptions = { slackApiUrl: place.api };
export const ADA = "U0ADA";
export const GENERAL = "C0GENERAL";

async function ask(path, body, method = "POST") {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
  return answer.json();
}

/** What a person does in the page: `{ok, …}` once the app has answered. */
export const act = (doing, body = {}, user = ADA) => ask(`/page/act?user=${user}`, { do: doing, ...body });

export const control = (name, body) => ask(`/control/${name}`, body);

export async function messages(channel = GENERAL, thread = "", user = ADA) {
  const query = new URLSearchParams({ user, channel, ...(thread && { thread_ts: thread }) });
  return (await ask(`/page/messages?${query}`, undefined, "GET")).messages;
}

export const snapshot = (user = ADA) => ask(`/page/snapshot?user=${user}`, undefined, "GET");

/** The first thing `look` finds; an error after ten seconds without one. */
export async function until(what, look) {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(20);
  }
}

export const said = (text, thread = "") =>
  until(`a message "${text}"`, async () => (await messages(GENERAL, thread)).find((one) => one.text === text));

/** Runs `main` and prints what it found as one line of JSON, the last one. */
export async function report(main) {
  try {
    const facts = await main();
    process.stdout.write(`\n${JSON.stringify(facts)}\n`, () => process.exit(0));
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
}

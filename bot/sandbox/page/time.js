/** Times as people read them. */

import { dayWord } from "./text/inline.js";

const DAY = new Intl.DateTimeFormat("en", { weekday: "long", month: "long", day: "numeric" });
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const FULL = new Intl.DateTimeFormat("en", {
  weekday: "long",
  month: "long",
  day: "numeric",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});

export const whenOf = (ts) => new Date(Number(ts) * 1000);
export const clock = (ts) => CLOCK.format(whenOf(ts));
export const full = (ts) => FULL.format(whenOf(ts));
export const dayKey = (ts) => whenOf(ts).toDateString();
export const dayName = (ts) => dayWord(whenOf(ts)) || DAY.format(whenOf(ts));

/** `plan` and `task_card`: what the app is doing, step by step. */

import { h, link } from "../dom.js";
import { icon } from "../icons.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/rich_text.js";

const STATES = { pending: "Pending", in_progress: "In progress", complete: "Done", error: "Failed" };

const known = (status) => (Object.hasOwn(STATES, status) ? status : "pending");

function sign(status) {
  const inner = {
    complete: () => icon("check", 12),
    error: () => icon("close", 11),
    in_progress: () => h("span", { class: "spinner" }),
    pending: () => null,
  }[status]();
  return h("span", { class: `task-sign task-${status}`, role: "img", "aria-label": STATES[status] }, inner);
}

const words = (one) =>
  one && (typeof one === "string" ? h("div", { class: "md" }, markdown(one)) : richText(one));

function task(card) {
  const status = known(card.status);
  const sources = (card.sources ?? []).map((source) =>
    link(source.url, source.text?.text ?? source.text ?? source.url),
  );
  return h(
    "li",
    { class: `task-row is-${status}` },
    sign(status),
    h(
      "div",
      { class: "task-words" },
      h("div", { class: "task-title" }, card.title ?? ""),
      card.details && h("div", { class: "task-details" }, words(card.details)),
      card.output && h("div", { class: "task-output" }, words(card.output)),
      sources.length > 0 && h("div", { class: "task-sources" }, sources),
    ),
  );
}

export const taskCard = (block) => h("ul", { class: "task-list single" }, task(block));

export function plan(block) {
  const tasks = block.tasks ?? [];
  const done = tasks.filter((one) => one.status === "complete").length;
  const failed = tasks.some((one) => one.status === "error");
  const running = tasks.some((one) => one.status === "in_progress");
  const state = failed
    ? "error"
    : tasks.length && done === tasks.length
      ? "complete"
      : running
        ? "in_progress"
        : "pending";
  const bar = h(
    "span",
    { class: "plan-bar", "aria-hidden": "true" },
    h("span", { vars: { "--share": String(tasks.length ? done / tasks.length : 0) } }),
  );
  return h(
    "div",
    { class: `plan is-${state}` },
    h(
      "div",
      { class: "plan-head" },
      h("strong", {}, block.title ?? "Plan"),
      tasks.length > 0 && h("span", { class: "plan-count" }, `${done} of ${tasks.length}`),
      tasks.length > 0 && bar,
    ),
    h("ul", { class: "task-list" }, tasks.map(task)),
  );
}

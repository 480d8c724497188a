/** The app's modals: a stack of views of which the top one is seen; it is updated in place. */

import { act, sentence } from "./api.js";
import { renderBlocks } from "./blocks/index.js";
import { dialog, toast } from "./dialog.js";
import { h } from "./dom.js";
import { Values, busy } from "./elements/common.js";
import { icon } from "./icons.js";
import { closePopover } from "./popover.js";
import { plain } from "./text/inline.js";
import { avatar } from "./avatar.js";
import { appName, state, userOf } from "./store.js";

let stack = []; // {view, values}
let shell = null;

/** A view was opened (a new stack) or pushed on top of the others. */
export function showModal(view, ids = [view.id]) {
  stack = stack.filter((one) => ids.includes(one.view.id) && one.view.id !== view.id);
  stack.push({ view, values: new Values() });
  draw(true);
}

export function changeModal(view) {
  const entry = stack.find((one) => one.view.id === view.id);
  if (!entry) return;
  entry.view = view;
  if (entry === stack.at(-1)) draw(false);
}

export function dropModal(id) {
  stack = stack.filter((one) => one.view.id !== id);
  if (stack.length) draw(true);
  else shut();
}

/** Everything as it stands on the server; for a page that was loaded anew. */
export function restoreModals(views) {
  stack = (views ?? []).map((view) => ({
    view,
    values: stack.find((one) => one.view.id === view.id)?.values ?? new Values(),
  }));
  if (stack.length) draw(true);
  else shut();
}

function shut() {
  stack = [];
  shell?.close("gone");
  shell = null;
}

function draw(fresh) {
  closePopover();
  const { view, values } = stack.at(-1);
  shell ??= frame();
  const { node } = shell;
  const focused = fresh ? null : focusKey(node);
  const scroll = fresh ? 0 : (node.querySelector(".modal-body")?.scrollTop ?? 0);
  const ctx = {
    surface: "modal",
    origin: { view_id: view.id },
    values,
    act: (what) => act("click", { view_id: view.id, ...what, state: values.collect() }),
    onchange: (block) => clearError(node, block),
  };
  const body = h(
    "div",
    { class: "modal-body" },
    view.blocks?.length
      ? renderBlocks(view.blocks, ctx)
      : h("div", { class: "modal-wait" }, h("span", { class: "spinner" })),
  );
  const form = h(
    "form",
    {
      class: "modal-form",
      novalidate: true,
      onsubmit: (event) => (event.preventDefault(), submit(view, values, node)),
    },
    head(view),
    body,
    foot(view),
  );
  node.replaceChildren(form);
  body.scrollTop = scroll;
  if (fresh) firstField(node)?.focus({ preventScroll: true });
  else refocus(node, focused);
}

function frame() {
  const made = dialog({
    label: "Modal",
    body: [],
    kind: "modal",
    onclose: (reason) => reason !== "gone" && ((shell = null), leave(true)),
  });
  return made;
}

function head(view) {
  const back =
    stack.length > 1 &&
    h(
      "button",
      { class: "icon-button", type: "button", "aria-label": "Back", onclick: () => leave(false) },
      icon("back"),
    );
  const face = stack.length > 1 ? null : avatar(userOf(state.app.bot_user), "small");
  return h(
    "header",
    { class: "modal-head" },
    back || face,
    h("div", { class: "modal-title" }, h("h2", {}, plain(view.title?.text)), h("small", {}, appName())),
    h(
      "button",
      { class: "icon-button", type: "button", "aria-label": "Close", onclick: () => leave(true) },
      icon("close"),
    ),
  );
}

function foot(view) {
  const close = h(
    "button",
    { class: "button", type: "button", onclick: () => leave(false) },
    plain(view.close?.text ?? (view.submit ? "Cancel" : "Close")),
  );
  const submits =
    view.submit &&
    h(
      "button",
      { class: "button primary", type: "submit", disabled: Boolean(view.submit_disabled) },
      h("span", {}, plain(view.submit.text)),
    );
  return h(
    "footer",
    { class: "modal-foot" },
    h("div", { class: "modal-problem", role: "alert" }),
    close,
    submits,
  );
}

/** Closes the top view, or all of them. */
async function leave(all) {
  const top = stack.at(-1);
  if (!top) return;
  if (all) shut();
  const answer = await act("close", {
    view_id: top.view.id,
    all: all && Boolean(top.view.root_view_id !== top.view.id),
  });
  if (!answer.ok && !all) dropModal(top.view.id);
}

async function submit(view, values, node) {
  const button = node.querySelector("[type=submit]");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  clearErrors(node);
  await busy(button, async () => {
    const answer = await act("submit", { view_id: view.id, state: values.collect() });
    if (answer.ok) return;
    if (answer.errors) showErrors(node, answer.errors);
    else if (answer.error === "view_not_found") shut();
    else problem(node, answer.error);
  });
}

function problem(node, error) {
  const line = node.querySelector(".modal-problem");
  if (line)
    line.textContent = ["operation_timeout", "dispatch_failed"].includes(error)
      ? "The app did not answer. Try again in a moment."
      : sentence(error);
  else toast(sentence(error), "error");
}

const inputOf = (node, block) =>
  [...node.querySelectorAll("[data-input]")].find((one) => one.dataset.input === block);

function showErrors(node, errors) {
  const unplaced = [];
  let first = null;
  for (const [block, text] of Object.entries(errors)) {
    const input = inputOf(node, block);
    if (!input) {
      unplaced.push(text);
      continue;
    }
    const line = [...input.querySelectorAll(".input-error")].at(-1);
    line.replaceChildren(icon("warn", 14), h("span", {}, text));
    line.hidden = false;
    input.classList.add("wrong");
    const control = input.querySelector("input:not([type=file]), textarea, button, input");
    control?.setAttribute("aria-invalid", "true");
    first ??= control;
  }
  first?.focus();
  if (unplaced.length) node.querySelector(".modal-problem").textContent = unplaced.join(" ");
}

function clearErrors(node) {
  node.querySelectorAll("[data-input].wrong").forEach((one) => clearError(node, one.dataset.input));
  node.querySelector(".modal-problem").textContent = "";
}

function clearError(node, block) {
  const input = inputOf(node, block);
  if (!input?.classList.contains("wrong")) return;
  input.classList.remove("wrong");
  input.querySelectorAll(".input-error").forEach((line) => (line.hidden = true));
  input.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
}

/** Where one starts: what the app wants, else the first thing to fill in, else the buttons at the end. */
function firstField(node) {
  const places = [
    "[autofocus]",
    ".modal-body :is(input:not([type=file]), textarea, button)",
    ".modal-foot button",
  ];
  return places.map((one) => node.querySelector(one)).find(Boolean);
}

/** The field one was in, by what it is called, since an update draws it anew. */
function focusKey(node) {
  const at = document.activeElement;
  if (!node.contains(at) || !at.dataset.action) return null;
  return {
    block: at.closest("[data-block]")?.dataset.block,
    action: at.dataset.action,
    range: typeof at.selectionStart === "number" ? [at.selectionStart, at.selectionEnd] : null,
  };
}

function refocus(node, key) {
  const found =
    key &&
    [...node.querySelectorAll("[data-action]")].find(
      (one) => one.dataset.action === key.action && one.closest("[data-block]")?.dataset.block === key.block,
    );
  const target = found ?? firstField(node);
  target?.focus({ preventScroll: true });
  if (found && key.range) found.setSelectionRange(...key.range);
}

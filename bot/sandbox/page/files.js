/** Files: cards under messages, small previews, the large view, and what is about to be sent. */

import { fileUrl } from "./api.js";
import { dialog } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { delimited } from "./csv.js";

const ROWS = 6;
const COLUMNS = 8;
const LETTERS = 1200;
const READ = 65_536;

export function sizeText(bytes) {
  if (bytes === undefined || bytes === null) return "";
  const step =
    bytes < 1024 ? [bytes, "B"] : bytes < 1024 ** 2 ? [bytes / 1024, "KB"] : [bytes / 1024 ** 2, "MB"];
  return `${step[0] < 10 && step[1] !== "B" ? step[0].toFixed(1) : Math.round(step[0])} ${step[1]}`;
}

const extension = (name) => (name?.includes(".") ? name.split(".").pop().toLowerCase() : "");

/** image, table, text, pdf or other. */
export function kindOf(file) {
  const type = file.mimetype || file.type || "";
  const end = extension(file.name);
  if (/^image\/(png|jpeg|gif|webp)$/.test(type)) return "image";
  if (type === "application/pdf" || end === "pdf") return "pdf";
  if (["csv", "tsv"].includes(end) || /csv|tab-separated/.test(type)) return "table";
  const texts = [
    "txt",
    "md",
    "json",
    "jsonl",
    "yaml",
    "yml",
    "log",
    "feature",
    "py",
    "js",
    "html",
    "xml",
    "svg",
  ];
  return /^text\/|json|yaml/.test(type) || texts.includes(end) ? "text" : "other";
}

/** A file of a message: what it is, a look into it, and the way to have it. */
export function fileCard(file) {
  const kind = kindOf(file);
  const name = file.title || file.name || "file";
  if (!file.id) return h("div", { class: "file-card" }, fileHead(file, kind, name));
  const source = fileUrl(file.id);
  if (kind === "image") return imageCard(source, file, name);
  const look = ["table", "text"].includes(kind)
    ? h("div", { class: "file-look" }, h("span", { class: "spinner" }))
    : null;
  if (look) fillLook(look, source, kind, file);
  return h("div", { class: "file-card", data: { file: file.id } }, fileHead(file, kind, name, source), look);
}

function imageCard(source, file, name) {
  const open = h(
    "button",
    {
      class: "picture",
      type: "button",
      "aria-label": `Enlarge ${name}`,
      onclick: () => lightbox(source, name),
    },
    h("img", { src: source, alt: file.alt_txt || name, loading: "lazy" }),
  );
  return h("figure", { class: "figure", data: { file: file.id } }, h("figcaption", {}, name), open);
}

function fileHead(file, kind, name, source) {
  const words = [extension(name).toUpperCase() || "File", sizeText(file.size)].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "file-head" },
    h(
      "span",
      { class: `file-sign file-${kind}`, "aria-hidden": "true" },
      icon("file", 22),
      h("b", {}, extension(name).slice(0, 4)),
    ),
    h("div", { class: "file-words" }, h("strong", {}, name), h("small", {}, words)),
    source &&
      h(
        "div",
        { class: "file-tools" },
        ["table", "text", "pdf"].includes(kind) &&
          h(
            "button",
            {
              class: "icon-button",
              type: "button",
              "aria-label": `Open ${name}`,
              data: { tip: "Open" },
              onclick: () => openLarge(source, file, kind),
            },
            icon("eye", 17),
          ),
        h(
          "a",
          {
            class: "icon-button",
            href: source,
            download: name,
            "aria-label": `Download ${name}`,
            data: { tip: "Download" },
          },
          icon("download", 17),
        ),
      ),
  );
}

const asks = new Map();

/** The first part of a file as text, read once. */
function beginning(source) {
  if (!asks.has(source))
    asks.set(
      source,
      fetch(source, { headers: { Range: `bytes=0-${READ - 1}` } }).then((answer) =>
        answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status))),
      ),
    );
  return asks.get(source);
}

async function fillLook(look, source, kind, file) {
  try {
    look.replaceChildren(drawn((await beginning(source)).slice(0, READ), kind, file.name));
  } catch {
    look.replaceChildren(h("small", { class: "file-none" }, "No preview."));
  }
}

function drawn(text, kind, name, rows = ROWS) {
  if (kind === "table") return csvTable(text, name, rows);
  const cut = rows === ROWS ? text.slice(0, LETTERS) : text;
  return h("pre", { class: "file-text" }, cut, text.length > cut.length && "…");
}

function csvTable(text, name, most) {
  const all = delimited(text, extension(name) === "tsv" ? "\t" : undefined);
  const shown = all.slice(0, most + 1);
  const row = (cells, tag) =>
    h(
      "tr",
      {},
      cells.slice(0, COLUMNS).map((cell) => h(tag, {}, cell)),
      cells.length > COLUMNS && h(tag, {}, "…"),
    );
  const more = all.length - shown.length;
  return h(
    "div",
    {},
    h(
      "div",
      { class: "grid-frame flat", tabindex: "0", role: "region", "aria-label": `The first rows of ${name}` },
      h(
        "table",
        { class: "grid small" },
        h("thead", {}, row(shown[0] ?? [], "th")),
        h(
          "tbody",
          {},
          shown.slice(1).map((cells) => row(cells, "td")),
        ),
      ),
    ),
    more > 0 &&
      h("small", { class: "file-more" }, `and ${text.length >= READ - 1 ? "many" : more} more rows`),
  );
}

async function openLarge(source, file, kind) {
  const body = h("div", { class: "file-large" }, h("span", { class: "spinner" }));
  dialog({ title: file.title || file.name, body, kind: "wide" });
  if (kind === "pdf")
    return body.replaceChildren(h("iframe", { src: source, title: file.name, class: "file-frame" }));
  const text = await beginning(source).catch(() => "");
  return body.replaceChildren(drawn(text, kind, file.name, 500));
}

export function lightbox(source, name) {
  dialog({
    title: name || "Picture",
    body: h("img", { class: "lightbox", src: source, alt: name }),
    kind: "wide",
  });
}

/** A file that is about to be sent, with a look into it. */
export function draftCard(file, remove) {
  const kind = kindOf(file);
  const look = h("div", { class: "draft-look" });
  if (kind === "image") drawPicture(file, look);
  else if (["table", "text"].includes(kind))
    file
      .slice(0, READ)
      .text()
      .then((text) => look.replaceChildren(drawn(text, kind, file.name, 3)));
  return h(
    "div",
    { class: `draft-file draft-${kind}` },
    fileHead(file, kind, file.name),
    look,
    h(
      "button",
      {
        class: "icon-button draft-remove",
        type: "button",
        "aria-label": `Remove ${file.name}`,
        onclick: remove,
      },
      icon("close", 14),
    ),
  );
}

/** On a canvas: a page that loads nothing from elsewhere cannot show a blob as an image. */
async function drawPicture(file, look) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 160 / picture.width, 90 / picture.height);
    const canvas = h("canvas", {
      width: Math.round(picture.width * scale),
      height: Math.round(picture.height * scale),
    });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    look.replaceChildren(canvas);
  } catch {
    look.replaceChildren(h("small", {}, "No preview."));
  }
}

/** The file input of a modal: drop or choose, uploaded at once, kept by id. */

import { sentence, upload } from "../api.js";
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { sizeText } from "../files.js";
import { changed, named, start } from "./common.js";

export function fileInput(element, ctx, place) {
  const known = ctx.values.labels.get(`files:${place.block_id}`) ?? [];
  start(element, ctx, place, []);
  let files = [...known];
  const most = element.max_files ?? 10;
  const accept = (element.filetypes ?? []).map((one) => `.${one}`).join(",");
  const field = h("input", {
    type: "file",
    class: "unseen",
    multiple: most > 1,
    accept: accept || undefined,
    data: { action: element.action_id },
    onchange: () => take([...field.files]),
    ...named(element, place, "Files"),
  });
  const list = h("ul", { class: "held-files" });
  const note = h("div", { class: "input-error", role: "alert", hidden: true });
  const browse = h(
    "button",
    { class: "button small", type: "button", onclick: () => field.click() },
    "Choose a file",
  );
  const kinds = element.filetypes?.length
    ? element.filetypes.map((one) => one.toUpperCase()).join(", ")
    : "Any kind";
  const area = h(
    "div",
    {
      class: "drop-area",
      ondragover: (event) => (event.preventDefault(), event.stopPropagation(), area.classList.add("over")),
      ondragleave: () => area.classList.remove("over"),
      ondrop: (event) => {
        event.preventDefault();
        event.stopPropagation();
        area.classList.remove("over");
        take([...event.dataTransfer.files]);
      },
    },
    icon("upload", 22),
    h(
      "div",
      {},
      h("strong", {}, most > 1 ? "Drop files here" : "Drop a file here"),
      h("small", {}, most > 1 ? `${kinds} · up to ${most} files` : kinds),
    ),
    browse,
    field,
  );

  function say(text) {
    note.textContent = text;
    note.hidden = !text;
  }

  async function take(chosen) {
    say("");
    const wrong = chosen.find(
      (file) =>
        element.filetypes?.length && !element.filetypes.includes(file.name.split(".").pop().toLowerCase()),
    );
    if (wrong) return say(`“${wrong.name}” is not of a kind that is asked for (${kinds}).`);
    if (files.length + chosen.length > most && most > 1) return say(`At most ${most} files.`);
    if (most === 1) files = [];
    for (const file of most === 1 ? chosen.slice(0, 1) : chosen) await hold(file);
    field.value = "";
    return undefined;
  }

  async function hold(file) {
    const entry = { name: file.name, size: file.size, progress: 0 };
    files.push(entry);
    draw();
    const answer = await upload([file], { progress: (share) => ((entry.progress = share), draw()) });
    if (answer.ok) Object.assign(entry, { id: answer.files[0].id, progress: 1 });
    else {
      files = files.filter((one) => one !== entry);
      say(sentence(answer.error));
    }
    draw();
    keep();
  }

  function keep() {
    ctx.values.labels.set(`files:${place.block_id}`, files);
    changed(element, ctx, place, files.map((one) => one.id).filter(Boolean));
  }

  function drop(entry) {
    files = files.filter((one) => one !== entry);
    draw();
    keep();
  }

  function draw() {
    list.replaceChildren(
      ...files.map((entry) =>
        h(
          "li",
          {},
          icon("file", 16),
          h("span", { class: "held-name" }, entry.name),
          h("small", {}, entry.id ? sizeText(entry.size) : `${Math.round(entry.progress * 100)} %`),
          h(
            "button",
            {
              class: "icon-button",
              type: "button",
              "aria-label": `Remove ${entry.name}`,
              onclick: () => drop(entry),
            },
            icon("close", 14),
          ),
        ),
      ),
    );
    area.classList.toggle("full", most === 1 && files.length > 0);
  }

  draw();
  return h("div", { class: "file-input" }, area, list, note);
}

/** `data_table`: a caption, columns that sort, a filter where it helps, and pages. */

import { h, reconcile, uid } from "../dom.js";
import { icon } from "../icons.js";
import { alignment, cellNode, cellText, isNumber } from "./table.js";

const FILTER_FROM = 12;

export function dataTable(block, ctx) {
  const [head = [], ...body] = block.rows ?? [];
  const size = Math.min(Math.max(block.page_size ?? 5, 1), 100);
  const named = block.row_header_column_index ?? 0;
  const caption = uid("caption");
  const nodes = new Map(
    body.map((cells) => [
      cells,
      h(
        "tr",
        {},
        cells.map((cell, at) =>
          h(
            at === named ? "th" : "td",
            { class: alignment(block.rows, at), scope: at === named ? "row" : undefined },
            cellNode(cell, ctx, block.block_id),
          ),
        ),
      ),
    ]),
  );
  let page = 0;
  let order = { column: -1, down: false };
  let query = "";

  const heads = head.map((cell, at) =>
    h(
      "th",
      { scope: "col", class: alignment(block.rows, at), "aria-sort": "none" },
      h(
        "button",
        { class: "sort", type: "button", onclick: () => sortBy(at) },
        cellText(cell),
        h("span", { class: "sort-sign", "aria-hidden": "true" }, icon("down", 12)),
      ),
    ),
  );
  const rows = h("tbody");
  const count = h("span", { class: "pages-count", "aria-live": "polite" });
  const step = (by, name, sign) =>
    h(
      "button",
      { class: "icon-button bordered", type: "button", "aria-label": name, onclick: () => turn(by) },
      icon(sign, 14),
    );
  const [back, next] = [step(-1, "Previous page", "back"), step(1, "Next page", "right")];

  function sortBy(column) {
    order = { column, down: order.column === column && !order.down };
    page = 0;
    draw();
  }

  function turn(by) {
    page += by;
    draw();
  }

  function draw() {
    const found = body.filter(
      (cells) => !query || cells.some((cell) => cellText(cell).toLowerCase().includes(query)),
    );
    const sorted =
      order.column < 0
        ? found
        : [...found].sort((a, b) => (order.down ? -1 : 1) * compared(a[order.column], b[order.column]));
    const pages = Math.max(Math.ceil(sorted.length / size), 1);
    page = Math.min(Math.max(page, 0), pages - 1);
    reconcile(
      rows,
      sorted.slice(page * size, (page + 1) * size).map((cells) => nodes.get(cells)),
    );
    heads.forEach((cell, at) =>
      cell.setAttribute("aria-sort", at !== order.column ? "none" : order.down ? "descending" : "ascending"),
    );
    count.textContent = sorted.length
      ? `${page * size + 1}–${Math.min((page + 1) * size, sorted.length)} of ${sorted.length}`
      : "Nothing matches";
    back.disabled = page === 0;
    next.disabled = page >= pages - 1;
  }

  const filter =
    body.length >= FILTER_FROM &&
    h("input", {
      class: "table-filter",
      type: "search",
      placeholder: "Filter",
      "aria-label": "Filter the rows",
      oninput: (event) => ((query = event.target.value.toLowerCase()), (page = 0), draw()),
    });
  draw();
  return h(
    "div",
    { class: "data-table" },
    h(
      "div",
      { class: "data-table-head" },
      h("span", { id: caption, class: "data-table-caption" }, block.caption),
      filter,
    ),
    h(
      "div",
      { class: "grid-frame", tabindex: "0", role: "region", "aria-labelledby": caption },
      h("table", { class: "grid", "aria-labelledby": caption }, h("thead", {}, h("tr", {}, heads)), rows),
    ),
    body.length > size || filter ? h("div", { class: "pages" }, count, back, next) : null,
  );
}

function compared(a, b) {
  if (isNumber(a) && isNumber(b)) return Number(a.value ?? 0) - Number(b.value ?? 0);
  return cellText(a).localeCompare(cellText(b), "en", { numeric: true });
}

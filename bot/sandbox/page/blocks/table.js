/** `table`: rows of cells with column settings; the cells are shared with `data_table`. */

import { fragment, h } from "../dom.js";
import { renderElement } from "../elements/index.js";
import { plain } from "../text/inline.js";
import { richText } from "../text/rich_text.js";

export const isNumber = (cell) => cell?.type === "raw_number";

export function cellText(cell) {
  if (!cell) return "";
  if (isNumber(cell))
    return (
      cell.text ??
      (typeof cell.value === "number"
        ? new Intl.NumberFormat("en").format(cell.value)
        : String(cell.value ?? cell.number ?? ""))
    );
  if (cell.text !== undefined) return typeof cell.text === "object" ? cell.text.text : String(cell.text);
  return (cell.elements ?? []).map(cellText).join("");
}

export function cellNode(cell, ctx, block_id) {
  if (!cell) return "";
  if (cell.type === "rich_text") return unwrapped(richText(cell));
  if (cell.type === "action" || cell.element)
    return renderElement(cell.element ?? cell.elements?.[0], ctx, { block_id });
  return isNumber(cell) ? cellText(cell) : plain(cellText(cell));
}

/** A single paragraph needs no paragraph around it. */
function unwrapped(node) {
  const only =
    node.children.length === 1 && node.firstElementChild.nodeName === "P" ? node.firstElementChild : node;
  return fragment(...only.childNodes);
}

/** Numbers stand to the right unless the app says otherwise. */
export function alignment(rows, column, settings) {
  if (settings?.[column]?.align)
    return `to-${settings[column].align === "right" || settings[column].align === "center" ? settings[column].align : "left"}`;
  const body = rows
    .slice(1)
    .map((row) => row[column])
    .filter(Boolean);
  return body.length && body.every(isNumber) ? "to-right" : "to-left";
}

export function table(block, ctx) {
  const rows = block.rows ?? [];
  const kind = (at) =>
    `${alignment(rows, at, block.column_settings)}${block.column_settings?.[at]?.is_wrapped ? " wrapped" : ""}`;
  const row = (cells, tag) =>
    h(
      "tr",
      {},
      cells.map((cell, at) =>
        h(
          tag,
          { class: kind(at), scope: tag === "th" ? "col" : undefined },
          cellNode(cell, ctx, block.block_id),
        ),
      ),
    );
  const made = h(
    "table",
    { class: "grid" },
    h("thead", {}, row(rows[0] ?? [], "th")),
    h(
      "tbody",
      {},
      rows.slice(1).map((cells) => row(cells, "td")),
    ),
  );
  return h("div", { class: "grid-frame", tabindex: "0", role: "region", "aria-label": "Table" }, made);
}

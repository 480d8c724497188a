/** Every block by type. A renderer is (block, ctx) -> node; ctx says where the block stands and how to act. */

import { h } from "../dom.js";
import { chart } from "./chart.js";
import { card, carousel, container } from "./card.js";
import { dataTable } from "./data_table.js";
import { actions, context, contextActions, input } from "./interactive.js";
import { fileBlock, image, video } from "./media.js";
import { plan, taskCard } from "./plan.js";
import { table } from "./table.js";
import { alert, divider, header, markdownBlock, richTextBlock, section } from "./text.js";

export const BLOCKS = {
  actions,
  alert,
  call: (block) => h("div", { class: "unknown" }, block.call?.v1?.title ?? "Call"),
  card,
  carousel,
  container,
  context,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: chart,
  divider,
  file: fileBlock,
  header,
  image,
  input,
  markdown: markdownBlock,
  plan,
  rich_text: richTextBlock,
  section,
  table,
  task_card: taskCard,
  video,
};

/** All blocks of a message or view. One that cannot be drawn says so in its place and harms no other. */
export function renderBlocks(blocks, ctx) {
  ctx.values?.begin();
  return h(
    "div",
    { class: `blocks on-${ctx.surface}` },
    (blocks ?? []).filter(Boolean).map((block) => renderBlock(block, ctx)),
  );
}

export function renderBlock(block, ctx) {
  const render = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : unknown;
  let inner;
  try {
    inner = render(block, { ...ctx, render: renderBlock });
  } catch (error) {
    console.warn(`block ${block.type} could not be drawn:`, error);
    inner = unknown(block);
  }
  return h(
    "div",
    {
      class: `block block-${String(block.type).replaceAll("_", "-")}`,
      data: { block: block.block_id ?? "" },
    },
    inner,
  );
}

const unknown = (block) => h("div", { class: "unknown" }, `This page cannot show a “${block.type}” block.`);

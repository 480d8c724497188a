/** Reads delimited text: quotes, doubled quotes, line breaks within quotes. */

export function delimited(text, sign = guess(text)) {
  const rows = [];
  let row = [];
  let cell = "";
  let quoted = false;
  const endCell = () => (row.push(cell), (cell = ""));
  const endRow = () => (endCell(), rows.push(row), (row = []));
  const clean = text.replace(/^\ufeff/, "");
  for (let at = 0; at < clean.length; at += 1) {
    const letter = clean[at];
    if (quoted && letter === '"' && clean[at + 1] === '"') ((cell += '"'), (at += 1));
    else if (quoted && letter === '"') quoted = false;
    else if (quoted) cell += letter;
    else if (letter === '"' && !cell) quoted = true;
    else if (letter === sign) endCell();
    else if (letter === "\n") endRow();
    else if (letter !== "\r") cell += letter;
  }
  if (cell || row.length) endRow();
  return rows.filter((one) => one.length > 1 || one[0] !== "");
}

function guess(text) {
  const line = text.slice(0, text.search(/\n|$/));
  return [",", ";", "\t", "|"].reduce(
    (best, sign) => (line.split(sign).length > line.split(best).length ? sign : best),
    ",",
  );
}

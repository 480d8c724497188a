/** Axes: round numbers to mark, and how to write them. */

/** Steps of 1, 2, 2.5 or 5 times a power of ten that cover low..high; zero is always among them. */
export function ticks(low, high, wanted = 4) {
  const bottom = Math.min(low, 0);
  const top = Math.max(high, 0);
  const rough = (top - bottom || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999);
  const first = Math.floor(bottom / step + 1e-9);
  const last = Math.ceil(top / step - 1e-9);
  return Array.from({ length: Math.max(last - first, 1) + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const FULL = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

export const short = (value) => (Math.abs(value) >= 10_000 ? COMPACT.format(value) : FULL.format(value));
export const full = (value) => FULL.format(value);

/** Every nth label, so that they do not run into each other. */
export function thinned(labels, width) {
  const widest = Math.max(...labels.map((one) => one.length), 1) * 6.3 + 8;
  const every = Math.max(1, Math.ceil((labels.length * widest) / width));
  return (at) => at % every === 0;
}

/** The 95th percentile, as a service is measured: a single slow answer on a busy machine is not slowness. */
export function p95(took: number[]): number {
  return [...took].sort((one, other) => one - other)[Math.ceil(took.length * 0.95) - 1];
}

/** How slow an answer may be for nobody to call it slower: three times as slow, or a pause that other work on the machine explains. */
export function noSlowerThan(before: number[]): number {
  return Math.max(3 * p95(before), p95(before) + 400);
}

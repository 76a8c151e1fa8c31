/** What a session's bearer value holds. */
export interface Carried {
  userId: string;
  secret: string;
}

/** The value of cookies, `X-Appwrite-Session` and `setSession`: base64 of `{"id","secret"}`, as SDK apps may look into it. */
export function encodeCarrier({ userId, secret }: Carried): string {
  return Buffer.from(JSON.stringify({ id: userId, secret })).toString('base64');
}

/** @returns null for anything that is not such a value; the caller is a guest then */
export function decodeCarrier(value: string | undefined): Carried | null {
  if (!value || value.length > 1_024) return null;
  try {
    const { id, secret } = JSON.parse(Buffer.from(value, 'base64').toString('utf8')) as { id: unknown; secret: unknown };
    return typeof id === 'string' && typeof secret === 'string' && id && secret ? { userId: id, secret } : null;
  } catch {
    return null;
  }
}

/** What an API key may be allowed. `account` and `public` are not for keys: they speak for a signed-in user. */
export const KEY_SCOPES = ['sessions.write', 'users.read', 'users.write'] as const;

export type KeyScope = (typeof KEY_SCOPES)[number];

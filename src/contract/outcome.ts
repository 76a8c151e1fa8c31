/**
 * What an answer does to the session on the caller's side. Services know no cookies: they return one of these and
 * the edge writes the carriers, the same for REST and GraphQL.
 */
export class SignedIn<Body> {
  constructor(
    readonly body: Body,
    /** The session's bearer value, as cookies and `setSession` carry it. */
    readonly secret: string,
    readonly expiresAt: Date,
  ) {}
}

export class SignedOut<Body = undefined> {
  constructor(readonly body: Body) {}
}

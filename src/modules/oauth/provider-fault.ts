import type { ErrorType } from '../../contract/errors';

/** Where a sign-in through a provider stopped. */
export type Step = 'start' | 'callback' | 'discovery' | 'token' | 'id-token' | 'user' | 'account' | 'refresh';

/** Characters of a provider's words that are kept. */
const LONGEST = 300;

/** The provider did not do its part. The message is fit for a log and for the app: no token, code or secret is in it. */
export class ProviderFault extends Error {
  readonly said: string;

  /** @param said in the provider's words, cleaned, or ours about them */
  constructor(
    readonly step: Step,
    readonly type: ErrorType,
    said: string,
  ) {
    super(clean(said));
    this.said = this.message;
  }
}

/** One line of printable text; what looks like a token or a code is left out. */
export function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[A-Za-z0-9_\-.~+/=]{24,}/g, '…')
    .trim()
    .slice(0, LONGEST);
}

import { type ProviderKey, expectations, providerKeys } from './expectations';
import type { Expectation } from './expectation';

/** What a provider gave, in its own words. */
export interface Gift {
  accessToken: string;
  /** Empty when there was none. */
  refreshToken: string;
  /** When the access token ends; null when the provider did not say. */
  expiresAt: number | null;
}

/** Overhears what the providers' token endpoints answer: the product must show that very thing. */
export class Gifts {
  private readonly given = new Map<ProviderKey, Gift[]>();

  constructor() {
    for (const key of providerKeys) {
      const { token, refresh } = expectations[key];
      token.answer = this.overheard(key, token.answer);
      if (refresh?.answer) refresh.answer = this.overheard(key, refresh.answer);
    }
  }

  last(key: ProviderKey): Gift {
    return this.given.get(key)!.at(-1)!;
  }

  private overheard(key: ProviderKey, answer: Expectation['token']['answer']): Expectation['token']['answer'] {
    return (issued) => {
      const told = answer(issued) as { access_token: string; refresh_token?: string; expires_in?: number };
      const gift = { accessToken: told.access_token, refreshToken: told.refresh_token ?? '', expiresAt: told.expires_in ? Date.now() + told.expires_in * 1_000 : null };
      this.given.set(key, [...(this.given.get(key) ?? []), gift]);
      return told;
    };
  }
}

import { TOTP, URI } from 'otpauth';
import type { TestClock } from './clock';

/** Seconds that a code is on the screen. */
const STEP = 30;

/** An authenticator app on a person's phone, by another library than the product's, set by the test's clock. */
export class AuthenticatorApp {
  private readonly totp: TOTP;

  /** @param uri what the QR code says */
  constructor(
    uri: string,
    private readonly clock: TestClock,
  ) {
    const read = URI.parse(uri);
    if (!(read instanceof TOTP)) throw new Error(`${uri} is not about time`);
    this.totp = read;
  }

  /** Base32, as it is typed in by hand. */
  get secret(): string {
    return this.totp.secret.base32;
  }

  /** What the screen says now, or so many steps from now. */
  code(steps = 0): string {
    return this.totp.generate({ timestamp: this.clock.now().getTime() + steps * STEP * 1_000 });
  }

  /** Waits for a code that was not on the screen yet. */
  next(): string {
    this.clock.turn(STEP);
    return this.code();
  }
}

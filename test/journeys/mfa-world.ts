import { HOTP, Secret } from 'otpauth';
import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as mfa } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import type { TestApp } from '../support/app';
import { type Answer, Person, type Transport } from '../support/person';
import type { Asked, AskedFactor, Ledger } from './mfa-ledger';

/** One user with several devices, some of which speak GraphQL. */
const TRANSPORTS: Transport[] = ['rest', 'graphql', 'rest'];
const STEP_MS = 30_000;

/** How a code is shown: as it should be, made up, one that was right before, or not even a code. */
export type Showing = 'right' | 'wrong' | 'stale' | 'malformed';

/** What the user has in his hands: devices, the app's secret, the paper with codes, the mailbox. */
export class World {
  readonly devices: Person[];
  /** Of the app; empty while there is none. */
  secret = '';
  private spentStep = 0;
  private spentCode = '';

  private constructor(
    readonly app: TestApp,
    private readonly user: Person,
  ) {
    this.devices = TRANSPORTS.map((transport) => new Person(app, transport));
  }

  static async with(app: TestApp): Promise<World> {
    return new World(app, await new Person(app, 'rest').signUp());
  }

  async signIn(nth: number, by: 'password' | 'email'): Promise<Answer> {
    const { email, password } = this.user;
    const device = (this.devices[nth] = new Person(this.app, TRANSPORTS[nth]));
    if (by === 'password') return device.must(session.createEmailPasswordSession, { email, password });
    const { answer, code } = await this.mailed(() => device.must(token.createEmailToken, { userId: 'unique()', email }));
    return device.must(session.createSession, { userId: answer.body.userId, secret: code });
  }

  /** Waits for the mail, so that none is on its way when the clock turns. */
  async ask(nth: number, factor: AskedFactor, mailed: boolean): Promise<{ answer: Answer; code?: string }> {
    const ask = () => this.devices[nth].call(mfa.createMFAChallenge, { factor });
    return mailed ? this.mailed(ask) : { answer: await ask() };
  }

  private async mailed(ask: () => Promise<Answer>): Promise<{ answer: Answer; code: string }> {
    const { email } = this.user;
    const before = (await this.app.inbox.all(email)).length;
    const answer = await ask();
    return { answer, code: await this.app.inbox.code(email, before + 1) };
  }

  newApp(secret: string): void {
    this.secret = secret;
    this.spentStep = 0;
  }

  /** A code that the app has shown for no use before; the person waits for it, if he must. */
  appCode(ledger: Ledger): { code: string; spend: () => void } {
    if (this.spentStep > this.present()) this.turn(ledger, 1);
    const step = Math.max(this.present(), this.spentStep + 1);
    return { code: this.shownAt(step), spend: () => (this.spentStep = step) };
  }

  /** What is typed in for a factor, whether it is right, and what is used up by that. */
  answerTo({ factor, code = '' }: Pick<Asked, 'factor' | 'code'>, showing: Showing, ledger: Ledger): { otp: string; right: boolean; spend: () => void } {
    if (showing === 'malformed') return { otp: 'no code', right: false, spend: () => undefined };
    if (factor === 'recoveryCode') {
      const [first = 'f'.repeat(10)] = ledger.codes;
      const otp = showing === 'right' ? first : showing === 'stale' && this.spentCode ? this.spentCode : '0'.repeat(10);
      return { otp, right: ledger.codes.includes(otp), spend: () => this.cross(ledger, otp) };
    }
    if (factor === 'email') {
      const earlier = ledger.asked.findLast((asked) => asked.factor === 'email' && asked.code && asked.code !== code)?.code;
      const otp = showing === 'right' ? code : showing === 'stale' && earlier ? earlier : String((Number(code) + 1) % 1_000_000).padStart(6, '0');
      return { otp, right: showing === 'right', spend: () => undefined };
    }
    if (showing === 'stale' && this.spentStep > 0) return { otp: this.shownAt(this.spentStep), right: false, spend: () => undefined };
    if (showing !== 'right' || !this.secret) return { otp: this.unshown(), right: false, spend: () => undefined };
    const fresh = this.appCode(ledger);
    return { otp: fresh.code, right: ledger.app === 'verified', spend: fresh.spend };
  }

  turn(ledger: Ledger, minutes: number): void {
    this.app.clock.turn(minutes * 60);
    ledger.minute += minutes;
  }

  /** Is every device treated as it has earned? */
  async check(ledger: Ledger): Promise<void> {
    const answers = await Promise.all(this.devices.map((device) => device.call(account.get)));
    expect(answers.map(({ type = 'let in' }) => type)).toEqual(this.devices.map((_, nth) => ledger.gate(nth) ?? 'let in'));
    for (const { type, body } of answers) if (!type) expect(body.mfa).toBe(ledger.mfa);
  }

  /** Crosses a code out on the paper. */
  private cross(ledger: Ledger, code: string): void {
    ledger.codes = ledger.codes.filter((each) => each !== code);
    this.spentCode = code;
  }

  private present(): number {
    return Math.floor(this.app.clock.now().getTime() / STEP_MS);
  }

  private shownAt(counter: number): string {
    return HOTP.generate({ secret: Secret.fromBase32(this.secret), counter, digits: 6 });
  }

  /** A code that no step nearby has. */
  unshown(): string {
    const present = this.present();
    const near = this.secret ? [-3, -2, -1, 0, 1, 2, 3].map((away) => this.shownAt(present + away)) : [];
    return ['000000', '111111', '222222', '333333', '444444', '555555', '666666', '777777'].find((code) => !near.includes(code))!;
  }
}

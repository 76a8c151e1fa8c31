import { createHash } from 'node:crypto';
import { Secret } from 'otpauth';
import { mfaOperations as op } from '../../src/modules/mfa';
import { verificationOperations as verification } from '../../src/modules/verification';
import { type Engine, type Ground, prepare, startOn, type TestApp } from '../support/app';
import { dump } from '../support/dump';
import { eventually } from '../support/eventually';
import { Person } from '../support/person';
import { answer, asked, recoveryCodes, scan, tries } from '../support/second-factors';
import { linkIn, SmtpSink } from '../support/smtp-sink';

const ENGINES: Engine[] = ['sqlite', 'mysql'];

/** A secret as it may be written, and hashes that anybody could look up: a code has few values, so all are soon hashed. */
function formsOf(secret: string | Uint8Array, salts: string[]): string[] {
  const bytes = Buffer.from(secret);
  const hashed = [bytes, ...salts.flatMap((salt) => [`${salt}:${secret}`, `${secret}:${salt}`, `${salt}${secret}`].map((text) => Buffer.from(text)))];
  const hashes = hashed.flatMap((text) => ['sha256', 'sha1', 'md5'].map((name) => createHash(name).update(text).digest()));
  return [bytes.toString('latin1'), ...[bytes, ...hashes].flatMap((each) => (['hex', 'base64', 'base64url'] as const).map((coding) => each.toString(coding).replace(/=+$/, '')))];
}

describe.each(ENGINES)('second factors at rest in %s', (engine) => {
  let sink: SmtpSink;
  let ground: Ground;
  let app: TestApp;
  beforeAll(async () => {
    sink = await SmtpSink.start();
    ground = await prepare(engine, undefined, { SMTP_URL: sink.url });
    app = await startOn(ground);
  });
  afterAll(async () => {
    await app?.stop();
    await sink?.stop();
    await ground?.release();
  });

  it('lie in no form that shows a code', async () => {
    const ada = await (await new Person(app, 'rest').signUp()).signIn();
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/verify' });
    const { userId, secret } = linkIn(await sink.arrival(ada.email));
    await ada.must(verification.updateEmailVerification, { userId, secret });
    // An authenticator that was replaced, one that waits, and the same one verified.
    const [replaced, waitingApp] = [await scan(ada), await scan(ada)];
    const codes = await recoveryCodes(ada);

    // While the mail waits, and after it went and all was used.
    sink.react = () => 'hang';
    const challengeId = await asked(ada, 'email');
    const { text } = await eventually('the mail of the challenge', () => sink.triesFor(ada.email)[1]);
    const code = /^\d{6}\b/m.exec(text)![0];
    const waiting = await dump(ground);
    sink.release();
    await eventually('its arrival', () => sink.to(ada.email)[1]);
    expect((await answer(ada, challengeId, code)).status).toBe(200);
    await ada.must(op.updateMFAAuthenticator, { type: 'totp', otp: waitingApp.code() });
    const otp = waitingApp.next();
    expect((await tries(ada, 'totp', otp)).status).toBe(200);
    expect((await tries(ada, 'recoveryCode', codes[0])).status).toBe(200);
    const used = await dump(ground);
    const { recoveryCodes: fresh } = (await ada.must(op.updateMFARecoveryCodes)).body as { recoveryCodes: string[] };
    await ada.must(op.deleteMFAAuthenticator, { type: 'totp' });
    const removed = await dump(ground);

    const dumps = { waiting, used, removed };
    const salts = [ada.userId, challengeId];
    const long: [string, string | Uint8Array][] = [
      ...[replaced, waitingApp].flatMap((each): [string, string | Uint8Array][] => [['seed', each.secret], ['bytes of a seed', new Uint8Array(Secret.fromBase32(each.secret).buffer)]]),
      ...[...codes, ...fresh].map((each): [string, string] => ['recovery code', each]),
    ];
    for (const [when, content] of Object.entries(dumps)) {
      for (const [name, each] of long) expect({ when, name, found: formsOf(each, salts).filter((form) => content.includes(form)) }).toEqual({ when, name, found: [] });
      for (const [name, each] of [['code of a challenge', code], ['code of an app', otp]]) {
        // Six digits stand in longer numbers by chance: here they stand alone.
        const [bare, ...others] = formsOf(each, salts);
        const found = [...(new RegExp(`(?<![0-9a-f])${bare}(?![0-9a-f])`).test(content) ? [bare] : []), ...others.filter((form) => form.length > 12 && content.includes(form))];
        expect({ when, name, found }).toEqual({ when, name, found: [] });
      }
      // The dump is one: what may lie there does.
      expect(content).toContain(ada.email);
    }
    expect(waiting).toContain(challengeId);
    expect(formsOf(code, salts)).toContain(createHash('sha256').update(`${challengeId}:${code}`).digest('hex'));
  });
});

import { accountOperations } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { verificationOperations } from '../../src/modules/verification';
import { API_KEY, type Engine, type Ground, prepare, startOn, type TestApp } from '../support/app';
import { dump } from '../support/dump';
import { Person } from '../support/person';
import { linkIn, SmtpSink } from '../support/smtp-sink';

const ENGINES: Engine[] = ['sqlite', 'mysql'];

describe.each(ENGINES)('at rest in %s', (engine) => {
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

  it('nothing lies that opens an account', async () => {
    const ada = await (await new Person(app, 'rest').signUp()).signIn();
    const carrier = decodeURIComponent(ada.cookies.get('a_session_default')!);
    const { body: issued } = await new Person(app, 'rest', { headers: { 'X-Appwrite-Key': API_KEY } }).must(sessionOperations.createEmailPasswordSession, { email: ada.email, password: ada.password });
    const { body: token } = await ada.must(accountOperations.createJWT);

    // While the mail waits, and after it went.
    sink.react = () => 'hang';
    await ada.must(verificationOperations.createEmailVerification, { url: 'http://localhost/verify' });
    const { secret: linked, href } = linkIn(await sink.attempt(ada.email));
    const waiting = await dump(ground);
    sink.release();
    await sink.arrival(ada.email);
    await ada.must(verificationOperations.updateEmailVerification, { userId: ada.userId, secret: linked });
    const sent = await dump(ground);

    const secrets: Record<string, string> = {
      password: ada.password,
      cookie: carrier,
      'session secret': (JSON.parse(Buffer.from(carrier, 'base64').toString()) as { secret: string }).secret,
      'secret for a server': issued.secret,
      JWT: token.jwt,
      'verification secret': linked,
      'verification link': href,
      'API key': API_KEY,
      'application secret': ground.env.APP_SECRET,
    };
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length).toBeGreaterThan(8);
      const forms = [secret, ...(['base64', 'base64url', 'hex'] as const).map((coding) => Buffer.from(secret).toString(coding).replace(/.{4}$/, ''))];
      for (const text of [waiting, sent]) expect({ name, found: forms.some((form) => text.includes(form)) }).toEqual({ name, found: false });
    }
    // The dump is one: what may lie there does.
    for (const text of [waiting, sent]) expect(text).toContain(ada.email);
  });
});

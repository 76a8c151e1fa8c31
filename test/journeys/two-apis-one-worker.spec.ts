import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { verificationOperations as verification } from '../../src/modules/verification';
import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { type Launched, Processes } from '../support/processes';
import { linkIn, SmtpSink } from '../support/smtp-sink';
import { at, visitor } from '../support/visitor';

const PUBLIC_URL = 'https://accounts.example.com';

describe('two API processes and one worker in production', () => {
  const processes = new Processes();
  let sink: SmtpSink;
  let ground: Ground;
  let a: Launched;
  let b: Launched;

  beforeAll(async () => {
    sink = await SmtpSink.start();
    ground = await prepare('mysql', DEFAULT_PROJECTS, { NODE_ENV: 'production', PUBLIC_URL, BCRYPT_COST: '10', LOG_LEVEL: 'info', SMTP_URL: sink.url, MAIL_FROM: 'Shop <no-reply@shop.example>' });
    [a, b] = await Promise.all([processes.api(ground.env), processes.api(ground.env), processes.worker(ground.env)]);
  }, 60_000);

  afterAll(async () => {
    await processes.end();
    await sink?.stop();
    await ground?.release();
  });

  it('carry one person from sign-up to sign-out, whichever process answers', async () => {
    const atA = await visitor(a).signUp();
    const atB = at(b, atA);

    await atB.signIn();
    expect((await atA.must(account.get)).body).toMatchObject({ $id: atA.userId, emailVerification: false });

    const { body: token } = await atB.must(verification.createEmailVerification, { url: `${PUBLIC_URL}/verified?from=mail` });
    const mail = await sink.arrival(atA.email);
    const link = linkIn(mail);
    expect(new URL(link.href)).toMatchObject({ origin: PUBLIC_URL, pathname: '/verified' });
    expect(Object.fromEntries(new URL(link.href).searchParams)).toEqual({ from: 'mail', userId: atA.userId, secret: expect.stringMatching(/^\S{32,}$/), expire: token.expire });
    expect(mail.subject).toBe('Account Verification');

    await atA.must(verification.updateEmailVerification, { userId: link.userId, secret: link.secret });
    expect((await atB.must(account.get)).body.emailVerification).toBe(true);

    const cookies = new Map(atA.cookies);
    await atA.must(session.deleteSession, { sessionId: 'current' });
    const thief = Object.assign(at(b, atA), { cookies });
    expect(await thief.call(account.get)).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });

    expect(sink.triesFor(atA.email)).toHaveLength(1);
  });

  it('count tries together', async () => {
    const ada = await visitor(a).signUp();
    const statuses: number[] = [];
    for (let nth = 0; nth < 12; nth += 1) {
      const somewhere = at(nth % 2 ? a : b, ada);
      statuses.push((await somewhere.call(session.createEmailPasswordSession, { email: ada.email, password: 'not the password' })).status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
  });

  it('write no secret, password or link to their logs', () => {
    const said = [a, b].map(({ output }) => output).join('');
    for (const word of [ground.env.APP_SECRET, 'secret of', 'not the password', 'secret=', new URL(ground.env.DATABASE_URL).password]) expect(said).not.toContain(word);
  });
});

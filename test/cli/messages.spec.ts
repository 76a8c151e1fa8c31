import { DEFAULT_PROJECTS, type Engine, type Ground, prepare, PROJECT } from '../support/app';
import { eventually } from '../support/eventually';
import type { Person } from '../support/person';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { SMS_CARDS } from '../support/sms-cards';
import { fieldsOf, SmsGateway } from '../support/sms-gateways';
import { linkIn, SmtpSink } from '../support/smtp-sink';
import { confirms, promisedMail } from '../support/visitor';
import { build, cli } from './command';

/** Milliseconds: the sweep comes every five seconds and leaves five to the usual way. */
const SWEPT = 20_000;

const masked = ({ email }: Person) => `a…${email.slice(email.indexOf('@'))}`;

describe.each<Engine>(['sqlite', 'mysql'])('messages on %s', (engine) => {
  const processes = new Processes();
  let ground: Ground;
  let sink: SmtpSink;
  let gateway: SmsGateway;
  let server: Launched;
  let worker: Launched | undefined;

  const run = (...args: string[]) => cli(ground, 'messages', ...args);
  const start = async () => {
    if (engine === 'sqlite') return void (server = await processes.both(ground.env));
    [server, worker] = await Promise.all([processes.api(ground.env), processes.worker(ground.env)]);
  };
  const rowOf = async ({ userId }: Person, state: string) => {
    const found = await eventually(`a message that is ${state}`, async () => (await select(ground, 'SELECT * FROM outbox WHERE user_id = ? AND state = ?', [userId, state]))[0], SWEPT);
    return found as { id: string; attempts: number; forgiven: number };
  };
  /** Somebody whose mail the server refused: for now, or for good. */
  const refused = async (code: 451 | 550) => {
    sink.react = () => code;
    const ada = await promisedMail(server);
    await sink.attempt(ada.email);
    return { ada, row: await rowOf(ada, code === 550 ? 'dead' : 'pending') };
  };

  beforeAll(async () => {
    build();
    [sink, gateway] = await Promise.all([SmtpSink.start(), SmsGateway.of(SMS_CARDS.twilio)]);
    const [main] = DEFAULT_PROJECTS.projects;
    const sms = { providers: [{ url: SMS_CARDS.twilio.url(gateway.endpoint), default: true }] };
    ground = await prepare(engine, { projects: [{ ...main, sms }, { id: 'other', name: 'Other' }] }, { LOG_LEVEL: 'info', SMTP_URL: sink.url });
    await start();
  }, 90_000);
  afterEach(() => sink.release());
  afterAll(async () => {
    await processes.end();
    await Promise.all([sink?.stop(), gateway?.stop()]);
    await ground?.release();
  });

  it('are listed newest first, counted by state, their recipients masked', async () => {
    const { ada } = await refused(550);
    sink.release();
    const bob = await promisedMail(server);
    await sink.arrival(bob.email);
    await rowOf(bob, 'sent');

    const ended = await run('list', '--json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    const { counts, messages } = ended.json();
    expect(counts).toMatchObject({ dead: 1, sent: 1 });
    expect(messages.map(({ userId }: { userId: string }) => userId)).toEqual([bob.userId, ada.userId]);
    expect(messages[0]).toMatchObject({ name: 'verification', channel: 'mail', state: 'sent', recipient: null, attempts: 1, lastError: null, nextTryAt: null, took: expect.any(Number) });
    expect(messages[1]).toMatchObject({ project: PROJECT, state: 'dead', recipient: masked(ada), attempts: 1, lastError: 'SMTP server answered 550 to DATA', sentAt: null });

    const dead = (...more: string[]) => run('list', '--state', 'dead', '--name', 'verification', '--since', '1h', '--json', ...more).then((each) => each.json().messages.length);
    expect([await dead(), await dead('--project', PROJECT), await dead('--project', 'other'), await dead('--name', 'magicUrl'), await dead('--since', '2099-01-01')]).toEqual([1, 1, 0, 0, 0]);
    expect((await run('list', '--limit', '1', '--json')).json().messages).toHaveLength(1);

    const { stdout } = await run('list');
    expect(stdout).toMatch(/^0 pending, 0 sending, 1 sent, 1 dead\n\nID +PROMISED/);
    expect(stdout).toContain(masked(ada));
    for (const { email } of [ada, bob]) expect(stdout).not.toContain(email);
  }, 60_000);

  it('are shown without their content', async () => {
    const { ada, row } = await refused(550);
    const [text, json] = [await run('show', row.id), await run('show', row.id, '--json', '--project', PROJECT)];
    expect(text.stdout).toMatch(/^state +dead$/m);
    expect(text.stdout).toMatch(/^last error +SMTP server answered 550 to DATA$/m);
    expect(json.json()).toMatchObject({ id: row.id, userId: ada.userId, recipient: masked(ada), attempts: 1, forgiven: 0 });
    const { secret } = linkIn(sink.triesFor(ada.email)[0]);
    for (const { stdout } of [text, json]) for (const told of [secret, ada.email, 'http', ada.name + ' ']) expect(stdout).not.toContain(told);
    expect(await run('show', row.id, '--project', 'other')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`there is no message ${row.id} in project other`) });
  }, 60_000);

  it('that are dead are sent again by the running worker, once, their history kept', async () => {
    const { ada, row } = await refused(550);
    sink.release();
    const first = await run('retry', row.id, '--json');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.json()).toMatchObject({ retried: 1, message: { state: 'pending', attempts: 1, forgiven: 1, lastError: 'SMTP server answered 550 to DATA' } });
    await confirms(server, ada, linkIn(await sink.arrival(ada.email, SWEPT)));
    expect(await rowOf(ada, 'sent')).toMatchObject({ attempts: 2, forgiven: 1 });
    expect(sink.to(ada.email)).toHaveLength(1);
    expect(await run('retry', row.id)).toMatchObject({ code: 1, stdout: '', stderr: `${row.id} was sent already: its content is erased\n` });
  }, 60_000);

  it('that wait need not wait, though the queue holds their later try', async () => {
    const { ada, row } = await refused(451);
    // Failing again and again the waits grow; a wait of hours is what the operator cuts short.
    const before = await eventually('a wait', async () => {
      const view = (await run('show', row.id, '--json')).json();
      return view.state === 'pending' && Date.parse(view.nextTryAt) > Date.now() + 12_000 && view;
    }, 90_000);
    sink.release();
    const { message } = (await run('retry', row.id, '--json')).json();
    expect(message).toMatchObject({ attempts: before.attempts, forgiven: before.attempts });
    await sink.arrival(ada.email, SWEPT);
    expect(Date.now()).toBeLessThan(Date.parse(before.nextTryAt));
    expect(await rowOf(ada, 'sent')).toMatchObject({ attempts: before.attempts + 1 });
  }, 150_000);

  it('that are dead are retried all together, with no process running', async () => {
    const people = [await refused(550), await refused(550)];
    await Promise.all([server.stop(), worker?.stop()]);
    sink.release();
    expect((await run('retry', '--dead', '--project', 'other', '--json')).json()).toEqual({ retried: 0 });
    expect((await run('retry', '--dead', '--json')).json().retried).toBeGreaterThanOrEqual(2);
    expect(await run('retry', '--dead')).toMatchObject({ code: 0, stdout: 'no message is dead\n' });
    const [{ row }] = people;
    expect((await run('retry', row.id)).stdout).toBe(`nothing to retry: ${row.id} is due already\n`);
    await start();
    for (const { ada } of people) await confirms(server, ada, linkIn(await sink.arrival(ada.email, SWEPT)));
  }, 90_000);

  it('may be tried out, by mail and by SMS', async () => {
    const mail = await run('test', '--to', 'Operator@Example.com', '--project', PROJECT, '--locale', 'de', '--json');
    expect(mail).toMatchObject({ code: 0, stderr: '' });
    expect(mail.json()).toMatchObject({ sent: true, project: PROJECT, channel: 'mail', to: 'o…@example.com', said: expect.stringMatching(/^250 /) });
    const arrived = await sink.arrival('operator@example.com');
    expect(arrived.html).toContain('lang="de"');
    expect(arrived.text).toContain('/v1/health');
    expect(arrived.text).not.toContain('secret=');

    const sms = await run('test', '--to', '+4915123456767', '--project', PROJECT);
    expect(sms).toMatchObject({ code: 0, stdout: 'sent to +49…67: taken by a provider of the project\n', stderr: '' });
    expect(fieldsOf(SMS_CARDS.twilio, gateway.accepted.at(-1)!.body)).toMatchObject({ To: '+4915123456767', Body: expect.stringContaining('000000') });
    expect(await select(ground, "SELECT id FROM outbox WHERE state <> 'sent'")).toEqual([]);
  }, 60_000);

  it('that are refused when tried out say why', async () => {
    sink.react = () => 451;
    expect(await run('test', '--to', 'operator@example.com', '--project', PROJECT)).toMatchObject({ code: 1, stdout: '', stderr: 'SMTP server answered 451 to DATA\n' });
    const away = { env: { ...ground.env, SMTP_URL: 'smtp://127.0.0.1:1' } };
    expect(await cli(away, 'messages', 'test', '--to', 'operator@example.com', '--project', PROJECT)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('SMTP delivery failed: ECONNREFUSED') });
    const nowhere = { env: { ...ground.env, SMTP_URL: '', NODE_ENV: 'production', BCRYPT_COST: '10' } };
    expect(await cli(nowhere, 'messages', 'test', '--to', 'operator@example.com', '--project', PROJECT)).toMatchObject({ code: 1, stdout: '', stderr: 'no mail server is configured: set SMTP_URL\n' });
  }, 60_000);
});

describe('a command line on messages', () => {
  let ground: Ground;
  beforeAll(async () => {
    build();
    ground = await prepare('sqlite', { projects: [...DEFAULT_PROJECTS.projects, { id: 'other' }] });
  }, 90_000);
  afterAll(() => ground?.release());

  it.each([
    ['an unknown state', ['list', '--state', 'lost']],
    ['an unknown name', ['list', '--name', 'spam']],
    ['a limit that is none', ['list', '--limit', '0']],
    ['a limit that is too high', ['list', '--limit', '1001']],
    ['a time that is none', ['list', '--since', 'yesterday']],
    ['an unknown project', ['list', '--project', 'none']],
    ['nothing to show', ['show']],
    ['nothing to retry', ['retry']],
    ['one and all to retry', ['retry', 'a', '--dead']],
    ['nobody to test with', ['test', '--project', PROJECT]],
    ['no project to test', ['test', '--to', 'ada@example.com']],
    ['what is nearly an address', ['test', '--to', 'a@b@c', '--project', PROJECT]],
    ['what is nearly a number', ['test', '--to', '+12', '--project', PROJECT]],
  ])('with %s is wrong usage', async (_, args) => {
    const ended = await cli(ground, 'messages', ...args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).not.toBe('');
  });

  it('works on an installation that has sent nothing', async () => {
    expect((await cli(ground, 'messages', 'list', '--json')).json()).toEqual({ counts: { pending: 0, sending: 0, sent: 0, dead: 0 }, messages: [] });
    expect(await cli(ground, 'messages', 'list')).toMatchObject({ code: 0, stdout: '0 pending, 0 sending, 0 sent, 0 dead\n' });
    expect(await cli(ground, 'messages', 'retry', '--dead')).toMatchObject({ code: 0, stdout: 'no message is dead\n' });
    expect(await cli(ground, 'messages', 'show', 'nobody')).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no message nobody') });
  });
});

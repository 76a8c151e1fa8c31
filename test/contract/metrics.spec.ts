import { Database } from '../../src/infra/database/database';
import { accountOperations as account } from '../../src/modules/account';
import { verificationOperations as verification } from '../../src/modules/verification';
import { API_KEY, type Engine, type Ground, prepare, startOn, type TestApp } from '../support/app';
import { eventually } from '../support/eventually';
import { Person } from '../support/person';
import { SmtpSink } from '../support/smtp-sink';

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

async function scrape(app: TestApp): Promise<{ text: string; samples: Sample[]; valueOf: (name: string, labels?: Record<string, string>) => number | undefined }> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const samples = text
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [, name, inside = '', value] = /^([a-z_0-9]+)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
      if (!name) throw new Error(`not a sample: ${line}`);
      const labels = Object.fromEntries([...inside.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, told]) => [key, told]));
      return { name, labels, value: value === '+Inf' ? Infinity : Number(value) };
    });
  const fits = (sample: Sample, labels: Record<string, string>) => Object.entries(labels).every(([key, told]) => sample.labels[key] === told);
  return { text, samples, valueOf: (name, labels = {}) => samples.find((sample) => sample.name === name && fits(sample, labels))?.value };
}

describe.each<Engine>(['sqlite', 'mysql'])('metrics on %s', (engine) => {
  let ground: Ground;
  let sink: SmtpSink;
  let app: TestApp;
  let other: TestApp | undefined;

  beforeAll(async () => {
    sink = await SmtpSink.start();
    ground = await prepare(engine, undefined, { SMTP_URL: sink.url });
    app = await startOn(ground);
    // A second process of the same installation.
    if (engine === 'mysql') other = await startOn(ground);
  }, 60_000);
  afterEach(() => sink.release());
  afterAll(async () => {
    await other?.stop();
    await app?.stop();
    await sink?.stop();
    await ground?.release();
  });

  const mailed = async (through = app) => {
    const ada = await (await new Person(through, 'rest').signUp()).signIn();
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/verified' });
    return ada;
  };
  const VERIFICATION = { channel: 'mail', message: 'verification' };

  it('are text that anybody may read as often as he likes', async () => {
    const answer = await fetch(`${app.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
    const all = await Promise.all(Array.from({ length: 100 }, () => fetch(`${app.url}/metrics`).then(({ status }) => status)));
    expect(new Set(all)).toEqual(new Set([200]));
  });

  it('tell what runs and how the process is', async () => {
    const { samples, valueOf } = await scrape(app);
    expect(samples.find(({ name }) => name === 'latchkey_build_info')).toMatchObject({ labels: { version: expect.stringMatching(/^\d+\.\d+\.\d+/), node: process.versions.node }, value: 1 });
    for (const name of ['nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes', 'nodejs_heap_size_used_bytes', 'process_cpu_seconds_total']) expect(valueOf(name)).toEqual(expect.any(Number));
  });

  it('name every message from the start, so that a first failure is seen as one', async () => {
    const { samples } = await scrape(app);
    for (const outcome of ['sent', 'failed', 'dead']) {
      const told = samples.filter(({ name }) => name === `latchkey_messages_${outcome}_total`).map(({ labels }) => `${labels.channel} ${labels.message}`);
      expect(told).toEqual(expect.arrayContaining(['mail verification', 'mail emailOtp', 'sms smsLogin']));
    }
  });

  it('count what is sent, what fails and what is given up, whichever process did it', async () => {
    const total = (page: Awaited<ReturnType<typeof scrape>>, outcome: string) => page.valueOf(`latchkey_messages_${outcome}_total`, VERIFICATION) ?? NaN;
    const before = await scrape(app);
    const mails = [await mailed(), await mailed(other), await mailed()];
    for (const { email } of mails) await sink.arrival(email);
    sink.react = () => 550;
    await sink.attempt((await mailed()).email);

    for (const each of [app, other ?? app]) {
      const after = await eventually('all are counted', async () => {
        const page = await scrape(each);
        return total(page, 'sent') >= total(before, 'sent') + 3 && total(page, 'dead') >= total(before, 'dead') + 1 && page;
      });
      expect(['sent', 'failed', 'dead'].map((outcome) => total(after, outcome) - total(before, outcome))).toEqual([3, 1, 1]);
      expect(after.valueOf('latchkey_messages', { state: 'dead' })).toBe(1);
    }
  }, 60_000);

  it('keep counting when the rows are gone', async () => {
    const sent = async () => (await scrape(app)).valueOf('latchkey_messages_sent_total', VERIFICATION);
    const before = await sent();
    const database = app.nest.get(Database);
    await database.transaction(() => database.writer.query("DELETE FROM outbox WHERE state = 'sent'"));
    await eventually('the dead alone', async () => (await scrape(app)).valueOf('latchkey_messages', { state: 'dead' }) === 1);
    expect(await sent()).toBe(before);
  });

  it('tell how many wait, and for how long', async () => {
    const { valueOf } = await scrape(app);
    expect(valueOf('latchkey_messages_oldest_pending_seconds')).toBe(0);
    sink.react = () => 'hang';
    await sink.attempt((await mailed()).email);
    for (const each of [app, other]) each?.clock.turn(5);
    const page = await eventually('one waits', async () => {
      const now = await scrape(app);
      return (now.valueOf('latchkey_messages_oldest_pending_seconds') ?? 0) >= 5 && now;
    });
    expect((page.valueOf('latchkey_messages', { state: 'pending' }) ?? 0) + (page.valueOf('latchkey_messages', { state: 'sending' }) ?? 0)).toBe(1);
    sink.release();
    await eventually('none waits', async () => (await scrape(app)).valueOf('latchkey_messages_oldest_pending_seconds') === 0);
  }, 60_000);

  it('time requests by operation and class of answer, whatever the path was', async () => {
    const ada = await (await new Person(app, 'rest').signUp()).signIn();
    const count = async (labels: Record<string, string>) => (await scrape(app)).valueOf('latchkey_http_request_duration_seconds_count', labels) ?? 0;
    const [good, bad] = [await count({ operation: 'get', status: '2xx' }), await count({ operation: 'get', status: '4xx' })];
    for (let nth = 0; nth < 3; nth += 1) await ada.must(account.get);
    await fetch(`${app.url}//v1//account/`, { headers: { 'x-appwrite-project': 'default' } });
    await eventually('three are counted', async () => (await count({ operation: 'get', status: '2xx' })) === good + 3);
    expect(await count({ operation: 'get', status: '4xx' })).toBe(bad + 1);

    const { samples } = await scrape(app);
    const buckets = samples.filter(({ name, labels }) => name === 'latchkey_http_request_duration_seconds_bucket' && labels.operation === 'get' && labels.status === '2xx');
    expect(buckets.map(({ value }) => value)).toEqual([...buckets.map(({ value }) => value)].sort((one, next) => one - next));
    expect(buckets.at(-1)).toMatchObject({ labels: { le: '+Inf' }, value: good + 3 });
  });

  it('hold nothing of anybody, and no label that a stranger chooses', async () => {
    const ada = await mailed();
    const before = new Set((await scrape(app)).samples.map(({ name, labels }) => name + JSON.stringify({ ...labels, status: '' })));
    for (const path of ['/v1/made-up', '/v1/account/sessions/made-up-id', '/made/up', '/V1/ACCOUNT']) await fetch(app.url + path, { headers: { 'x-appwrite-project': 'made-up-project', 'user-agent': 'made-up-agent' } });
    const { text, samples } = await scrape(app);
    for (const told of ['made', ada.email, 'example.com', ada.userId, API_KEY, 'ada', ...Object.values(ground.env).filter((value) => value.length > 8)]) expect(text).not.toContain(told);
    const fresh = samples.filter(({ name, labels }) => !before.has(name + JSON.stringify({ ...labels, status: '' })) && !name.startsWith('nodejs_active'));
    for (const { name, labels } of fresh) expect({ name, labels }).toMatchObject({ name: expect.stringMatching(/^latchkey_http_|^nodejs_/) });
    expect(new Set(samples.map(({ labels }) => labels.operation)).size).toBeLessThan(150);
  });
});

describe('metrics while the database is away', () => {
  it('tell of the process, and of messages nothing rather than something old', async () => {
    const ground = await prepare('sqlite');
    const app = await startOn(ground);
    try {
      expect((await scrape(app)).valueOf('latchkey_messages', { state: 'pending' })).toBe(0);
      const database = app.nest.get(Database);
      database.rows = () => Promise.reject(new Error('away'));
      const { valueOf } = await eventually('no number', async () => {
        const page = await scrape(app);
        return page.valueOf('latchkey_messages', { state: 'pending' }) === undefined && page;
      });
      expect(valueOf('latchkey_messages_sent_total')).toBeUndefined();
      expect(valueOf('latchkey_messages_oldest_pending_seconds')).toBeUndefined();
      expect(valueOf('latchkey_build_info')).toBe(1);
    } finally {
      await app.stop();
      await ground.release();
    }
  });
});

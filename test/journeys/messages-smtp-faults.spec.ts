import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { noSlowerThan, p95 } from '../support/pace';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { type Reaction, SmtpSink, type Step } from '../support/smtp-sink';
import { asksForCode } from '../support/visitor';

interface Fault {
  project: string;
  /** Where the server fails, once unless said. */
  at: Step | 'content';
  how: Reaction;
  /** How often; a connection that is dropped before anything was said is made again at once. */
  times?: number;
  /** What the operator reads. */
  says: RegExp;
  dead?: true;
}

const FAULTS: Fault[] = [
  { project: 'busy-at-once', at: 'greeting', how: 421, says: /^SMTP server answered 421 not now/ },
  { project: 'closed-for-good', at: 'greeting', how: 554, says: /^SMTP server answered 554 not now/ },
  { project: 'silent-at-once', at: 'greeting', how: 'hang', says: /^SMTP delivery failed: ETIMEDOUT/ },
  { project: 'gone-at-once', at: 'greeting', how: 'die', times: 2, says: /^SMTP delivery failed: E/ },
  { project: 'sender-later', at: 'sender', how: 451, says: /^SMTP server answered 451 not now to MAIL FROM$/ },
  { project: 'sender-never', at: 'sender', how: 550, says: /^SMTP server answered 550 not now to MAIL FROM$/ },
  { project: 'sender-silence', at: 'sender', how: 'hang', says: /^SMTP delivery failed: ETIMEDOUT/ },
  { project: 'greylist', at: 'recipient', how: 450, says: /^SMTP server answered 450 not now to RCPT TO$/ },
  { project: 'rate-limit', at: 'recipient', how: 421, says: /^SMTP server answered 421 not now/ },
  { project: 'no-such-mailbox', at: 'recipient', how: 550, says: /^SMTP server answered 550 not now to RCPT TO$/, dead: true },
  { project: 'recipient-silence', at: 'recipient', how: 'hang', says: /^SMTP delivery failed: ETIMEDOUT/ },
  { project: 'content-later', at: 'content', how: 452, says: /^SMTP server answered 452 to DATA$/ },
  { project: 'content-never', at: 'content', how: 554, says: /^SMTP server answered 554 to DATA$/, dead: true },
  { project: 'content-silence', at: 'content', how: 'hang', says: /^SMTP delivery failed: ETIMEDOUT/ },
  { project: 'content-death', at: 'content', how: 'die', says: /^SMTP delivery failed: E/ },
];
/** Servers that cannot be talked to until the operator has mended something. */
const MISCONFIGURED = {
  'tls-required': { url: (sink: SmtpSink) => `${sink.url}?requireTLS=true`, says: /^SMTP / },
  'tls-where-none-is': { url: (sink: SmtpSink) => sink.url.replace('smtp:', 'smtps:'), says: /^SMTP delivery failed: E/ },
  'nobody-there': { url: () => 'smtp://relay:top-secret-password@127.0.0.1:1', says: /^SMTP delivery failed: ECONNREFUSED/ },
};
/** Milliseconds: the longest silence a server gets is 20 s, then there is a first wait of up to 5, and a sweep. */
const ALL_OVER = 60_000;
const CALLS = 40;

describe('mail servers that fail', () => {
  const processes = new Processes();
  const sinks = new Map<string, SmtpSink>();
  let ground: Ground;
  let api: Launched;
  let worker: Launched;

  beforeAll(async () => {
    for (const name of ['default', 'half', ...FAULTS.map(({ project }) => project), ...Object.keys(MISCONFIGURED)]) sinks.set(name, await SmtpSink.start());
    const [main] = DEFAULT_PROJECTS.projects;
    const urls = new Map([...sinks].map(([name, sink]) => [name, sink.url]));
    for (const [name, { url }] of Object.entries(MISCONFIGURED)) urls.set(name, url(sinks.get(name)!));
    const projects = [...urls].map(([id, url]) => ({ ...main, id, smtp: { url } }));
    ground = await prepare('mysql', { projects }, { LOG_LEVEL: 'info' });
    [api, worker] = await Promise.all([processes.api(ground.env), processes.worker(ground.env)]);
  }, 60_000);

  afterAll(async () => {
    await processes.end();
    await Promise.all([...sinks.values()].map((sink) => sink.stop()));
    await ground?.release();
  });

  const rowOf = async (project: string) => (await select(ground, 'SELECT state, attempts, last_error FROM outbox WHERE project_id = ?', [project]))[0];

  it('lose no mail, slow nobody down, and say what they did', async () => {
    const peace: number[] = [];
    for (let nth = 0; nth < CALLS; nth += 1) peace.push((await asksForCode(api)).took);

    for (const { project, at, how, times = 1 } of FAULTS) {
      const sink = sinks.get(project)!;
      let met = 0;
      const once = (): Reaction => ((met += 1) > times ? 'accept' : how);
      if (at === 'content') sink.react = once;
      else sink.meet = (step) => (step === at ? once() : 'accept');
    }
    const asked = new Map<string, string>();
    for (const project of [...FAULTS.map((fault) => fault.project), ...Object.keys(MISCONFIGURED)]) asked.set(project, (await asksForCode(api, project)).email);

    const meanwhile: number[] = [];
    const others: string[] = [];
    for (let nth = 0; nth < CALLS; nth += 1) {
      const { email, took } = await asksForCode(api);
      others.push(email);
      meanwhile.push(took);
    }
    expect(p95(meanwhile)).toBeLessThan(noSlowerThan(peace));
    // Other projects' mails do not wait for the servers that hang.
    for (const email of others) await sinks.get('default')!.arrival(email, 5_000);

    const outcomes = await Promise.all(
      FAULTS.map(async ({ project, at, dead }) => {
        const sink = sinks.get(project)!;
        const email = asked.get(project)!;
        if (dead) await eventually(`${project} to be given up`, async () => (await rowOf(project)).state === 'dead', ALL_OVER);
        else await sink.arrival(email, ALL_OVER);
        await eventually(`${project} to be settled`, async () => ['sent', 'dead'].includes((await rowOf(project)).state as string));
        const ids = new Set(sink.triesFor(email).map(({ messageId }) => messageId));
        return { project, row: await rowOf(project), accepted: sink.to(email).length, ids: ids.size, tries: sink.triesFor(email).length, at };
      }),
    );
    for (const [nth, { project, says, dead, at }] of FAULTS.entries()) {
      expect(outcomes[nth]).toEqual({
        project,
        row: { state: dead ? 'dead' : 'sent', attempts: dead ? 1 : 2, last_error: expect.stringMatching(says) },
        accepted: dead ? 0 : 1,
        ids: dead && at !== 'content' ? 0 : 1,
        tries: at === 'content' ? (dead ? 1 : 2) : dead ? 0 : 1,
        at,
      });
    }
  }, 150_000);

  it('wait where the operator has something to mend', async () => {
    for (const [project, { says }] of Object.entries(MISCONFIGURED)) {
      const { state, attempts, last_error } = await rowOf(project);
      expect(['pending', 'sending']).toContain(state);
      expect(attempts).toBeGreaterThanOrEqual(1);
      expect(attempts).toBeLessThanOrEqual(6);
      expect(last_error).toMatch(says);
    }
  });

  it('accept one half of a batch and get the other again', async () => {
    const sink = sinks.get('half')!;
    const refused = new Set<string>();
    let nth = 0;
    sink.meet = (step, address) => {
      if (step !== 'recipient' || refused.has(address!)) return 'accept';
      nth += 1;
      if (nth % 2) return 'accept';
      refused.add(address!);
      return 452;
    };
    const asked = await Promise.all(Array.from({ length: 20 }, () => asksForCode(api, 'half')));
    for (const { email } of asked) await sink.arrival(email, 30_000);
    expect(refused.size).toBeGreaterThanOrEqual(8);
    expect(asked.map(({ email }) => sink.to(email).length)).toEqual(Array(20).fill(1));
    const done = async () => await select(ground, "SELECT attempts FROM outbox WHERE project_id = 'half' AND state = 'sent'");
    await eventually('all to be marked', async () => (await done()).length === 20);
    expect((await done()).map(({ attempts }) => attempts as number).sort()).toEqual([...Array(20 - refused.size).fill(1), ...Array(refused.size).fill(2)]);
  }, 60_000);

  it('leave lines in the log that tell the story and no secret', async () => {
    for (const { project, says, dead } of FAULTS) {
      const line = worker.logs(dead ? 'message.dead' : 'message.failed').find(({ projectId }) => projectId === project);
      expect(line).toMatchObject({ level: 'warn', message: 'emailOtp', attempt: 1, reason: expect.stringMatching(says), outboxId: expect.any(String) });
    }
    const codes = [...sinks.values()].flatMap(({ accepted }) => accepted.map(({ text }) => /\b\d{6}\b/.exec(text)![0]));
    expect(codes.length).toBeGreaterThan(50);
    const said = worker.logs('message.failed').concat(worker.logs('message.dead'), worker.logs('message.sent')).map((line) => JSON.stringify({ ...line, time: undefined, outboxId: undefined, projectId: undefined }));
    for (const secret of codes) expect(said.filter((line) => line.includes(secret))).toEqual([]);
    for (const secret of ['top-secret-password', '@example.com', '@localhost']) expect(worker.output).not.toContain(secret);
  });
});

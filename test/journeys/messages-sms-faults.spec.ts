import { tokenOperations } from '../../src/modules/tokens';
import { DEFAULT_PROJECTS, type Ground, prepare } from '../support/app';
import { eventually } from '../support/eventually';
import { noSlowerThan, p95 } from '../support/pace';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { HUSH, SMS_CARDS } from '../support/sms-cards';
import { SmsGateway, type SmsMood } from '../support/sms-gateways';
import { visitor } from '../support/visitor';

const CARD = SMS_CARDS['a plain gateway'];

/** What the gateway does with the first call, and what the operator reads of it. */
const FAULTS: Record<string, { mood: SmsMood; says: string; dead?: true }> = {
  down: { mood: { status: 503, body: '<html>Service Unavailable</html>' }, says: 'SMS gateway answered 503' },
  broken: { mood: { status: 500, body: '' }, says: 'SMS gateway answered 500' },
  haste: { mood: { status: 429, body: '' }, says: 'SMS gateway answered 429' },
  unpaid: { mood: { status: 402, body: '' }, says: 'SMS gateway answered 402' },
  'bad-number': { mood: { status: 400, body: 'the number 5550100 is not one' }, says: 'SMS gateway answered 400', dead: true },
  garbage: { mood: { status: 502, body: '\u0000\u0001{"half": ' }, says: 'SMS gateway answered 502' },
  flood: { mood: 'flood', says: 'SMS gateway cannot be reached: the answer is larger than 262144 bytes' },
  gone: { mood: 'drop', says: 'SMS gateway cannot be reached: ECONNRESET' },
  silence: { mood: 'hang', says: 'SMS gateway cannot be reached: no answer within 10000 ms' },
};
const NAMES = Object.keys(FAULTS);
/** Milliseconds: ten of silence, a first wait of up to five, a sweep. */
const ALL_OVER = 45_000;
const CALLS = 40;

describe('SMS gateways that fail', () => {
  const processes = new Processes();
  const gateways = new Map<string, SmsGateway>();
  let ground: Ground;
  let api: Launched;
  let worker: Launched;

  beforeAll(async () => {
    for (const name of ['default', ...NAMES]) gateways.set(name, await SmsGateway.of(CARD));
    const [main] = DEFAULT_PROJECTS.projects;
    const projects = [...gateways].map(([id, { endpoint }]) => ({ ...main, id, sms: { providers: [{ url: CARD.url(endpoint), default: true }] } }));
    ground = await prepare('mysql', { projects }, { LOG_LEVEL: 'info' });
    [api, worker] = await Promise.all([processes.api(ground.env), processes.worker(ground.env)]);
  }, 60_000);

  afterAll(async () => {
    await processes.end();
    await Promise.all([...gateways.values()].map((gateway) => gateway.stop()));
    await ground?.release();
  });

  async function ask(project = 'default'): Promise<number> {
    const person = visitor(api);
    const start = performance.now();
    await person.must(tokenOperations.createPhoneToken, { userId: 'unique()', phone: person.phone }, { 'X-Appwrite-Project': project });
    return performance.now() - start;
  }

  it('lose no SMS, slow nobody down, send none twice that one took, and say what they did', async () => {
    const peace: number[] = [];
    for (let nth = 0; nth < CALLS; nth += 1) peace.push(await ask());

    for (const name of NAMES) gateways.get(name)!.mood = FAULTS[name].mood;
    for (const name of NAMES) await ask(name);
    const meanwhile: number[] = [];
    for (let nth = 0; nth < CALLS; nth += 1) meanwhile.push(await ask());
    expect(p95(meanwhile)).toBeLessThan(noSlowerThan(peace));
    await eventually('all others', () => gateways.get('default')!.accepted.length === 2 * CALLS, 10_000);

    await Promise.all(
      NAMES.map(async (name) => {
        const gateway = gateways.get(name)!;
        await eventually(`a call at ${name}`, () => gateway.calls.length > 0);
        gateway.mood = 'accept';
        await eventually(`${name} to be over`, async () => ['sent', 'dead'].includes((await select(ground, 'SELECT state FROM outbox WHERE project_id = ?', [name]))[0].state as string), ALL_OVER);
      }),
    );
    for (const name of NAMES) {
      const { dead, says } = FAULTS[name];
      const gateway = gateways.get(name)!;
      const rows = await select(ground, 'SELECT state, attempts, last_error FROM outbox WHERE project_id = ?', [name]);
      // On a slow machine a further try may come before the gateway is mended.
      const tries = dead ? 1 : Math.min(4, Math.max(2, gateway.calls.length));
      expect({ name, rows, calls: gateway.calls.length, accepted: gateway.accepted.length }).toEqual({
        name,
        rows: [{ state: dead ? 'dead' : 'sent', attempts: tries, last_error: says }],
        calls: tries,
        accepted: dead ? 0 : 1,
      });
      // The plain gateway can tell that two tries are one message.
      expect(new Set(gateway.calls.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      expect(worker.logs(dead ? 'message.dead' : 'message.failed').find(({ projectId }) => projectId === name)).toMatchObject({ message: 'smsLogin', attempt: 1, reason: says });
    }
  }, 120_000);

  it('leave no secret in the log', () => {
    const calls = [...gateways.values()].flatMap((gateway) => gateway.calls.map(({ body }) => JSON.parse(body) as { to: string; message: string }));
    expect(calls.length).toBeGreaterThan(2 * CALLS);
    for (const { to, message } of calls) for (const told of [to, message]) expect(worker.output).not.toContain(told);
    for (const secret of HUSH.slice(0, 4)) expect(worker.output).not.toContain(secret);
  });
});

import type { Project } from '../../src/contract/project';
import { Clock } from '../../src/infra/clock';
import type { Counter } from '../../src/infra/counters/counter';
import { MemoryCounter } from '../../src/infra/counters/memory.counter';
import { RedisCounter } from '../../src/infra/counters/redis.counter';
import type { Outbox } from '../../src/infra/outbox/outbox';
import { Postage, Projects } from '../../src/modules/projects';
import { reserveRedis } from '../support/services';
import { settings, silent } from './ground';

const MOCK = '+16465550000';
const AT = new Date('2030-01-01T12:59:30Z');

let ids = 0;
describe.each<[string, () => Promise<Counter>]>([
  ['memory', async () => new MemoryCounter()],
  ['Redis', async () => new RedisCounter((await reserveRedis()).url, silent).connect()],
])('postage counted in %s', (_, open) => {
  let counter: Counter;
  beforeAll(async () => {
    counter = await open();
  });
  afterAll(() => counter.close());

  const office = (sms: Partial<Project['sms']> | undefined, environment = {}) => {
    const id = `shop-${process.pid}-${(ids += 1)}`;
    const project = { id, auth: { mockNumbers: [{ phone: MOCK, otp: '424242' }] }, sms: sms && { providers: [], perRecipientPerHour: 10, perProjectPerHour: 1_000, ...sms } } as unknown as Project;
    const clock = new Clock();
    clock.now = () => AT;
    const own = settings(environment);
    const postage = new Postage(new Projects([project], own), {} as Outbox, counter, clock, own);
    const outcome = (asking: Promise<unknown>) => asking.then(() => 'stamped', (error: Error) => error);
    return { sms: (to: string) => outcome(postage.sms(project, to)), mail: (to: string) => outcome(postage.mail(project, to)), clock };
  };
  const number = (index: number) => `+1617555${String(index).padStart(4, '0')}`;
  const times = (count: number, ask: (index: number) => Promise<unknown>) => Promise.all(Array.from({ length: count }, (__, index) => ask(index)));
  const stamped = (outcomes: unknown[]) => outcomes.filter((each) => each === 'stamped').length;
  const tooMany = { type: 'general_rate_limit_exceeded', status: 429, retryAfter: 30 };

  it('gives a recipient his SMS and no more, however many ask at once', async () => {
    const { sms } = office({ perRecipientPerHour: 3 });
    const outcomes = await times(40, () => sms(number(1)));
    expect(stamped(outcomes)).toBe(3);
    expect(outcomes.find((each) => each !== 'stamped')).toMatchObject(tooMany);
    expect(await sms(number(2))).toBe('stamped');
  });

  it('gives a project its SMS and no more, of which refused ones are none', async () => {
    const { sms } = office({ perRecipientPerHour: 2, perProjectPerHour: 7 });
    await times(20, () => sms(number(0)));
    expect(stamped(await times(40, (index) => sms(number(index + 1))))).toBe(5);
    expect(await sms(number(99))).toMatchObject(tooMany);
  });

  it('has ten to a number, a thousand a project and sixty mails to an address for a project that says nothing', async () => {
    const { sms, mail } = office(undefined);
    expect(stamped(await times(20, () => sms(number(1))))).toBe(10);
    expect(stamped(await times(1_100, (index) => sms(number(index + 2))))).toBe(990);
    expect(stamped(await times(120, () => mail('ada@example.com')))).toBe(60);
    expect(await mail('ada@example.com')).toMatchObject(tooMany);
    expect(await mail('bob@example.com')).toBe('stamped');
  });

  it('begins anew with the hour', async () => {
    const { sms, clock } = office({ perRecipientPerHour: 1 });
    await sms(number(1));
    expect(await sms(number(1))).toMatchObject(tooMany);
    clock.now = () => new Date(AT.getTime() + 30_000);
    expect(await sms(number(1))).toBe('stamped');
  });

  it('counts mock numbers for nothing, wherever they are', async () => {
    const { sms } = office({ perRecipientPerHour: 1, perProjectPerHour: 1, countries: ['GB'] });
    expect(stamped(await times(5, () => sms(MOCK)))).toBe(5);
    expect(await sms('+442079460000')).toBe('stamped');
  });

  it('refuses nothing with the limits off, but countries', async () => {
    const { sms, mail } = office({ perRecipientPerHour: 1, countries: ['US'] }, { RATE_LIMITS: 'off' });
    expect(stamped(await times(5, () => sms(number(1))))).toBe(5);
    expect(stamped(await times(40, () => mail('ada@example.com')))).toBe(40);
    expect(await sms('+442079460000')).toMatchObject({ type: 'general_argument_invalid' });
  });

  it.each([
    [['US'], '+16175550100', true],
    [['US'], '+14165550100', false], // Canada
    [['US'], '+18765550100', false], // Jamaica: the same calling code, another price
    [['CA', 'GB'], '+14165550100', true],
    [['GB'], '+447700900123', true], // fictional: no country, though Britain's if anybody's
    [['GB'], '+441534500123', false], // Jersey
    [['US'], '+447700900123', false],
    [['RU'], '+77011234567', false], // Kazakhstan
    [['US', 'GB'], '+881612345678', false], // a satellite
    [undefined, '+881612345678', true],
  ])('for %j: %s may have SMS is %s', async (countries, to, allowed) => {
    const outcome = await office({ countries }).sms(to);
    if (allowed) expect(outcome).toBe('stamped');
    else expect(outcome).toMatchObject({ type: 'general_argument_invalid', status: 400, message: 'SMS is not sent to this country.' });
  });
});

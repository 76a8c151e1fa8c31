import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preflight, RefusedToStart } from './preflight';

const HUSH = 'hush-hush-hush';
const TWILIO = `sms://AC1:${HUSH}@twilio?from=+15550100`;
const VONAGE = `sms://key:${HUSH}@vonage?from=Shop`;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'latchkey-sms-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function start(sms: unknown, environment: Record<string, string> = {}) {
  const PROJECTS_FILE = join(directory, 'projects.json');
  writeFileSync(PROJECTS_FILE, JSON.stringify({ projects: [{ id: 'plain' }, { id: 'shop', sms }] }));
  return preflight({ DATA_DIR: directory, PROJECTS_FILE, ...environment }, 'all', { operations: new Map(), registration: () => ({ faults: [] }), templates: () => [] });
}

function refusal(sms: unknown, environment?: Record<string, string>): RefusedToStart {
  try {
    start(sms, environment);
  } catch (error) {
    if (error instanceof RefusedToStart) return error;
    throw error;
  }
  throw new Error('it started');
}

const SMS = 'projects[1].sms';
const one = (route: object) => ({ providers: [{ url: TWILIO, default: true, ...route }] });

describe('the SMS of a project', () => {
  it('is what the file says', () => {
    const sms = { providers: [{ url: TWILIO, callingCodes: ['1', '44'], default: true }], countries: ['US', 'GB'], perRecipientPerHour: 3, perProjectPerHour: 50 };
    expect(start(sms).projects[1].sms).toEqual(sms);
  });

  it('has defaults, and none where there is no block', () => {
    const [plain, shop] = start({}).projects;
    expect([plain.sms, shop.sms]).toEqual([undefined, { providers: [], perRecipientPerHour: 10, perProjectPerHour: 1_000 }]);
    expect(start(one({})).projects[1].sms!.providers).toEqual([{ url: TWILIO, callingCodes: [], default: true }]);
  });

  it('needs no default where the countries are reached without', () => {
    expect(start({ providers: [{ url: TWILIO, callingCodes: ['1', '4'] }], countries: ['US', 'CA', 'GB', 'DE'] }).projects).toHaveLength(2);
  });

  it.each<[unknown, string, string]>([
    [one({ url: 'sms://AC1@twilio?from=1' }), `${SMS}.providers[0].url`, 'lacks the AuthToken'],
    [one({ url: `sms://u:${HUSH}@nexmo` }), `${SMS}.providers[0].url`, 'names no provider'],
    [one({ url: HUSH }), `${SMS}.providers[0].url`, 'must be a URL'],
    [one({ url: undefined }), `${SMS}.providers[0].url`, 'is missing'],
    [one({ callingCodes: ['+44'] }), `${SMS}.providers[0].callingCodes[0]`, 'must match'],
    [one({ weight: 1 }), `${SMS}.providers[0].weight`, 'not a known field'],
    [{ ...one({}), colour: 1 }, `${SMS}.colour`, 'not a known field'],
    [{ providers: [{ url: TWILIO, default: true }, { url: VONAGE }] }, `${SMS}.providers[1]`, 'give it callingCodes'],
    [{ providers: [{ url: TWILIO, default: true }, { url: VONAGE, default: true }] }, `${SMS}.providers[1].default`, 'leave it with one'],
    [{ ...one({}), countries: ['US', 'XX'] }, `${SMS}.countries[1]`, 'two letters of ISO 3166'],
    [{ ...one({}), countries: ['us'] }, `${SMS}.countries[0]`, 'two letters of ISO 3166'],
    [{ ...one({}), countries: [] }, `${SMS}.countries`, 'fewer'],
    [{ providers: [{ url: TWILIO, callingCodes: ['1'] }] }, `${SMS}.providers`, 'make one provider the default'],
    [{ providers: [{ url: TWILIO, callingCodes: ['1'] }], countries: ['US', 'GB', 'FR'] }, `${SMS}.providers`, 'nobody for numbers of GB, FR'],
    [{ providers: [{ url: TWILIO, callingCodes: ['1204'] }], countries: ['CA'] }, `${SMS}.providers`, 'nobody for numbers of CA'],
    [{ perRecipientPerHour: 0 }, `${SMS}.perRecipientPerHour`, '>= 1'],
    [{ perProjectPerHour: 1.5 }, `${SMS}.perProjectPerHour`, 'integer'],
    [{ providers: 'twilio' }, `${SMS}.providers`, 'array'],
    [{ providers: [null] }, `${SMS}.providers[0]`, 'object'],
    ['twilio', SMS, 'object'],
    [null, SMS, 'object'],
  ])('stops the start when it is %j', (sms, where, what) => {
    const { faults, message } = refusal(sms);
    expect(faults).toContainEqual({ where, what: expect.stringContaining(what) });
    expect(message).not.toContain(HUSH);
  });

  it('stops the start when SMS_URL is wrong', () => {
    const { faults, message } = refusal({}, { SMS_URL: `sms://AC1:${HUSH}@twilio` });
    expect(faults).toEqual([{ where: 'SMS_URL', what: 'lacks the parameter from; expected sms://AccountSid:AuthToken@twilio?from=…' }]);
    expect(message).not.toContain(HUSH);
  });

  it('is told once what its variables lack', () => {
    expect(refusal(one({ url: 'sms://AC1:${TOKEN}@twilio?from=1' })).faults).toEqual([{ where: `${SMS}.providers[0].url`, what: 'takes ${TOKEN}, which the environment does not have' }]);
    expect(start(one({ url: 'sms://AC1:${TOKEN}@twilio?from=1' }), { TOKEN: HUSH }).projects).toHaveLength(2);
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preflight, RefusedToStart, type Role, warnings } from './preflight';
import { readSettings } from './settings';

const SECRET = randomBytes(32).toString('hex');
const PRODUCTION = { NODE_ENV: 'production', APP_SECRET: SECRET };
const APART = { DATABASE_URL: 'mysql://u:p@h/d', REDIS_URL: 'redis://h' };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'latchkey-preflight-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const start = (environment: Record<string, string> = {}, role: Role = 'all') => preflight({ DATA_DIR: join(directory, 'data'), ...environment }, role, { operations: new Map([['create', 'create']]), registration: () => ({ faults: [] }), templates: () => [] });

/** The settings it is refused for. */
function refusedFor(environment: Record<string, string>, role?: Role): string[] {
  try {
    start(environment, role);
  } catch (error) {
    if (error instanceof RefusedToStart) return error.faults.map(({ where }) => where);
    throw error;
  }
  return [];
}

describe('a start with nothing configured', () => {
  it('makes its secrets, readable by their owner only, and keeps them', () => {
    const first = start();
    expect(first.settings.APP_SECRET).toMatch(/^[0-9a-f]{64}$/);
    expect(first.firstKey).toMatch(/^lk_[0-9a-f]{48}$/);
    expect(first.projects).toMatchObject([{ id: 'default', keys: [{ hash: createHash('sha256').update(first.firstKey!).digest('hex') }] }]);
    const data = join(directory, 'data');
    expect(statSync(data).mode & 0o077).toBe(0);
    for (const name of ['app-secret', 'api-key']) expect(statSync(join(data, name)).mode & 0o077).toBe(0);

    const second = start();
    expect(second.settings.APP_SECRET).toBe(first.settings.APP_SECRET);
    expect(second.projects).toEqual(first.projects);
    // Shown once: what was told before is not told again.
    expect(second.firstKey).toBeUndefined();
  });

  it('keeps to the secret that is given', () => {
    expect(start({ APP_SECRET: SECRET }).settings.APP_SECRET).toBe(SECRET);
    expect(() => readFileSync(join(directory, 'data', 'app-secret'))).toThrow();
  });

  it('makes nothing when it is refused', () => {
    expect(refusedFor({ PORT: 'x' })).toEqual(['PORT']);
    expect(() => statSync(join(directory, 'data'))).toThrow();
  });
});

describe('a start is refused', () => {
  it.each([
    ['a short secret', { APP_SECRET: 'f1c0ffee5eed0b57ac1ed0ddba11bab' }],
    ['a placeholder', { APP_SECRET: 'change-me-to-something-that-is-secret' }],
    ['a word again and again', { APP_SECRET: 'secretsecretsecretsecretsecretsecret' }],
    ['one letter again and again', { APP_SECRET: 'x'.repeat(64) }],
    ['no secret in production', { NODE_ENV: 'production' }],
  ])('for %s', (_, environment) => {
    expect(refusedFor(environment)).toEqual(['APP_SECRET']);
  });

  it('in production for what is fit for development only', () => {
    expect(refusedFor({ ...PRODUCTION, RATE_LIMITS: 'off', BCRYPT_COST: '9' })).toEqual(['RATE_LIMITS', 'BCRYPT_COST']);
    expect(refusedFor({ APP_SECRET: SECRET, RATE_LIMITS: 'off', BCRYPT_COST: '4' })).toEqual([]);
    expect(refusedFor(PRODUCTION)).toEqual([]);
  });

  it.each<[Role, string[]]>([
    ['api', ['REDIS_URL', 'DATABASE_URL']],
    ['worker', ['REDIS_URL', 'DATABASE_URL']],
    ['all', []],
    ['cli', []],
  ])('as %s alone for %j', (role, missing) => {
    expect(refusedFor({}, role)).toEqual(missing);
    expect(refusedFor(APART, role)).toEqual([]);
  });

  it('for faults of settings and projects together', () => {
    const PROJECTS_FILE = join(directory, 'projects.json');
    writeFileSync(PROJECTS_FILE, JSON.stringify({ projects: [{ id: 'a/b' }] }));
    expect(refusedFor({ PROJECTS_FILE, PORT: 'x', APP_SECRET: 'short' })).toEqual(['PORT', 'APP_SECRET', 'projects[0].id']);
  });

  it('once for each setting', () => {
    expect(refusedFor({ REDIS_URL: 'localhost', DATABASE_URL: 'localhost' }, 'api')).toEqual(['DATABASE_URL', 'REDIS_URL']);
  });

  it('when its secrets cannot be kept', () => {
    writeFileSync(join(directory, 'file'), '');
    expect(refusedFor({ DATA_DIR: join(directory, 'file', 'data') })).toEqual(['DATA_DIR']);
  });

  it('in words that name the setting and the fix', () => {
    expect(() => start({ NODE_ENV: 'production', PORT: '3000' })).toThrow(
      'Latchkey does not start. Correct these settings:\n  - APP_SECRET: is required in production; take the output of `openssl rand -hex 32`',
    );
  });

  it('without telling the secret', () => {
    const APP_SECRET = 'password-that-nobody-should-ever-see';
    expect(() => start({ APP_SECRET })).toThrow(expect.objectContaining({ message: expect.not.stringContaining(APP_SECRET) }));
  });
});

describe('a projects file', () => {
  it('stands in for the default project', () => {
    const PROJECTS_FILE = join(directory, 'projects.json');
    writeFileSync(PROJECTS_FILE, JSON.stringify({ projects: [{ id: 'app', limits: { create: 5 } }] }));
    const { projects, firstKey } = start({ PROJECTS_FILE });
    expect(projects).toMatchObject([{ id: 'app', limits: { create: 5 } }]);
    expect(firstKey).toBeUndefined();
  });
});

describe('warnings', () => {
  const warnedOf = (environment: Record<string, string>) => warnings(readSettings(environment).settings).map(({ where }) => where);

  it('are for production', () => {
    expect(warnedOf({})).toEqual([]);
    expect(warnedOf(PRODUCTION)).toEqual(['PUBLIC_URL', 'PROJECTS_FILE', 'SMTP_URL']);
  });

  it('say that cookies travel in the open', () => {
    const rest = { ...PRODUCTION, PROJECTS_FILE: 'p', SMTP_URL: 'smtp://h' };
    expect(warnedOf({ ...rest, PUBLIC_URL: 'http://accounts.example.com' })).toEqual(['PUBLIC_URL']);
    expect(warnedOf({ ...rest, PUBLIC_URL: 'https://accounts.example.com' })).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FIELDS, readSettings } from '../../src/config/settings';

const ROOT = join(__dirname, '..', '..');
const KNOWN = Object.keys(FIELDS).flatMap((name) => [name, `${name}_FILE`]);
/** Images whose environment is theirs. */
const OURS = ['api', 'worker'];

interface Service {
  image?: string;
  build?: unknown;
  environment?: Record<string, string | number | boolean | null> | string[];
  env_file?: unknown;
}

function environmentOf({ environment = {} }: Service): Record<string, string> {
  const pairs = Array.isArray(environment) ? environment.map((line) => line.split(/=(.*)/s).slice(0, 2)) : Object.entries(environment);
  return Object.fromEntries(pairs.map(([name, value]) => [name, value === null || value === undefined ? '' : filledIn(String(value))]));
}

/** `${NAME:-default}` as compose fills it in for somebody who set nothing; what has no default gets something long enough. */
function filledIn(value: string): string {
  return value.replace(/\$\{(\w+)(?::?-([^}]*))?[^}]*\}/g, (_, name: string, fallback?: string) => fallback ?? name.repeat(8));
}

describe('docker-compose.yml', () => {
  const { services } = parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }) as { services: Record<string, Service> };

  it('has API, worker, database, Redis and a mail catcher', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['api', 'worker', 'mysql', 'redis']));
    expect(Object.entries(services).filter(([name, { image = '' }]) => /mail/i.test(`${name} ${image}`))).toHaveLength(1);
  });

  it.each(OURS)('gives %s settings that exist and can be read', (name) => {
    const environment = environmentOf(services[name]);
    expect(Object.keys(environment).filter((setting) => !KNOWN.includes(setting))).toEqual([]);
    expect(environment).toMatchObject({ DATABASE_URL: expect.stringMatching(/^mysql:/), REDIS_URL: expect.stringMatching(/^redis:/), SMTP_URL: expect.stringMatching(/^smtp:/) });
    const direct = Object.fromEntries(Object.entries(environment).filter(([setting]) => !setting.endsWith('_FILE') || setting in FIELDS));
    expect(readSettings(direct).faults).toEqual([]);
  });

  it('names only hosts that are there', () => {
    for (const name of OURS) {
      const { DATABASE_URL, REDIS_URL, SMTP_URL } = environmentOf(services[name]);
      for (const url of [DATABASE_URL, REDIS_URL, SMTP_URL]) expect(Object.keys(services)).toContain(new URL(url).hostname);
    }
  });
});

describe('.env.example', () => {
  it('names every setting, and no other', () => {
    const text = readFileSync(join(ROOT, '.env.example'), 'utf8');
    const named = [...text.matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(Object.keys(FIELDS).sort());
  });
});

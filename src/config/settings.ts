import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { readSmsUrl, SMS_SCHEMES } from './sms-url';

type Environment = Record<string, string | undefined>;

/** One setting: what it means, how its text is read, and what holds when it is absent. */
interface Field<Value> {
  doc: string;
  example?: string;
  fallback: Value;
  /** @throws Error whose message says what would be right */
  read: (text: string) => Value;
}

const text = (fallback: string, doc: string): Field<string> => ({ doc, fallback, read: (value) => value });
const optional = (doc: string, example?: string): Field<string | undefined> => ({ doc, example, fallback: undefined, read: (value) => value });

const integer = (fallback: number, min: number, max: number, doc: string): Field<number> => ({
  doc,
  fallback,
  read: (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < min || number > max) throw new Error(`must be a whole number from ${min} to ${max}`);
    return number;
  },
});

const oneOf = <const Name extends string>(names: readonly Name[], fallback: Name, doc: string): Field<Name> => ({
  doc: `${doc} One of ${names.join(', ')}.`,
  fallback,
  read: (value) => {
    if (!names.includes(value as Name)) throw new Error(`must be one of ${names.join(', ')}`);
    return value as Name;
  },
});

const list = (doc: string, example?: string): Field<string[]> => ({
  doc,
  example,
  fallback: [],
  read: (value) => value.split(',').map((each) => each.trim()).filter(Boolean),
});

const networks = (doc: string, example?: string): Field<string[]> => ({
  ...list(doc, example),
  read: (value) => {
    const each = list(doc).read(value);
    const wrong = each.find((text) => !isNetwork(text));
    if (wrong !== undefined) throw new Error(`names ${wrong}, which is neither an address nor a range such as 10.0.0.0/8`);
    return each;
  },
});

function isNetwork(text: string): boolean {
  const [address, bits = '0', ...rest] = text.split('/');
  return isIP(address) > 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128);
}

const url = (protocols: readonly string[], doc: string, example: string): Field<string | undefined> => ({
  doc,
  example,
  fallback: undefined,
  read: (value) => {
    const protocol = URL.canParse(value) ? new URL(value).protocol.slice(0, -1) : undefined;
    if (!protocol || !protocols.includes(protocol)) throw new Error(`must be a URL that starts with ${protocols.map((each) => `${each}://`).join(' or ')}`);
    return value;
  },
});

const smsUrl = (doc: string, example: string): Field<string | undefined> => ({
  ...url(SMS_SCHEMES, doc, example),
  read: (value) => {
    readSmsUrl(value);
    return value;
  },
});

const flag = (fallback: boolean, doc: string): Field<boolean> => ({
  doc,
  fallback,
  read: (value) => {
    if (value !== 'true' && value !== 'false') throw new Error('must be true or false');
    return value === 'true';
  },
});

/** Every environment variable the product reads. `NAME_FILE` reads the value from a file instead. */
export const FIELDS = {
  NODE_ENV: oneOf(['development', 'test', 'production'], 'development', 'production turns on the refusals and turns off every /dev page.'),
  HOST: text('127.0.0.1', 'Listen address.'),
  PORT: integer(3000, 0, 65_535, 'Listen port.'),
  PUBLIC_URL: url(['http', 'https'], 'The origin used in links, callbacks and cookies; default http://localhost:<PORT>. Never taken from request headers.', 'https://accounts.example.com'),
  DATA_DIR: text('./data', 'Embedded database and generated secrets.'),
  DATABASE_URL: url(['mysql'], 'MySQL 8 or MariaDB 10.6+. Unset: SQLite in DATA_DIR.', 'mysql://user:pass@host:3306/latchkey'),
  MIGRATE_ON_START: flag(true, 'Run migrations at start, under a lock. false leaves them to `npm run cli -- migrate`.'),
  REDIS_URL: url(['redis', 'rediss'], 'Queue and counters. Unset: both in this process.', 'redis://host:6379'),
  APP_SECRET: optional('At least 32 bytes; keys for signing and for encryption at rest derive from it. Unset on the embedded default: generated in DATA_DIR.', 'openssl rand -hex 32'),
  APP_SECRET_PREVIOUS: list('Earlier values of APP_SECRET, comma-separated: keep old data readable after a change.'),
  PROJECTS_FILE: optional('YAML or JSON file of projects. Unset: one project `default`.', './projects.yaml'),
  SMTP_URL: url(['smtp', 'smtps'], 'Mail server. Unset: the development mailbox; in production mail routes then answer 503.', 'smtps://user:pass@mail.example.com'),
  MAIL_FROM: text('Latchkey <no-reply@localhost>', 'Sender of mails.'),
  SMS_URL: smsUrl('SMS provider, of projects that name none; its forms are in docs/sms.md. Unset: the development mailbox; in production phone routes then answer 503.', 'sms://user:secret@twilio?from=+15550100'),
  TRUSTED_PROXIES: networks('Addresses or CIDRs, comma-separated, whose X-Forwarded-For is believed.', '10.0.0.0/8'),
  RATE_LIMITS: oneOf(['on', 'off'], 'on', 'off is refused in production; it still sends the X-RateLimit headers.'),
  BCRYPT_COST: integer(12, 4, 15, 'Work factor of password hashes, 4 to 15; below 10 is refused in production.'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info', 'One JSON line an event; secrets are never logged.'),
};

type Values = { [Name in keyof typeof FIELDS]: (typeof FIELDS)[Name]['fallback'] };

/** The settings as read. A class, so that it is its own injection token. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging -- the constructor assigns every field of the table above
export class Settings {
  constructor(values: Values) {
    Object.assign(this, values);
  }

  get production(): boolean {
    return this.NODE_ENV === 'production';
  }

  /** Without a trailing slash. */
  get publicUrl(): string {
    return (this.PUBLIC_URL ?? `http://localhost:${this.PORT}`).replace(/\/+$/, '');
  }
}
// eslint-disable-next-line @typescript-eslint/no-empty-object-type, @typescript-eslint/no-unsafe-declaration-merging -- as above
export interface Settings extends Values {}

export interface Fault {
  /** The setting or the place in the projects file. */
  where: string;
  /** What is wrong and what would be right. */
  what: string;
}

/** Reads every setting; collects what is wrong rather than stopping at the first. */
export function readSettings(environment: Environment): { settings: Settings; faults: Fault[] } {
  const faults: Fault[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(FIELDS) as [string, Field<unknown>][]) {
    values[name] = field.fallback;
    try {
      const given = valueOf(name, environment);
      if (given !== undefined) values[name] = field.read(given);
    } catch (error) {
      faults.push({ where: name, what: (error as Error).message });
    }
  }
  return { settings: new Settings(values as Values), faults };
}

/** An empty variable counts as unset, as compose files and shells often pass it. */
function valueOf(name: string, environment: Environment): string | undefined {
  const file = environment[`${name}_FILE`];
  const direct = environment[name];
  if (file && direct) throw new Error(`is set twice: keep either ${name} or ${name}_FILE`);
  if (!file) return direct || undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    throw new Error(`${name}_FILE names ${file}, which cannot be read`);
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIELDS, readSettings } from './settings';

const faultsOf = (environment: Record<string, string>) => readSettings(environment).faults;
const read = (environment: Record<string, string> = {}) => readSettings(environment).settings;

describe('settings', () => {
  it('have defaults that work with nothing configured', () => {
    const { settings, faults } = readSettings({});
    expect(faults).toEqual([]);
    expect({ ...settings }).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: 3000,
      PUBLIC_URL: undefined,
      DATA_DIR: './data',
      DATABASE_URL: undefined,
      MIGRATE_ON_START: true,
      REDIS_URL: undefined,
      APP_SECRET: undefined,
      APP_SECRET_PREVIOUS: [],
      PROJECTS_FILE: undefined,
      SMTP_URL: undefined,
      MAIL_FROM: 'Latchkey <no-reply@localhost>',
      SMS_URL: undefined,
      TRUSTED_PROXIES: [],
      RATE_LIMITS: 'on',
      BCRYPT_COST: 12,
      LOG_LEVEL: 'info',
    });
  });

  it('are each documented', () => {
    for (const { doc } of Object.values(FIELDS)) expect(doc).toMatch(/^.{10,}\.$/);
  });

  it('take an empty variable for an unset one', () => {
    expect(readSettings(Object.fromEntries(Object.keys(FIELDS).map((name) => [name, ''])))).toEqual(readSettings({}));
  });

  it('read what is given', () => {
    const settings = read({ PORT: '8080', MIGRATE_ON_START: 'false', NODE_ENV: 'production', TRUSTED_PROXIES: '10.0.0.0/8, ::1 ,', DATABASE_URL: 'mysql://u:p@h/d', LOG_LEVEL: 'debug' });
    expect(settings).toMatchObject({ PORT: 8080, MIGRATE_ON_START: false, production: true, TRUSTED_PROXIES: ['10.0.0.0/8', '::1'], DATABASE_URL: 'mysql://u:p@h/d', LOG_LEVEL: 'debug' });
  });

  it.each([
    ['NODE_ENV', 'prod', 'must be one of development, test, production'],
    ['PORT', '80a', 'must be a whole number from 0 to 65535'],
    ['PORT', '65536', 'must be a whole number from 0 to 65535'],
    ['PORT', '-1', 'must be a whole number from 0 to 65535'],
    ['PORT', '1.5', 'must be a whole number from 0 to 65535'],
    ['PUBLIC_URL', 'accounts.example.com', 'must be a URL that starts with http:// or https://'],
    ['PUBLIC_URL', 'javascript:alert(1)', 'must be a URL that starts with http:// or https://'],
    ['DATABASE_URL', 'postgres://u:p@h/d', 'must be a URL that starts with mysql://'],
    ['MIGRATE_ON_START', 'yes', 'must be true or false'],
    ['REDIS_URL', 'localhost:6379', 'must be a URL that starts with redis:// or rediss://'],
    ['SMTP_URL', 'http://mail', 'must be a URL that starts with smtp:// or smtps://'],
    ['SMS_URL', 'twilio', 'must be a URL that starts with sms:// or http:// or https://'],
    ['TRUSTED_PROXIES', '10.0.0.0/8, proxy', 'names proxy, which is neither an address nor a range such as 10.0.0.0/8'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'names 10.0.0.0/33, which is neither an address nor a range such as 10.0.0.0/8'],
    ['TRUSTED_PROXIES', '::1/129', 'names ::1/129, which is neither an address nor a range such as 10.0.0.0/8'],
    ['RATE_LIMITS', 'false', 'must be one of on, off'],
    ['BCRYPT_COST', '3', 'must be a whole number from 4 to 15'],
    ['BCRYPT_COST', '16', 'must be a whole number from 4 to 15'],
    ['LOG_LEVEL', 'verbose', 'must be one of fatal, error, warn, info, debug, silent'],
  ])('refuse %s=%s', (where, value, what) => {
    expect(faultsOf({ [where]: value })).toEqual([{ where, what }]);
  });

  it('tell every fault at once', () => {
    expect(faultsOf({ PORT: 'x', LOG_LEVEL: 'x', BCRYPT_COST: 'x' }).map(({ where }) => where)).toEqual(['PORT', 'BCRYPT_COST', 'LOG_LEVEL']);
  });

  it('never repeat a value that may be secret', () => {
    const told = JSON.stringify(faultsOf({ DATABASE_URL: 'postgres://u:hunter2@h/d', SMTP_URL: 'mail://u:hunter2@h', REDIS_URL: 'x://:hunter2@h' }));
    expect(told).not.toContain('hunter2');
  });

  it('know where the world finds us', () => {
    expect(read({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080');
    expect(read({ PUBLIC_URL: 'https://accounts.example.com//' }).publicUrl).toBe('https://accounts.example.com');
  });

  describe('from a file', () => {
    let directory: string;
    const file = (name: string, text: string) => {
      const path = join(directory, name);
      writeFileSync(path, text);
      return path;
    };
    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), 'latchkey-settings-'));
    });
    afterAll(() => rmSync(directory, { recursive: true }));

    it('are read without the line’s end', () => {
      expect(read({ APP_SECRET_FILE: file('secret', 'from a file\n') }).APP_SECRET).toBe('from a file');
      expect(read({ PORT_FILE: file('port', ' 8080\n') }).PORT).toBe(8080);
    });

    it('count as unset when the file is empty', () => {
      expect(read({ APP_SECRET_FILE: file('empty', '\n') }).APP_SECRET).toBeUndefined();
    });

    it('are refused beside the variable itself', () => {
      expect(faultsOf({ APP_SECRET: 'one', APP_SECRET_FILE: file('other', 'two') })).toEqual([{ where: 'APP_SECRET', what: 'is set twice: keep either APP_SECRET or APP_SECRET_FILE' }]);
    });

    it('are refused when it cannot be read', () => {
      expect(faultsOf({ APP_SECRET_FILE: '/nowhere/secret' })).toEqual([{ where: 'APP_SECRET', what: 'APP_SECRET_FILE names /nowhere/secret, which cannot be read' }]);
    });
  });
});

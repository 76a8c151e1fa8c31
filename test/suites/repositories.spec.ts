import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Database } from '../../src/infra/database/database';
import { isConflict, isDuplicate } from '../../src/infra/database/failures';
import type { TokenEntity } from '../../src/modules/tokens';
import { TokensRepository } from '../../src/modules/tokens/tokens.repository';
import { UsersRepository } from '../../src/modules/users/users.repository';
import { ENGINES, openDatabase } from './ground';
import { rowOfToken, rowOfUser } from './rows';

describe.each(ENGINES)('repositories in %s', (engine) => {
  let ground: Awaited<ReturnType<typeof openDatabase>>;
  let database: Database;
  let users: UsersRepository;
  let tokens: TokensRepository;
  beforeAll(async () => {
    ground = await openDatabase(engine);
    ({ database } = ground);
    users = new UsersRepository(database);
    tokens = new TokensRepository(database);
  });
  afterAll(() => ground?.close());

  const insert = (over: Parameters<typeof rowOfUser>[0] = {}) => {
    const row = rowOfUser(over);
    return database.transaction(() => users.insert(row)).then(() => row);
  };
  const insertToken = (over: Partial<TokenEntity>) => {
    const row = rowOfToken(over);
    return database.transaction(() => tokens.insert(row)).then(() => row);
  };

  it('give back the row that was put in', async () => {
    const row = await insert({ name: 'Ada 🦊 Lovelace', labels: ['vip', 'é'], prefs: '{"b":1,"a":2}', passwordUpdatedAt: new Date('2026-02-03T04:05:06.007Z'), passwordHistory: [{ hash: 'a', algorithm: 'b' }] });
    expect(await users.find('default', row.id)).toEqual(row);
  });

  it('keep projects apart', async () => {
    const row = await insert();
    const twin = await insert({ projectId: 'other', id: row.id, email: row.email });
    expect(await users.find('other', row.id)).toMatchObject({ projectId: 'other' });
    expect(await users.find('third', row.id)).toBeNull();
    expect(await users.findByEmail('third', row.email!)).toBeNull();
    expect(await database.transaction(() => users.update('third', row.id, { name: 'Mallory' }))).toBe(0);
    await database.transaction(() => users.update('other', twin.id, { name: 'Twin' }));
    expect(await users.find('default', row.id)).toMatchObject({ name: 'Ada' });
  });

  it('take jose@ and josé@ for two addresses', async () => {
    const [plain, accented] = [await insert({ email: 'jose@example.com' }), await insert({ email: 'josé@example.com' })];
    expect(await users.findByEmail('default', 'jose@example.com')).toMatchObject({ id: plain.id });
    expect(await users.findByEmail('default', 'josé@example.com')).toMatchObject({ id: accented.id });
    expect(await users.findByEmail('default', 'JOSE@example.com')).toBeNull();
  });

  it('take Ada and ada for two ids', async () => {
    const [upper, lower] = [await insert({ id: `Ada-${engine}` }), await insert({ id: `ada-${engine}` })];
    expect(await users.find('default', upper.id)).toMatchObject({ email: upper.email });
    expect(await users.find('default', lower.id)).toMatchObject({ email: lower.email });
  });

  it('refuse a second row with the same address or id, and say that it is a duplicate', async () => {
    const row = await insert();
    for (const twice of [{ email: row.email }, { id: row.id }]) {
      const error: unknown = await insert(twice).catch((reason: unknown) => reason);
      expect([isDuplicate(error), isConflict(error)]).toEqual([true, false]);
    }
    // Nobody's address is not an address: many users have none.
    await insert({ email: null });
    await insert({ email: null });
  });

  it('let one of many at once have an address', async () => {
    const email = `${engine}.race@example.com`;
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => insert({ email })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.filter((result) => result.status === 'rejected' && isDuplicate(result.reason))).toHaveLength(19);
  });

  it('refuse a query that has no value for what it asks', async () => {
    await insert();
    const nothing = [undefined, null] as never[];
    for (const value of nothing) {
      await expect(async () => users.find('default', value)).rejects.toThrow('has no value');
      await expect(async () => users.find(value, 'ada')).rejects.toThrow('has no value');
      await expect(async () => users.number(value)).rejects.toThrow('has no value');
      await expect(database.transaction(async () => users.update('default', value, { name: 'Mallory' }))).rejects.toThrow('has no value');
    }
    expect(await users.find('default', 'nobody')).toBeNull();
  });

  it('say how many rows changed, also when nothing is different after it', async () => {
    const row = await insert();
    expect(await database.transaction(() => users.update('default', row.id, { name: row.name }))).toBe(1);
    expect(await database.transaction(() => users.update('default', 'nobody', { name: 'Ada' }))).toBe(0);
  });

  it('spend a token once of 20 tries at once, to the millisecond of its end', async () => {
    const at = new Date('2026-01-01T00:00:00.500Z');
    const over = await insertToken({ id: 'over', createdAt: at, expiresAt: at });
    const good = await insertToken({ id: 'good', createdAt: at, expiresAt: new Date(at.getTime() + 1) });
    const spend = (token: TokenEntity) => database.transaction(() => tokens.spend(token, at));

    expect(await spend(over)).toBe(false);
    expect(await tokens.live('default', 'ada', ['verification'], at)).toEqual([good]);
    const spent = await Promise.all(Array.from({ length: 20 }, () => spend(good)));
    expect(spent.filter(Boolean)).toHaveLength(1);
    expect(await tokens.live('default', 'ada', ['verification'], at)).toEqual([]);
  });

  it('grant a code its five tries and no more of 20 at once', async () => {
    const token = await insertToken({ id: 'tried', kind: 'email-otp' });
    const granted = await Promise.all(Array.from({ length: 20 }, () => database.transaction(() => tokens.takeTry(token, 5))));
    expect(granted.filter(Boolean)).toHaveLength(5);
    expect(await tokens.live('default', 'ada', ['email-otp'], token.createdAt)).toMatchObject([{ attempts: 5 }]);
  });

  it.each(['UTC', 'Pacific/Auckland', 'America/New_York'])('keep times to the millisecond and in UTC, where the clock on the wall is %s', (zone) => {
    const child = join(__dirname, 'times.child.ts');
    const environment = { ...process.env, ...ground.env, TZ: zone };
    const answer = JSON.parse(execFileSync(process.execPath, ['-r', '@swc-node/register', child], { env: environment, encoding: 'utf8' })) as Record<string, string[]>;
    expect(answer.offset[0] === '0').toBe(zone === 'UTC');
    expect(answer.stored).toEqual(answer.given.map((time) => time.replace('T', ' ').slice(0, -1)));
    expect(answer.read).toEqual(answer.given);
    expect(answer.hot).toEqual(answer.given);
    expect(answer.found).toEqual(answer.given);
  });
});

import { Database } from '../../src/infra/database/database';
import { UserEntity } from '../../src/modules/users';
import { UsersRepository } from '../../src/modules/users/users.repository';
import { ENGINES, gate, openDatabase } from './ground';
import { rowOfUser } from './rows';

describe.each(ENGINES)('transactions in %s', (engine) => {
  let ground: Awaited<ReturnType<typeof openDatabase>>;
  let database: Database;
  let users: UsersRepository;
  beforeAll(async () => {
    ground = await openDatabase(engine);
    ({ database } = ground);
    users = new UsersRepository(database);
  });
  afterAll(() => ground?.close());

  const exists = async (id: string) => (await users.find('default', id)) !== null;

  it('keep what they did, and give their result', async () => {
    const user = rowOfUser();
    await expect(database.transaction(() => users.insert(user).then(() => 'done'))).resolves.toBe('done');
    expect(await exists(user.id)).toBe(true);
  });

  it('undo everything when one thing fails', async () => {
    const [first, second] = [rowOfUser(), rowOfUser()];
    await expect(
      database.transaction(async () => {
        await users.insert(first);
        await users.insert(second);
        throw new Error('as the test wants');
      }),
    ).rejects.toThrow('as the test wants');
    expect([await exists(first.id), await exists(second.id)]).toEqual([false, false]);
  });

  it('join the one around them: an inner success does not survive an outer failure', async () => {
    const [inner, outer] = [rowOfUser(), rowOfUser()];
    await expect(
      database.transaction(async () => {
        await users.insert(outer);
        await database.transaction(() => users.insert(inner));
        throw new Error('as the test wants');
      }),
    ).rejects.toThrow();
    expect([await exists(inner.id), await exists(outer.id)]).toEqual([false, false]);
  });

  it('join: an inner failure undoes the outer', async () => {
    const outer = rowOfUser();
    await expect(
      database.transaction(async () => {
        await users.insert(outer);
        await database.transaction(() => Promise.reject(new Error('as the test wants')));
      }),
    ).rejects.toThrow();
    expect(await exists(outer.id)).toBe(false);
  });

  it('see their own writes', async () => {
    const user = rowOfUser();
    await database.transaction(async () => {
      await users.insert(user);
      expect(await exists(user.id)).toBe(true);
    });
  });

  it('are not seen from outside before they commit', async () => {
    const user = rowOfUser();
    const [written, seen] = [gate(), gate()];
    const running = database.transaction(async () => {
      await users.insert(user);
      written.open();
      await seen.opened;
    });
    await written.opened;
    expect(await exists(user.id)).toBe(false);
    expect(await database.rows('SELECT id FROM users WHERE id = ?', [user.id])).toEqual([]);
    seen.open();
    await running;
    expect(await exists(user.id)).toBe(true);
    expect(await database.rows('SELECT id FROM users WHERE id = ?', [user.id])).toEqual([{ id: user.id }]);
  });

  it('tell afterCommit once the rows are there for everybody', async () => {
    const user = rowOfUser();
    const told: string[] = [];
    const seen = new Promise<boolean>((resolve) => {
      void database.transaction(async () => {
        await users.insert(user);
        await database.transaction(async () => database.afterCommit(() => told.push('inner')));
        database.afterCommit(() => {
          told.push('outer');
          resolve(exists(user.id));
        });
        expect(told).toEqual([]);
      });
    });
    expect(await seen).toBe(true);
    expect(told).toEqual(['inner', 'outer']);
  });

  it('tell nobody after a rollback', async () => {
    const told: string[] = [];
    await expect(
      database.transaction(async () => {
        database.afterCommit(() => told.push('never'));
        throw new Error('as the test wants');
      }),
    ).rejects.toThrow();
    await database.transaction(async () => undefined);
    expect(told).toEqual([]);
  });

  it('are required for every write', async () => {
    const user = rowOfUser();
    await expect(users.insert(user)).rejects.toThrow('outside a transaction');
    await expect(users.update('default', user.id, { name: 'Grace' })).rejects.toThrow('outside a transaction');
    expect(() => database.afterCommit(() => undefined)).toThrow('outside a transaction');
    expect(await exists(user.id)).toBe(false);
  });

  it('do not disturb each other, 50 at once, every other one failing', async () => {
    const rows = Array.from({ length: 50 }, () => rowOfUser());
    const results = await Promise.allSettled(
      rows.map((row, index) =>
        database.transaction(async () => {
          await users.insert(row);
          await users.update('default', row.id, { name: `number ${index}` });
          if (index % 2) throw new Error('as the test wants');
        }),
      ),
    );
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(rows.map((_, index) => index % 2 === 0));
    const kept = await database.reader.find(UserEntity, { select: { id: true, name: true } });
    const names = new Map(kept.map(({ id, name }) => [id, name]));
    expect(rows.map(({ id }) => names.get(id))).toEqual(rows.map((_, index) => (index % 2 ? undefined : `number ${index}`)));
  });
});

describe('a deadlock in mysql', () => {
  it('is tried again, and what follows a commit follows once', async () => {
    const ground = await openDatabase('mysql');
    const users = new UsersRepository(ground.database);
    const [a, b] = [rowOfUser(), rowOfUser()];
    await ground.database.transaction(async () => {
      await users.insert(a);
      await users.insert(b);
    });

    let runs = 0;
    let commits = 0;
    const both = [gate(), gate()];
    const crossing = (mine: number, first: string, second: string) =>
      ground.database.transaction(async () => {
        runs += 1;
        ground.database.afterCommit(() => (commits += 1));
        await users.update('default', first, { name: `by ${mine}` });
        both[mine].open();
        await both[1 - mine].opened;
        await users.update('default', second, { name: `by ${mine}` });
      });
    await Promise.all([crossing(0, a.id, b.id), crossing(1, b.id, a.id)]);

    expect(runs).toBe(3);
    expect(commits).toBe(2);
    const [first, second] = [await users.find('default', a.id), await users.find('default', b.id)];
    expect(first!.name).toBe(second!.name);
    await ground.close();
  });
});

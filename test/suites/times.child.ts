/** A process of its own, since a zone is a process's: writes times and says how they are kept and read. */
import 'reflect-metadata';
import { ENTITIES } from '../../src/app.module';
import { connect, dataSourceOptions, readerOptions } from '../../src/infra/database/data-source';
import { Database, instantOf } from '../../src/infra/database/database';
import { UsersRepository } from '../../src/modules/users/users.repository';
import { settings } from './ground';
import { rowOfUser } from './rows';

/** Among them hours that do not exist, or exist twice, on some walls. */
const GIVEN = ['2026-03-08T02:30:00.001Z', '2026-03-08T07:30:00.010Z', '2026-11-01T05:30:00.100Z', '2026-11-01T06:30:00.999Z', '2026-09-26T14:30:00.500Z', '1999-12-31T23:59:59.999Z'];

async function main(): Promise<void> {
  const own = settings(process.env as Record<string, string>);
  const source = await connect(dataSourceOptions(own, ENTITIES));
  const database = new Database(source, own.DATABASE_URL ? source : await connect(readerOptions(own, ENTITIES)));
  const users = new UsersRepository(database);

  const answer: Record<string, string[]> = { offset: [String(new Date(GIVEN[0]).getTimezoneOffset())], given: GIVEN, stored: [], read: [], hot: [], found: [] };
  for (const time of GIVEN) {
    const { id } = await database.transaction(async () => {
      const row = rowOfUser({ createdAt: new Date(time) });
      await users.insert(row);
      return row;
    });
    const [{ stored }] = await database.rows<{ stored: string }>('SELECT CAST(created_at AS CHAR) AS stored FROM users WHERE id = ?', [id]);
    const [{ hot }] = await database.rows<{ hot: Date | string }>('SELECT created_at AS hot FROM users WHERE id = ?', [id]);
    const [found] = await database.rows<{ id: string }>('SELECT id FROM users WHERE id = ? AND created_at = ? AND created_at > ?', [id, new Date(time), new Date(new Date(time).getTime() - 1)]);
    answer.stored.push(stored);
    answer.hot.push(instantOf(hot).toISOString());
    answer.read.push((await users.find('default', id))!.createdAt.toISOString());
    answer.found.push(found?.id === id ? time : 'not found');
  }
  await database.close();
  process.stdout.write(JSON.stringify(answer));
}

void main();

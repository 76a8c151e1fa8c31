import type { DataSource, Table, TableColumn } from 'typeorm';
import { ENTITIES } from '../../src/app.module';
import { Settings } from '../../src/config/settings';
import { connect, dataSourceOptions } from '../../src/infra/database/data-source';
import { migrate } from '../../src/infra/database/migrate';
import { migrations } from '../../src/infra/database/migrations';
import { type Engine, type Ground, prepare } from '../support/app';
import { settings } from '../suites/ground';

const ENGINES: Engine[] = ['sqlite', 'mysql'];
const NAMES = migrations.map(({ name }) => name);

const TABLES = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  mysql: 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
};

/** In the one TypeORM keeps count; the other is never read, only held. */
const WITHOUT_ENTITY = ['migrations', 'project_locks'];

/** Our tables by name. */
async function schemaOf(source: DataSource): Promise<Map<string, Table>> {
  const runner = source.createQueryRunner();
  try {
    const rows = (await runner.query(TABLES[source.options.type === 'mysql' ? 'mysql' : 'sqlite'])) as { name: string }[];
    const names = rows.map(({ name }) => name).filter((name) => !WITHOUT_ENTITY.includes(name));
    const tables = names.length ? await runner.getTables(names) : [];
    return new Map(tables.map((table) => [table.name.split('.').pop()!, table]));
  } finally {
    await runner.release();
  }
}

const columnsOf = (tables: Map<string, Table>) => Object.fromEntries([...tables].map(([name, { columns }]) => [name, columns.map((column) => column.name).sort()]));

describe.each(ENGINES)('migrations in %s', (engine) => {
  let ground: Ground;
  let own: Settings;
  let source: DataSource;
  beforeEach(async () => {
    ground = await prepare(engine);
    own = settings(ground.env);
    source = await connect(dataSourceOptions(own, ENTITIES));
  });
  afterEach(async () => {
    if (source.isInitialized) await source.destroy();
    await ground.release();
  });

  it('build an empty database; a second run does nothing', async () => {
    expect([...(await schemaOf(source)).keys()]).toEqual([]);
    expect(await migrate(source)).toEqual(NAMES);
    const before = columnsOf(await schemaOf(source));
    expect(Object.keys(before).sort()).toEqual(source.entityMetadatas.map(({ tableName }) => tableName).sort());
    expect(await migrate(source)).toEqual([]);
    expect(columnsOf(await schemaOf(source))).toEqual(before);
  });

  it('make what the entities say, and nothing else', async () => {
    await migrate(source);
    const tables = await schemaOf(source);
    for (const entity of source.entityMetadatas) {
      const table = tables.get(entity.tableName)!;
      const said = entity.columns.map((column) => ({
        name: column.databaseName,
        nullable: column.isNullable,
        primary: column.isPrimary,
        length: column.type === 'varchar' ? Number(column.length) : undefined,
      }));
      const made = table.columns.map((column) => {
        const { length: declared } = said.find(({ name }) => name === column.name) ?? {};
        return { name: column.name, nullable: column.isNullable, primary: column.isPrimary, length: declared && lengthOf(column) };
      });
      const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
      expect({ table: entity.tableName, columns: made.sort(byName) }).toEqual({ table: entity.tableName, columns: said.sort(byName) });
    }
  });

  it('keep each index unique within its project', async () => {
    await migrate(source);
    const unique = [...(await schemaOf(source))].flatMap(([name, { indices }]) => indices.filter((index) => index.isUnique).map((index) => ({ name, first: index.columnNames[0] })));
    expect(unique.length).toBeGreaterThan(0);
    expect(unique.filter(({ first }) => first !== 'project_id')).toEqual([]);
  });

  it('go down to nothing, and up again', async () => {
    await migrate(source);
    const before = columnsOf(await schemaOf(source));
    for (const _ of NAMES) await source.undoLastMigration();
    expect([...(await schemaOf(source)).keys()]).toEqual([]);
    expect(await migrate(source)).toEqual(NAMES);
    expect(columnsOf(await schemaOf(source))).toEqual(before);
  });

  if (engine === 'mysql') {
    it('run once when four processes start together', async () => {
      const sources = await Promise.all([1, 2, 3, 4].map(() => connect(dataSourceOptions(own, ENTITIES))));
      const ran = await Promise.all(sources.map(migrate));
      expect(ran.flat()).toEqual(NAMES);
      await Promise.all(sources.map((each) => each.destroy()));
    });

    it('compare every text byte by byte', async () => {
      await migrate(source);
      const loose: unknown[] = await source.query(
        `SELECT table_name, column_name, collation_name FROM information_schema.columns
         WHERE table_schema = DATABASE() AND collation_name IS NOT NULL AND collation_name <> 'utf8mb4_bin' AND table_name <> 'migrations'`,
      );
      expect(loose).toEqual([]);
    });

    it('keep times with milliseconds', async () => {
      await migrate(source);
      const coarse: unknown[] = await source.query(
        `SELECT table_name, column_name FROM information_schema.columns
         WHERE table_schema = DATABASE() AND data_type IN ('datetime', 'timestamp') AND (datetime_precision <> 3 OR data_type = 'timestamp')`,
      );
      expect(coarse).toEqual([]);
    });
  }
});

/** MySQL's `char(64)` and SQLite's `varchar(64)` hold the same. */
function lengthOf({ length }: TableColumn): number | undefined {
  return length ? Number(length) : undefined;
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect';

/** What operators ask of messages: a retry that leaves the history alone, the age of the oldest, and how many there were. */
export class MessageTallies1790400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);
    await runner.query(`ALTER TABLE outbox ADD COLUMN forgiven ${t.integer} NOT NULL DEFAULT 0`);
    await runner.query('CREATE INDEX outbox_age ON outbox (state, created_at)');
    await runner.query(`CREATE TABLE message_tallies (
      name ${t.name(32)} NOT NULL,
      outcome ${t.name(8)} NOT NULL,
      total bigint NOT NULL,
      PRIMARY KEY (name, outcome)
    )${t.table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const mysql = runner.connection.options.type === 'mysql';
    await runner.query('DROP TABLE message_tallies');
    await runner.query(`DROP INDEX outbox_age${mysql ? ' ON outbox' : ''}`);
    await runner.query('ALTER TABLE outbox DROP COLUMN forgiven');
  }
}

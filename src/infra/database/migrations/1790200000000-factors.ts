import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect';

/** Second factors: authenticators, recovery codes, challenges, and the wrong codes counted against a user. */
export class Factors1790200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);

    // What the gate asks of every request stands in the row that every request reads.
    await runner.query(`ALTER TABLE users ADD COLUMN totp ${t.flag} NOT NULL DEFAULT 0`);

    await runner.query(`CREATE TABLE authenticators (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      updated_at ${t.instant} NOT NULL,
      user_id ${t.id} NOT NULL,
      type ${t.name(32)} NOT NULL,
      secret ${t.text} NOT NULL,
      verified ${t.flag} NOT NULL,
      last_step ${t.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE UNIQUE INDEX authenticators_user ON authenticators (project_id, user_id, type)');

    await runner.query(`CREATE TABLE recovery_codes (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      user_id ${t.id} NOT NULL,
      code ${t.text} NOT NULL,
      code_hash ${t.digest} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE UNIQUE INDEX recovery_codes_hash ON recovery_codes (project_id, user_id, code_hash)');

    await runner.query(`CREATE TABLE challenges (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      user_id ${t.id} NOT NULL,
      session_id ${t.id} NOT NULL,
      factor ${t.name(32)} NOT NULL,
      code_hash ${t.digest} NULL,
      address ${t.name(254)} NULL,
      expires_at ${t.instant} NOT NULL,
      spent_at ${t.instant} NULL,
      attempts ${t.integer} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE INDEX challenges_user ON challenges (project_id, user_id, session_id)');
    await runner.query('CREATE INDEX challenges_expiry ON challenges (expires_at)');

    // The row's id is the user's: one count for all his challenges, sessions and transports.
    await runner.query(`CREATE TABLE factor_locks (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      failures ${t.integer} NOT NULL,
      locked_until ${t.instant} NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['factor_locks', 'challenges', 'recovery_codes', 'authenticators']) await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE users DROP COLUMN totp');
  }
}

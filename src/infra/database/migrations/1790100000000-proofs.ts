import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect';

/** Identities at providers, password history, tries against short codes, and what housekeeping looks for. */
export class Proofs1790100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);

    await runner.query(`CREATE TABLE identities (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      updated_at ${t.instant} NOT NULL,
      user_id ${t.id} NOT NULL,
      provider ${t.name(64)} NOT NULL,
      provider_uid ${t.name(255)} NOT NULL,
      provider_email ${t.name(254)} NOT NULL,
      provider_access_token ${t.text} NULL,
      provider_access_token_expiry ${t.instant} NULL,
      provider_refresh_token ${t.text} NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE UNIQUE INDEX identities_uid ON identities (project_id, provider, provider_uid)');
    await runner.query('CREATE INDEX identities_user ON identities (project_id, user_id)');

    // One row a project, held by transactions that count before they add.
    await runner.query(`CREATE TABLE project_locks (project_id ${t.id} NOT NULL, PRIMARY KEY (project_id))${t.table}`);
    await runner.query(`ALTER TABLE users ADD COLUMN password_history ${t.text} NULL`);
    await runner.query(`ALTER TABLE tokens ADD COLUMN attempts ${t.integer} NOT NULL DEFAULT 0`);
    await runner.query(`ALTER TABLE targets ADD COLUMN session_id ${t.id} NULL`);
    await runner.query('CREATE INDEX tokens_expiry ON tokens (expires_at)');
    await runner.query('CREATE INDEX sessions_expiry ON sessions (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    const mysql = runner.connection.options.type === 'mysql';
    await runner.query(`DROP INDEX sessions_expiry${mysql ? ' ON sessions' : ''}`);
    await runner.query(`DROP INDEX tokens_expiry${mysql ? ' ON tokens' : ''}`);
    await runner.query('ALTER TABLE targets DROP COLUMN session_id');
    await runner.query('ALTER TABLE tokens DROP COLUMN attempts');
    await runner.query('ALTER TABLE users DROP COLUMN password_history');
    await runner.query('DROP TABLE project_locks');
    await runner.query('DROP TABLE identities');
  }
}

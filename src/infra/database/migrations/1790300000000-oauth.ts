import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect';

/** Sign-ins through providers while they are under way, and the identity behind a session. */
export class Oauth1790300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);

    await runner.query(`CREATE TABLE oauth_attempts (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      provider ${t.name(64)} NOT NULL,
      flow ${t.name(16)} NOT NULL,
      success ${t.text} NOT NULL,
      failure ${t.text} NOT NULL,
      verifier ${t.text} NOT NULL,
      nonce ${t.name(128)} NOT NULL,
      browser_hash ${t.digest} NULL,
      user_id ${t.id} NULL,
      session_id ${t.id} NULL,
      expires_at ${t.instant} NOT NULL,
      spent_at ${t.instant} NULL,
      trace ${t.text} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE INDEX oauth_attempts_expiry ON oauth_attempts (expires_at)');
    await runner.query('CREATE INDEX oauth_attempts_user ON oauth_attempts (project_id, user_id)');
    await runner.query(`ALTER TABLE sessions ADD COLUMN identity_id ${t.id} NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sessions DROP COLUMN identity_id');
    await runner.query('DROP TABLE oauth_attempts');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dialectOf } from '../dialect';

/** Users with their targets, sessions, one-time tokens and security log; the outbox; the development mailbox. */
export class Accounts1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const t = dialectOf(runner);

    await runner.query(`CREATE TABLE users (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      updated_at ${t.instant} NOT NULL,
      name ${t.name(128)} NOT NULL,
      email ${t.name(254)} NULL,
      phone ${t.name(16)} NULL,
      email_verified ${t.flag} NOT NULL,
      phone_verified ${t.flag} NOT NULL,
      status ${t.flag} NOT NULL,
      labels ${t.text} NOT NULL,
      password_hash ${t.name(512)} NULL,
      password_algorithm ${t.name(32)} NULL,
      password_updated_at ${t.instant} NULL,
      mfa ${t.flag} NOT NULL,
      prefs ${t.longText} NOT NULL,
      shown_targets ${t.longText} NOT NULL,
      accessed_at ${t.instant} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE UNIQUE INDEX users_email ON users (project_id, email)');
    await runner.query('CREATE UNIQUE INDEX users_phone ON users (project_id, phone)');

    await runner.query(`CREATE TABLE targets (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      updated_at ${t.instant} NOT NULL,
      user_id ${t.id} NOT NULL,
      name ${t.name(255)} NOT NULL,
      provider_id ${t.id} NULL,
      provider_type ${t.name(8)} NOT NULL,
      identifier ${t.name(255)} NOT NULL,
      expired ${t.flag} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE UNIQUE INDEX targets_identifier ON targets (project_id, provider_type, identifier)');
    await runner.query('CREATE INDEX targets_user ON targets (project_id, user_id)');

    await runner.query(`CREATE TABLE sessions (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      updated_at ${t.instant} NOT NULL,
      user_id ${t.id} NOT NULL,
      secret_hash ${t.digest} NOT NULL,
      provider ${t.name(64)} NOT NULL,
      provider_uid ${t.name(255)} NOT NULL,
      expires_at ${t.instant} NOT NULL,
      ip ${t.name(45)} NOT NULL,
      device ${t.text} NOT NULL,
      country_code ${t.name(2)} NOT NULL,
      factors ${t.text} NOT NULL,
      mfa_updated_at ${t.instant} NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE UNIQUE INDEX sessions_secret ON sessions (project_id, secret_hash)');
    await runner.query('CREATE INDEX sessions_user ON sessions (project_id, user_id, created_at)');

    await runner.query(`CREATE TABLE tokens (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      user_id ${t.id} NOT NULL,
      kind ${t.name(32)} NOT NULL,
      secret_hash ${t.digest} NOT NULL,
      address ${t.name(254)} NOT NULL,
      expires_at ${t.instant} NOT NULL,
      spent_at ${t.instant} NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE INDEX tokens_user ON tokens (project_id, user_id, kind)');

    await runner.query(`CREATE TABLE logs (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      user_id ${t.id} NOT NULL,
      event ${t.name(64)} NOT NULL,
      actor ${t.name(8)} NOT NULL,
      at ${t.instant} NOT NULL,
      ip ${t.name(45)} NOT NULL,
      user_agent ${t.name(512)} NOT NULL,
      request_id ${t.id} NOT NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE INDEX logs_user ON logs (project_id, user_id, at)');

    await runner.query(`CREATE TABLE outbox (
      project_id ${t.id} NOT NULL,
      id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      user_id ${t.id} NOT NULL,
      name ${t.name(32)} NOT NULL,
      body ${t.longText} NULL,
      urgent ${t.flag} NOT NULL,
      state ${t.name(8)} NOT NULL,
      attempts ${t.integer} NOT NULL,
      due_at ${t.instant} NOT NULL,
      sent_at ${t.instant} NULL,
      last_error ${t.name(500)} NULL,
      PRIMARY KEY (project_id, id)
    )${t.table}`);
    await runner.query('CREATE INDEX outbox_due ON outbox (state, due_at)');
    await runner.query('CREATE INDEX outbox_user ON outbox (project_id, user_id)');

    await runner.query(`CREATE TABLE mailbox (
      id ${t.id} NOT NULL,
      channel ${t.name(8)} NOT NULL,
      recipient ${t.name(254)} NOT NULL,
      sender ${t.name(254)} NOT NULL,
      subject ${t.name(512)} NOT NULL,
      text ${t.longText} NOT NULL,
      html ${t.longText} NOT NULL,
      sent_at ${t.instant} NOT NULL,
      PRIMARY KEY (id)
    )${t.table}`);
    await runner.query('CREATE INDEX mailbox_sent ON mailbox (sent_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['mailbox', 'outbox', 'logs', 'tokens', 'sessions', 'targets', 'users']) await runner.query(`DROP TABLE ${table}`);
  }
}

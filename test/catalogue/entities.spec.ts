import 'reflect-metadata';
import { getMetadataArgsStorage } from 'typeorm';
import { ENTITIES } from '../../src/app.module';
import { ProjectRow } from '../../src/infra/database/project-row';
import { TallyEntity } from '../../src/infra/outbox/tally.entity';
import { MailboxEntity } from '../../src/messaging';

/** Rows of the installation rather than of a tenant. One more needs a reason: the mailbox is the developer's, tallies are the operator's. */
const OF_NO_PROJECT: unknown[] = [MailboxEntity, TallyEntity];

describe('the entities', () => {
  it.each(ENTITIES.map((entity) => [entity.name, entity] as const))('%s belongs to a project', (_, entity) => {
    expect(entity.prototype instanceof ProjectRow).toBe(!OF_NO_PROJECT.includes(entity));
  });

  it('are all in the list', () => {
    const known = getMetadataArgsStorage().tables.map(({ target }) => target);
    expect(new Set(ENTITIES)).toEqual(new Set(known));
  });

  it('have a table each', () => {
    const names = getMetadataArgsStorage().tables.map(({ name }) => name);
    expect(new Set(names).size).toBe(ENTITIES.length);
  });
});

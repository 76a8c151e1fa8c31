import { Injectable } from '@nestjs/common';
import { Clock } from '../infra/clock';
import { Database } from '../infra/database/database';
import { MailboxEntity } from './mailbox.entity';

/** Messages that stay; older ones go. */
const KEPT = 200;

/** The development mailbox. A table, since the process that shows it may be another than the one that fills it. */
@Injectable()
export class Mailbox {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Putting the same message in twice leaves one: delivery is at least once. */
  async put(message: Omit<MailboxEntity, 'sentAt'>): Promise<void> {
    await this.database.transaction(async () => {
      const { writer } = this.database;
      await writer.delete(MailboxEntity, { id: message.id });
      await writer.insert(MailboxEntity, { ...message, sentAt: this.clock.now() });
      const surplus = await writer.find(MailboxEntity, { order: { sentAt: 'DESC', id: 'DESC' }, skip: KEPT, take: KEPT, select: { id: true } });
      if (surplus.length) await writer.delete(MailboxEntity, surplus.map(({ id }) => id));
    });
  }

  /** Newest first. */
  list(): Promise<MailboxEntity[]> {
    return this.database.reader.find(MailboxEntity, { order: { sentAt: 'DESC', id: 'DESC' } });
  }

  find(id: string): Promise<MailboxEntity | null> {
    return this.database.reader.findOneBy(MailboxEntity, { id });
  }

  async clear(): Promise<void> {
    await this.database.transaction(() => this.database.writer.createQueryBuilder().delete().from(MailboxEntity).execute());
  }
}

import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../infra/database/columns';

/** What would have been sent, for the developer to read. It belongs to the installation, not to a project. */
@Entity('mailbox')
export class MailboxEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  @Column({ type: 'varchar', length: 8 })
  channel: 'email' | 'sms';

  @Column({ name: 'recipient', type: 'varchar', length: 254 })
  to: string;

  @Column({ name: 'sender', type: 'varchar', length: 254 })
  from: string;

  @Column({ type: 'varchar', length: 512 })
  subject: string;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'text' })
  html: string;

  @Column(instant('sent_at'))
  sentAt: Date;
}

export { Mailbox } from './mailbox';
export { MailboxEntity } from './mailbox.entity';
export { MailboxModule } from './mailbox.module';
export { MessagingModule } from './messaging.module';

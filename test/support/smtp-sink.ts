import type { AddressInfo, Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { eventually } from './eventually';

/**
 * What the server does once it has read a whole mail.
 * - `hang`: answers nothing until {@link SmtpSink.release}.
 * - `die`: drops every connection without an answer.
 * - a number: refuses with that code.
 */
export type Reaction = 'accept' | 'hang' | 'die' | number;

/** Where a server may turn away before it has read a mail. */
export type Step = 'greeting' | 'sender' | 'recipient';

export interface SinkMail {
  to: string;
  messageId: string;
  subject: string;
  text: string;
  html: string;
}

/** A real SMTP server with moods. */
export class SmtpSink {
  /** Mails that were accepted, in order. */
  readonly accepted: SinkMail[] = [];
  /** Every mail that was read to its end, whatever the answer was. */
  readonly tried: SinkMail[] = [];
  /** Asked for each mail; `nth` counts the tries of this sink from 1. */
  react: (mail: SinkMail, nth: number) => Reaction = () => 'accept';

  /** Asked at each step before; `recipient` comes with the address. */
  meet: (step: Step, address?: string) => Reaction = () => 'accept';
  /** Times that {@link meet} was not in the mood. */
  turnedAway = 0;

  private readonly held = new Set<() => void>();
  private readonly sockets = new Set<Socket>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onConnect: (_, done) => this.step(done, 'greeting'),
    onMailFrom: (_, __, done) => this.step(done, 'sender'),
    onRcptTo: ({ address }, _, done) => this.step(done, 'recipient', address),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => void this.read(envelope.rcptTo[0].address, Buffer.concat(chunks)).then((mail) => this.answer(mail, done)));
    },
  });

  static async start(): Promise<SmtpSink> {
    const sink = new SmtpSink();
    const { server } = sink;
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      sink.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sink.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  /** Mails accepted for an address. */
  to(address: string): SinkMail[] {
    return this.accepted.filter(({ to }) => to === address);
  }

  /** Tries to bring a mail to an address. */
  triesFor(address: string): SinkMail[] {
    return this.tried.filter(({ to }) => to === address);
  }

  /** The first mail accepted for an address, once there is one. */
  arrival(address: string, patience?: number): Promise<SinkMail> {
    return eventually(`a mail to ${address}`, () => this.to(address)[0], patience);
  }

  /** The first try for an address, once there is one. */
  attempt(address: string, patience?: number): Promise<SinkMail> {
    return eventually(`a try for ${address}`, () => this.triesFor(address)[0], patience);
  }

  /** Accepts what hangs and whatever comes. */
  release(): void {
    this.react = () => 'accept';
    this.meet = () => 'accept';
    for (const accept of this.held) accept();
    this.held.clear();
  }

  dropConnections(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.dropConnections();
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private step(done: (error?: Error) => void, step: Step, address?: string): void {
    const reaction = this.meet(step, address);
    if (reaction !== 'accept') this.turnedAway += 1;
    this.answerWith(reaction, done, () => done());
  }

  private async read(to: string, raw: Buffer): Promise<SinkMail> {
    const { messageId = '', subject = '', text = '', html = '' } = await PostalMime.parse(raw);
    const mail = { to, messageId, subject, text, html };
    this.tried.push(mail);
    return mail;
  }

  private answer(mail: SinkMail, done: (error?: Error) => void): void {
    const accept = () => {
      this.accepted.push(mail);
      done();
    };
    this.answerWith(this.react(mail, this.tried.length), done, accept);
  }

  private answerWith(reaction: Reaction, done: (error?: Error) => void, accept: () => void): void {
    if (reaction === 'accept') accept();
    else if (reaction === 'hang') this.held.add(accept);
    else if (reaction === 'die') this.dropConnections();
    else done(Object.assign(new Error('not now'), { responseCode: reaction }));
  }
}

/** What the link of a mail carries in its query. */
export function linkIn({ text }: SinkMail): { href: string; userId: string; secret: string } {
  const href = /https?:\/\/\S+/.exec(text)?.[0];
  if (!href) throw new Error(`no link in: ${text}`);
  const query = new URL(href).searchParams;
  return { href, userId: query.get('userId')!, secret: query.get('secret')! };
}

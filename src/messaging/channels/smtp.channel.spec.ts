import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { ChannelError, type OutgoingMail } from './channel';
import { SMTP_TIMEOUTS, SmtpChannel } from './smtp.channel';

const mail: OutgoingMail = {
  to: 'ada@example.com',
  from: 'Shop <no-reply@shop.example>',
  messageId: 'outbox-1',
  subject: 'Account Verification',
  text: 'Open https://app.example/confirm?secret=top-secret&expire=1\n',
  html: '<p>Hello <b>Ada</b></p>',
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function channelTo(url: string, timeouts: Partial<typeof SMTP_TIMEOUTS> = {}): SmtpChannel {
  const channel = new SmtpChannel(url, { ...SMTP_TIMEOUTS, ...timeouts });
  cleanups.push(() => channel.close());
  return channel;
}

/** A real SMTP server that keeps what reaches it. */
async function sink(options: SMTPServerOptions = {}) {
  const received: { from: string; rcpt: string[]; raw: string; tls: boolean; user: string; session: string }[] = [];
  const rcpt: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _, done) => (password === 'p@ss word' ? done(null, { user: username }) : done(new Error('no'))),
    onRcptTo: ({ address }, _, done) => (rcpt.push(address), done()),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          rcpt: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          tls: Boolean(session.secure),
          user: String(session.user ?? ''),
          session: session.id,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise<void>((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, received, rcpt };
}

async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const refusal = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });

/** Holds for every failure: one kind of error, and nothing in it that is not for a log. */
async function failure(sending: Promise<unknown>): Promise<ChannelError> {
  const error = await sending.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ChannelError);
  expect(`${(error as Error).stack}${JSON.stringify(error)}`).not.toMatch(/top-secret|p@ss|p%40ss|ada@example/);
  expect((error as Error).cause).toBeUndefined();
  return error as ChannelError;
}

describe('delivery', () => {
  it('brings both parts to one recipient, marked as automatic', async () => {
    const { port, received } = await sink();
    await channelTo(`smtp://127.0.0.1:${port}`).send({ ...mail, replyTo: 'help@shop.example' });

    expect(received).toMatchObject([{ from: 'no-reply@shop.example', rcpt: ['ada@example.com'] }]);
    const parsed = await PostalMime.parse(received[0].raw);
    expect(parsed).toMatchObject({
      subject: mail.subject,
      from: { name: 'Shop', address: 'no-reply@shop.example' },
      to: [{ name: '', address: 'ada@example.com' }],
      replyTo: [{ address: 'help@shop.example' }],
      messageId: '<outbox-1@shop.example>',
    });
    expect(parsed.text!.trim()).toBe(mail.text.trim());
    expect(parsed.html!.trim()).toBe(mail.html);
    expect(parsed.headers).toContainEqual(expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }));
    expect(received[0].raw).toContain('multipart/alternative');
  });

  it('says the same Message-ID on every attempt', async () => {
    const { port, received } = await sink();
    const channel = channelTo(`smtp://127.0.0.1:${port}`);
    await channel.send(mail);
    await channel.send(mail);
    const ids = await Promise.all(received.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId));
    expect(new Set(ids)).toEqual(new Set(['<outbox-1@shop.example>']));
  });

  it('uses few connections for many mails', async () => {
    const { port, received } = await sink();
    const channel = channelTo(`smtp://127.0.0.1:${port}`);
    await Promise.all(Array.from({ length: 30 }, (_, n) => channel.send({ ...mail, messageId: `outbox-${n}` })));
    expect(received).toHaveLength(30);
    expect(new Set(received.map(({ session }) => session)).size).toBeLessThanOrEqual(5);
  });

  it('keeps every letter of subject, name and address', async () => {
    const { port, received } = await sink();
    await channelTo(`smtp://127.0.0.1:${port}`).send({ ...mail, to: 'ada@exämple.com', from: '"Läden, GmbH" <no-reply@shop.example>', subject: 'Überprüfung – 確認' });
    const parsed = await PostalMime.parse(received[0].raw);
    expect(received[0].rcpt).toEqual([expect.stringMatching(/^ada@(?:exämple|xn--exmple-cua)\.com$/)]);
    expect(parsed).toMatchObject({ subject: 'Überprüfung – 確認', from: { name: 'Läden, GmbH', address: 'no-reply@shop.example' } });
  });

  it('signs in with the user and password of the url', async () => {
    const { port, received } = await sink();
    await channelTo(`smtp://shop%40relay:p%40ss%20word@127.0.0.1:${port}`).send(mail);
    expect(received[0].user).toBe('shop@relay');
  });
});

describe('one recipient, no injection', () => {
  it.each([
    'a@x.example,b@y.example',
    'a@x.example;b@y.example',
    'a@x.example b@y.example',
    'Ada <ada@example.com>',
    '"e@attacker.example"@victim.example',
    'a@x.example\r\nRCPT TO:<b@y.example>',
    'a@x.example>,<b@y.example',
    'undisclosed:a@x.example;',
    'a@[x@evil.example]',
    'a＠b@evil.example,',
    'a@evil.example＠x.example',
    'a\u0000@x.example',
    'nobody',
    '',
  ])('refuses %j for good, and no RCPT is sent', async (to) => {
    const { port, rcpt } = await sink();
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send({ ...mail, to }))).toMatchObject({ permanent: true });
    expect(rcpt).toEqual([]);
  });

  it('a subject with line breaks adds no header', async () => {
    const { port, received } = await sink();
    await channelTo(`smtp://127.0.0.1:${port}`).send({ ...mail, subject: 'Hi\r\nBcc: eve@evil.example\r\n\r\n<b>body</b>' });
    const parsed = await PostalMime.parse(received[0].raw);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.headers.map(({ key }) => key)).not.toContain('bcc');
    expect(parsed.text!.trim()).toBe(mail.text.trim());
    expect(received[0].rcpt).toEqual(['ada@example.com']);
  });

  it.each(['Shop <no-reply@shop.example>, Eve <eve@evil.example>', 'Shop\r\nBcc: eve@evil.example <no-reply@shop.example>', 'Shop', ''])(
    'a sender of %j waits for the operator',
    async (from) => {
      const { port, rcpt } = await sink();
      expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send({ ...mail, from }))).toMatchObject({ permanent: false });
      expect(rcpt).toEqual([]);
    },
  );

  it('refuses a message id that would end its header', async () => {
    const { port } = await sink();
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send({ ...mail, messageId: 'a>\r\nBcc: b' }))).toMatchObject({ permanent: true });
  });

  it('reads no file and no address that a text happens to name', async () => {
    const { port, received } = await sink();
    const hostile = { path: '/etc/passwd' } as unknown as string;
    await failure(channelTo(`smtp://127.0.0.1:${port}`).send({ ...mail, html: hostile }));
    expect(received).toEqual([]);
  });
});

describe('failures', () => {
  it.each([
    [550, true],
    [554, true],
    [451, false],
    [421, false],
  ])('a %i for the recipient: permanent %s', async (code, permanent) => {
    const { port } = await sink({ onRcptTo: (_, __, done) => done(refusal(code, 'ada@example.com is not welcome')) });
    const error = await failure(channelTo(`smtp://127.0.0.1:${port}`).send(mail));
    expect(error.permanent).toBe(permanent);
    expect(error.message).toMatch(new RegExp(`answered ${code} .*<address> is not welcome to (?:RCPT TO|CONN)$`));
  });

  it.each([
    [550, true],
    [452, false],
  ])('a %i for the message: permanent %s, its words not repeated', async (code, permanent) => {
    const { port } = await sink({
      onData: (stream, _, done) => void stream.resume().on('end', () => done(refusal(code, 'spam: https://app.example/confirm?secret=top-secret'))),
    });
    const error = await failure(channelTo(`smtp://127.0.0.1:${port}`).send(mail));
    expect(error).toMatchObject({ permanent, message: expect.stringMatching(new RegExp(`^SMTP server answered ${code}[ \\d.]* to DATA$`)) as string });
  });

  it('a sender the server does not like is the operator to mend', async () => {
    const { port } = await sink({ onMailFrom: (_, __, done) => done(refusal(550, 'unknown sender')) });
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send(mail))).toMatchObject({ permanent: false });
  });

  it('a wrong password is temporary and stays unsaid', async () => {
    const { port } = await sink({ onAuth: ({ password }, _, done) => done(refusal(535, `"${password}" is wrong`)) });
    const error = await failure(channelTo(`smtp://shop:p%40ssword@127.0.0.1:${port}`).send(mail));
    expect(error.permanent).toBe(false);
    expect(error.message).toContain('535');
  });

  it('a refused mail leaves the connection fit for the next', async () => {
    const { port, received } = await sink({ onRcptTo: ({ address }, _, done) => done(address.startsWith('eve') ? refusal(550, 'no') : null) });
    const channel = channelTo(`smtp://127.0.0.1:${port}`);
    await failure(channel.send({ ...mail, to: 'eve@example.com' }));
    await channel.send(mail);
    expect(received).toHaveLength(1);
  });

  it('a refused connection is temporary', async () => {
    const port = await listen(() => undefined);
    for (const cleanup of cleanups.splice(0)) await cleanup();
    const error = await failure(channelTo(`smtp://127.0.0.1:${port}`).send(mail));
    expect(error).toMatchObject({ permanent: false, message: expect.stringContaining('ECONNREFUSED') as string });
  });

  it('a server that hangs up is temporary', async () => {
    const port = await listen((socket) => socket.end());
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send(mail))).toMatchObject({ permanent: false });
  });

  it('a connection lost after the message was handed over is not silently sent again', async () => {
    let messages = 0;
    const port = await listen((socket) => {
      socket.write('220 hello\r\n');
      socket.on('data', (chunk) => {
        if (/^EHLO/.test(chunk.toString())) socket.write('250 hello\r\n');
        else if (/^(?:MAIL|RCPT)/.test(chunk.toString())) socket.write('250 ok\r\n');
        else if (/^DATA/.test(chunk.toString())) socket.write('354 go on\r\n');
        else if (chunk.toString().endsWith('\r\n.\r\n')) {
          messages += 1;
          socket.destroy();
        }
      });
    });
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send(mail))).toMatchObject({ permanent: false });
    expect(messages).toBe(1);
  });

  it.each([
    ['never greets', () => undefined, { greeting: 100 }],
    ['greets and falls silent', (socket: Socket) => socket.write('220 hello\r\n'), { socket: 100 }],
    [
      'answers a byte at a time',
      (socket: Socket) => {
        socket.write('220 hello\r\n');
        const drip = setInterval(() => socket.write('2'), 20);
        socket.on('close', () => clearInterval(drip));
      },
      { socket: 200, send: 300 },
    ],
  ])('a server that %s is given up within the timeout', async (_, behaviour, timeouts) => {
    const port = await listen(behaviour);
    const started = Date.now();
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`, timeouts).send(mail))).toMatchObject({ permanent: false });
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

describe('TLS', () => {
  it('is used when offered', async () => {
    const { port, received } = await sink({ disabledCommands: [] });
    await channelTo(`smtp://127.0.0.1:${port}?tls.rejectUnauthorized=false`).send(mail);
    expect(received[0].tls).toBe(true);
  });

  it('with a certificate nobody vouches for is a failure, not a reason to go without', async () => {
    const { port, received } = await sink({ disabledCommands: [] });
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}`).send(mail))).toMatchObject({ permanent: false });
    expect(received).toEqual([]);
  });

  it('may be demanded', async () => {
    const { port, received } = await sink();
    expect(await failure(channelTo(`smtp://127.0.0.1:${port}?requireTLS=true`).send(mail))).toMatchObject({ permanent: false });
    expect(received).toEqual([]);
  });

  it('comes first with smtps', async () => {
    const { port, received } = await sink({ secure: true });
    await channelTo(`smtps://127.0.0.1:${port}?tls.rejectUnauthorized=false`).send(mail);
    expect(received[0].tls).toBe(true);
  });
});

describe('the url', () => {
  it.each([
    ['not a url p@ss', 'malformed'],
    ['https://user:p@ss@mail.example', 'another scheme'],
    ['smtp://', 'no host'],
    ['smtp://user:100%@mail.example', '%25'],
    ['smtp://user:p%40ss@mail.example?pool=false', 'unknown parameter "pool"'],
  ])('%s is refused, unrepeated', (url, reason) => {
    const open = () => new SmtpChannel(url);
    expect(open).toThrow(reason);
    expect(open).not.toThrow(/p@ss|p%40ss|user:100/);
  });
});

describe('closing', () => {
  it('finishes the mail on its way, then takes no more', async () => {
    const { port, received } = await sink({ onRcptTo: (_, __, done) => void setTimeout(done, 50) });
    const channel = channelTo(`smtp://127.0.0.1:${port}`);
    const sending = Array.from({ length: 7 }, (_, n) => channel.send({ ...mail, messageId: `outbox-${n}` }));
    await channel.close();
    await Promise.all(sending);
    expect(received).toHaveLength(7);
    expect(await failure(channel.send(mail))).toMatchObject({ permanent: false });
  });
});

/** A real SMTP server that keeps nothing of a mail but when it came and for whom. Its own process, on the core of the others. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Arrival {
  to: string;
  /** Milliseconds of the machine's clock. */
  at: number;
}

let arrivals: Arrival[] = [];

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  logger: false,
  onData: (stream, { envelope }, done) => {
    stream.resume().on('end', () => {
      arrivals.push({ to: envelope.rcptTo[0].address, at: performance.timeOrigin + performance.now() });
      done();
    });
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => process.send?.({ ready: true, port: (server.server.address() as AddressInfo).port }));

process.on('message', (order: { take?: true; count?: true }) => {
  if (order.count) process.send?.({ count: arrivals.length });
  if (order.take) {
    process.send?.({ arrivals });
    arrivals = [];
  }
});
process.on('disconnect', () => process.exit());

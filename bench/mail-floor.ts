/** The floor of W9: nodemailer's own pool and nothing else, sending a mail like ours to the same server. */
import { createTransport } from 'nodemailer';
import { render } from '../src/messaging/templates/render';
import { cpuMicros } from './pin';

export interface Batch {
  port: number;
  mails: number;
}

const data = {
  user: 'Person', project: 'Bench', otp: '123456', phrase: '', agentDevice: '', agentClient: 'Chrome 131', agentOs: 'GNU/Linux', expire: '2030-01-01T00:00:00.000+00:00',
};

async function send({ port, mails }: Batch) {
  const { subject, text, html } = render('email-otp', 'en', data);
  const pool = createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: 5 });
  const mail = (n: number) => pool.sendMail({ from: 'Bench <no-reply@bench.example>', to: `floor${n}@bench.example`, subject, text, html });
  // As much in the air as the product has.
  let sent = 0;
  const lane = async (until: number) => {
    while (sent < until) await mail((sent += 1));
  };
  await Promise.all(Array.from({ length: 64 }, () => lane(mails / 10)));
  const [from, began, cpu] = [sent, performance.now(), cpuMicros(process.pid)];
  await Promise.all(Array.from({ length: 64 }, () => lane(from + mails)));
  const requests = sent - from;
  const figures = { requests, perSecond: requests / ((performance.now() - began) / 1_000), cpuPerRequest: (cpuMicros(process.pid) - cpu) / requests };
  pool.close();
  return figures;
}

process.on('message', (batch: Batch) => void send(batch).then((figures) => process.send?.(figures)));
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });

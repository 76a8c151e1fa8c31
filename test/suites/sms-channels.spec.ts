import { smsChannel } from '../../src/messaging/channels/sms/providers';
import { ChannelError } from '../../src/messaging/channels/channel';
import { freePort } from '../support/app';
import { HUSH, SMS, SMS_CARDS } from '../support/sms-cards';
import { fieldsOf, SmsGateway, type SmsMood } from '../support/sms-gateways';

/** Milliseconds. */
const SHORT = 250;

/** Holds for every failure: one kind of error, and nothing in it that is not for a log. */
async function failure(sending: Promise<void>): Promise<ChannelError> {
  const error = await sending.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ChannelError);
  const { message, stack, cause } = error as ChannelError;
  expect(HUSH.filter((secret) => `${message} ${stack} ${JSON.stringify(error)}`.includes(secret))).toEqual([]);
  expect(cause).toBeUndefined();
  expect(message.length).toBeLessThan(100);
  return error as ChannelError;
}

describe.each(Object.entries(SMS_CARDS))('SMS by %s', (name, card) => {
  let gateway: SmsGateway;
  beforeAll(async () => {
    gateway = await SmsGateway.of(card);
  });
  afterAll(() => gateway.stop());
  beforeEach(() => {
    gateway.mood = 'accept';
    gateway.calls.length = gateway.accepted.length = 0;
  });
  const send = (sms = SMS, timeout?: number) => smsChannel(card.url(gateway.endpoint), timeout).send(sms);
  const failsWith = (mood: SmsMood, timeout?: number) => {
    gateway.mood = mood;
    return failure(send(SMS, timeout));
  };
  const raw = (change: { method?: string; path?: string; type?: string; headers?: Record<string, string>; fields?: Record<string, unknown> }) => {
    const fields = change.fields ?? card.fields;
    const body = card.type === 'application/json' ? JSON.stringify(fields) : new URLSearchParams(fields as Record<string, string>).toString();
    const headers = { ...card.headers, 'Content-Type': change.type ?? card.type, ...change.headers };
    return fetch(gateway.endpoint + (change.path ?? card.path), { method: change.method ?? 'POST', headers, body });
  };

  it('is what the documentation asks for, the credential decoded', async () => {
    await send();
    expect(gateway.accepted).toHaveLength(1);
    expect(gateway.calls).toHaveLength(1);
    expect(fieldsOf(card, gateway.calls[0].body)).toEqual(card.fields);
  });

  it('meets a gateway that takes nothing else', async () => {
    await raw({});
    expect(gateway.accepted).toHaveLength(1);
    const [, ...rest] = Object.entries(card.fields);
    await raw({ method: 'PUT' });
    await raw({ path: `${card.path}/more` });
    await raw({ type: 'text/plain' });
    await raw({ fields: { ...card.fields, surplus: '1' } });
    await raw({ fields: Object.fromEntries(rest) });
    await raw({ headers: Object.fromEntries(Object.keys(card.headers).map((header) => [header, 'wrong'])), fields: { ...card.fields, ...Object.fromEntries((card.credential ?? []).map((field) => [field, 'wrong'])) } });
    expect([gateway.calls.length, gateway.accepted.length]).toEqual([7, 1]);
  });

  it('with a wrong credential waits for the operator', async () => {
    const wrong = card.url(gateway.endpoint).replace(encodeURIComponent('s3cret:/+?#%'), 'wrong');
    expect(await failure(smsChannel(wrong).send(SMS))).toMatchObject({ permanent: false });
    expect([gateway.calls.length, gateway.accepted.length]).toEqual([1, 0]);
  });

  it.each(Object.entries(card.permanent))('is given up at %s', async (_, reply) => {
    expect(await failsWith(reply)).toMatchObject({ permanent: true });
  });

  it.each(Object.entries(card.temporary))('is tried again after %s', async (_, reply) => {
    expect(await failsWith(reply)).toMatchObject({ permanent: false });
  });

  it.each([302, 401, 403, 404, 408, 429, 500, 502, 503])('is tried again after a %d, whatever stands in it', async (status) => {
    for (const body of ['', '<html>', card.accepted.body]) {
      const error = await failsWith({ status, body });
      expect(error).toMatchObject({ permanent: false });
      expect(error.message).toContain(String(status));
    }
  });

  it('is not sent while the answer is garbage', async () => {
    if (name === 'a plain gateway') return;
    for (const body of ['', 'OK', '<html>Welcome to the hotel</html>', 'null', '[]', '"success"', '{}', '{"messages":null,"status":null,"errors":null}', '{"messages":[null],"status":"290","sid":1,"id":null}']) {
      expect(await failsWith({ status: card.accepted.status, body })).toMatchObject({ permanent: false });
      expect(await failsWith({ status: 400, body })).toMatchObject({ permanent: false });
    }
    expect(await failsWith({ status: 409, body: card.accepted.body })).toMatchObject({ permanent: false });
  });

  it('waits no longer than it may', async () => {
    const began = performance.now();
    expect(await failsWith('hang', SHORT)).toMatchObject({ permanent: false, message: expect.stringMatching(/cannot be reached: no answer within \d+ ms$/) });
    expect(performance.now() - began).toBeLessThan(SHORT * 8);
  });

  it('reads no more than it may', async () => {
    expect(await failsWith('flood')).toMatchObject({ permanent: false });
  });

  it('is tried again when the connection breaks, or there is none', async () => {
    expect(await failsWith('drop')).toMatchObject({ permanent: false });
    const nobody = smsChannel(card.url(`http://127.0.0.1:${await freePort()}`));
    expect(await failure(nobody.send(SMS))).toMatchObject({ permanent: false, message: expect.stringContaining('cannot be reached: ECONNREFUSED') });
  });
});

describe('what providers have of their own', () => {
  const through = async (card: string, url: (endpoint: string) => string, sms = SMS) => {
    const gateway = await SmsGateway.of(SMS_CARDS[card]);
    try {
      const outcome = await smsChannel(url(gateway.endpoint)).send(sms).then(() => 'sent', (error: Error) => error.message);
      return { outcome, fields: gateway.calls.map(({ body }) => fieldsOf(SMS_CARDS[card], body)) };
    } finally {
      await gateway.stop();
    }
  };
  const unicode = { ...SMS, text: '246813 is your code for Łódź.' };

  it('Twilio takes a messaging service for a sender', async () => {
    const service = `MG${'0123456789abcdef'.repeat(2)}`;
    const { fields } = await through('twilio', (endpoint) => SMS_CARDS.twilio.url(endpoint).replace('+15550100', service));
    expect(fields).toEqual([{ To: SMS.to, MessagingServiceSid: service, Body: SMS.text }]);
  });

  it('Vonage and Fast2SMS have to be told of letters that are not GSM’s', async () => {
    expect((await through('vonage', SMS_CARDS.vonage.url, unicode)).fields).toEqual([{ ...SMS_CARDS.vonage.fields, text: unicode.text, type: 'unicode' }]);
    const quick = SMS_CARDS['fast2sms without DLT'];
    expect((await through('fast2sms without DLT', quick.url, unicode)).fields).toEqual([{ ...quick.fields, message: unicode.text, language: 'unicode' }]);
  });

  it('Telesign and TextMagic choose a sender themselves when none is named', async () => {
    const without = (url: string) => url.replace(/from=[^&]*&/, '');
    const { sender_id: _, ...telesign } = SMS_CARDS.telesign.fields;
    expect((await through('telesign', (endpoint) => without(SMS_CARDS.telesign.url(endpoint)))).fields).toEqual([telesign]);
    const { from: __, ...textmagic } = SMS_CARDS.textmagic.fields;
    expect((await through('textmagic', (endpoint) => without(SMS_CARDS.textmagic.url(endpoint)))).fields).toEqual([textmagic]);
  });

  it('Fast2SMS is not asked to reach another country', async () => {
    const { outcome, fields } = await through('fast2sms', SMS_CARDS.fast2sms.url, { ...SMS, to: '+16175550100' });
    expect([outcome, fields]).toEqual([expect.stringContaining('Indian numbers only'), []]);
  });

  it('a plain gateway is told which message it has had already', async () => {
    const gateway = await SmsGateway.of(SMS_CARDS['a plain gateway']);
    await smsChannel(SMS_CARDS['a plain gateway'].url(gateway.endpoint)).send(SMS);
    expect(gateway.accepted[0].headers['idempotency-key']).toBe(SMS.messageId);
    await gateway.stop();
  });
});

import fc from 'fast-check';
import { decodeCarrier, encodeCarrier } from './carrier';

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/);
const secret = fc.stringMatching(/^[0-9a-f]{64}$/);

describe('a session’s carrier', () => {
  it('gives back what was put in', () => {
    fc.assert(fc.property(id, secret, (userId, value) => {
      expect(decodeCarrier(encodeCarrier({ userId, secret: value }))).toEqual({ userId, secret: value });
    }));
  });

  it('is what SDK apps look into: base64 of id and secret', () => {
    expect(JSON.parse(Buffer.from(encodeCarrier({ userId: 'ada', secret: 'x' }), 'base64').toString())).toEqual({ id: 'ada', secret: 'x' });
  });

  it('is nothing, and no error, for any other text', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), (text) => {
      expect(decodeCarrier(text)).toBeNull();
    }));
  });

  it('is nothing unless id and secret are both text, and not empty', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.jsonValue(), (first, second) => {
      const text = (value: unknown) => typeof value === 'string' && value !== '';
      const carried = decodeCarrier(Buffer.from(JSON.stringify({ id: first, secret: second })).toString('base64'));
      const fits = text(first) && text(second) && JSON.stringify({ id: first, secret: second }).length < 700;
      if (fits) expect(carried).toEqual({ userId: first, secret: second });
      else if (!text(first) || !text(second)) expect(carried).toBeNull();
    }));
  });

  it('is nothing when it is too long to be ours', () => {
    expect(decodeCarrier(encodeCarrier({ userId: 'ada', secret: 'a'.repeat(1_000) }))).toBeNull();
    expect(decodeCarrier('A'.repeat(10_000_000))).toBeNull();
  });
});

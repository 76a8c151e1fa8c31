import fc from 'fast-check';
import { parseExactJson } from './exact-json';

/**
 * The integer that a double is written as. Not `BigInt(double)`: 2384185791015625000 is no double, yet the nearest one is
 * written with these very digits, so it comes back as it was sent.
 */
function written(number: number): bigint {
  const [mantissa, exponent = '0'] = String(number).split('e+');
  const [integer, fraction = ''] = mantissa.split('.');
  return BigInt(`${integer}${fraction.padEnd(Number(exponent), '0')}`);
}

describe('JSON that is kept as it came', () => {
  it.each(['{"a":12345678901234567890}', '{"a":1e400}', '[-1e400]', '{"a":0.12345678901234567890123}', '{"a":9007199254740993}', '{"a":1e-400}'])('refuses %s', (text) => {
    expect(() => parseExactJson(text)).toThrow(RangeError);
  });

  it.each(['{"a":"12345678901234567890"}', '{"12345678901234567890":1}', '{"a":1e308}', '{"a":9007199254740991}', '{"a":1234567890123456}', '{"a":0e5}', '{"a":"\\"1e400"}', '{"a":0.1}'])('takes %s', (text) => {
    expect(parseExactJson(text)).toEqual(JSON.parse(text));
  });

  it('gives every JSON of doubles back', () => {
    fc.assert(fc.property(fc.json(), (text) => expect(JSON.stringify(parseExactJson(text))).toBe(JSON.stringify(JSON.parse(text)))));
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => expect(parseExactJson(JSON.stringify([number]))).toEqual([Object.is(number, -0) ? 0 : number])));
  });

  it('refuses integers that change', () => {
    expect(parseExactJson('[2384185791015625000]')).toEqual([2384185791015625000]);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), (number) => {
        const parse = () => parseExactJson(`[${number}]`);
        if (written(Number(number)) !== number) expect(parse).toThrow(RangeError);
        if (number <= BigInt(Number.MAX_SAFE_INTEGER)) expect(parse()).toEqual([Number(number)]);
      }),
    );
  });
});

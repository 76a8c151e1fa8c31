import fc from 'fast-check';
import { ChannelError } from '../../src/messaging/channels/channel';
import { RoutedSms, waysTo } from '../../src/messaging/channels/sms/routed';
import { SMS } from '../support/sms-cards';

const way = (name: string, callingCodes: string[], isDefault = false) => ({ name, callingCodes, default: isDefault });
const names = (ways: { name: string }[]) => ways.map(({ name }) => name);

describe('the way of a number', () => {
  const digits = (minLength: number, maxLength: number) => fc.string({ unit: fc.constantFrom('1', '2', '3', '4'), minLength, maxLength });

  it('is the longest calling code that fits, then the shorter ones, then the default', () => {
    const codes = fc.array(digits(1, 4), { maxLength: 4 });
    const ways = fc.array(codes, { minLength: 1, maxLength: 6 }).chain((all) => fc.record({ all: fc.constant(all), chosen: fc.integer({ min: -1, max: all.length - 1 }) }));
    fc.assert(
      fc.property(ways, digits(7, 10), ({ all, chosen }, number) => {
        const given = all.map((callingCodes, index) => way(String(index), callingCodes, index === chosen));
        // Cut digit by digit off the number: who is named by what is left comes next.
        const expected: string[] = [];
        for (let length = number.length; length > 0; length -= 1) {
          for (const each of given) if (each.callingCodes.includes(number.slice(0, length)) && !expected.includes(each.name)) expected.push(each.name);
        }
        if (chosen >= 0 && !expected.includes(String(chosen))) expected.push(String(chosen));
        expect(names(waysTo(given, `+${number}`))).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('is the order of the file among equals', () => {
    expect(names(waysTo([way('a', ['44']), way('b', ['44', '1']), way('c', ['4'], true)], '+447700900000'))).toEqual(['a', 'b', 'c']);
  });
});

describe('several providers', () => {
  const answers = (...outcomes: ('sent' | 'for now' | 'for good' | 'a bug')[]) => {
    const asked: number[] = [];
    const routed = new RoutedSms(
      outcomes.map((outcome, index) => ({
        callingCodes: index < outcomes.length - 1 ? ['9'.repeat(1), '91'] : [],
        default: index === outcomes.length - 1,
        channel: {
          send: async () => {
            asked.push(index);
            if (outcome === 'a bug') throw new TypeError('no function');
            if (outcome !== 'sent') throw new ChannelError(`provider ${index} answered 503`, outcome === 'for good');
          },
        },
      })),
    );
    return { asked, outcome: routed.send(SMS).then(() => 'sent', (error: Error) => error) };
  };

  it.each([
    [['sent', 'sent', 'sent'], [0], 'sent'],
    [['for now', 'sent', 'sent'], [0, 1], 'sent'],
    [['for now', 'for now', 'sent'], [0, 1, 2], 'sent'],
    [['for good', 'sent', 'sent'], [0], { permanent: true, message: 'provider 0 answered 503' }],
    [['for now', 'for good', 'sent'], [0, 1], { permanent: true, message: 'provider 1 answered 503' }],
    [['for now', 'for now', 'for now'], [0, 1, 2], { permanent: false, message: 'provider 0 answered 503; provider 1 answered 503; provider 2 answered 503' }],
    [['a bug', 'sent'], [0], { message: 'no function' }],
  ] as const)('that answer %j are asked in the order %j', async (outcomes, expected, end) => {
    const { asked, outcome } = answers(...outcomes);
    const ended = await outcome;
    if (end === 'sent') expect(ended).toBe('sent');
    else expect(ended).toMatchObject(end);
    expect(asked).toEqual(expected);
  });

  it('of whom none takes the number say so, and leave it to the operator', async () => {
    const routed = new RoutedSms([{ callingCodes: ['1'], default: false, channel: { send: async () => {} } }]);
    await expect(routed.send(SMS)).rejects.toMatchObject({ permanent: false, message: expect.stringContaining('make one the default') });
  });
});

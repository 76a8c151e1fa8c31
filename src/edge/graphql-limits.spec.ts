import fc from 'fast-check';
import { Kind, parse } from 'graphql';
import { sizeOf } from './graphql-limits';

function size(text: string, variables = {}) {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation.kind !== Kind.OPERATION_DEFINITION) throw new Error('the operation comes first');
  return sizeOf(document, operation, variables);
}

describe('the size of a document', () => {
  it('counts fields and levels', () => {
    expect(size('{ accountGet { _id prefs { data } } }')).toEqual({ depth: 3, fields: 4 });
  });

  it('counts what a list holds once a row', () => {
    expect(size('{ accountListLogs { logs { event } } }').fields).toBe(1 + 2 * 25);
    expect(size('{ accountListLogs(queries: ["{\\"method\\":\\"limit\\",\\"values\\":[100]}"]) { logs { event } } }').fields).toBe(1 + 2 * 100);
    expect(size('query ($q: [String!]) { accountListLogs(queries: $q) { total } }', { q: ['limit(3)'] }).fields).toBe(1 + 3);
  });

  it('sees through fragments, named and inline', () => {
    expect(size('{ accountGet { ...a ... on User { name } } } fragment a on User { prefs { data } }')).toEqual({ depth: 3, fields: 4 });
  });

  it('measures fragments of fragments without doing their work', () => {
    const levels = 40;
    const fragments = Array.from({ length: levels }, (_, level) => `fragment f${level} on User { ...f${level + 1} ...f${level + 1} }`).join(' ');
    expect(size(`{ accountGet { ...f0 } } ${fragments} fragment f${levels} on User { _id }`).fields).toBe(1 + 2 ** levels);
  });

  it('grows by one for each alias', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (count) => {
        const aliases = Array.from({ length: count }, (_, index) => `a${index}: accountGet { _id }`).join(' ');
        expect(size(`{ ${aliases} }`).fields).toBe(count * 2);
      }),
      { numRuns: 20 },
    );
  });
});

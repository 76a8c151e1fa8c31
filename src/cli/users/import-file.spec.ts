import fc from 'fast-check';
import { elements } from './import-file';

describe('the elements of an array', () => {
  it('are what JSON.parse finds, each at the line where it begins', () => {
    const marked = fc.array(fc.record({ value: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) }));
    fc.assert(
      fc.property(marked, fc.constantFrom(0, 2), fc.constantFrom('', '\n', ' \r\n\n'), (rows, indent, end) => {
        const text = JSON.stringify(rows, null, indent) + end;
        const found = [...elements(text)];
        expect(found.map((row) => JSON.parse(row.text) as unknown)).toEqual(JSON.parse(JSON.stringify(rows)));
        const lines = text.split('\n');
        for (const { line, text: row } of found) expect(lines[line - 1]).toContain(row.split('\n')[0]);
      }),
    );
  });

  it('are faulty alone', () => {
    const text = '[\n{"a": 1},\n{"a" 2},\n\n  {"b": "}]"}, ]';
    expect([...elements(text)]).toEqual([
      { line: 2, text: '{"a": 1}' },
      { line: 3, text: '{"a" 2}' },
      { line: 5, text: '{"b": "}]"}' },
      { line: 5, text: '' },
    ]);
  });

  it('are none in an empty array', () => {
    expect([...elements(' [ \n ] ')]).toEqual([]);
  });

  it('end with the array, and the array with the text', () => {
    expect(() => [...elements('[{}')]).toThrow('line 1: the array does not end');
    expect(() => [...elements('[{}\n] 1')]).toThrow('line 2: something follows');
  });

  it('are found in a large text at once', () => {
    const row = JSON.stringify({ text: 'x"\\'.repeat(200_000) });
    expect([...elements(`[${Array(5).fill(row).join(',')}]`)]).toHaveLength(5);
  });
});

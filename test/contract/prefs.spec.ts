import { accountOperations as op } from '../../src/modules/account';
import type { Person } from '../support/person';
import { ask, send } from '../support/raw';
import { USER } from '../support/shapes';
import { everyWay } from '../support/ways';

const LIMIT = 65_536;

/** An object whose compact JSON has exactly so many bytes. */
function ofBytes(bytes: number, character = 'a'): object {
  const room = bytes - '{"a":""}'.length;
  const width = Buffer.byteLength(character);
  return { a: character.repeat(Math.floor(room / width)) + 'a'.repeat(room % width) };
}

const cookie = (person: Person) => ({ Cookie: [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; ') });

everyWay('preferences', (way) => {
  it('are replaced as a whole and answered with the user', async () => {
    const ada = await way.member();
    expect(await ada.call(op.getPrefs)).toMatchObject({ status: 200, body: {} });
    await ada.call(op.updatePrefs, { prefs: { theme: 'dark', old: true } });
    const { status, body } = await ada.call(op.updatePrefs, { prefs: { theme: 'light', nested: { list: [1, null, 'é'] } } });
    expect(status).toBe(200);
    expect(body).toEqual({ ...USER, $id: ada.userId, name: 'Ada', email: ada.email, emailVerification: false, prefs: { theme: 'light', nested: { list: [1, null, 'é'] } } });
    expect((await ada.call(op.getPrefs)).body).toEqual({ theme: 'light', nested: { list: [1, null, 'é'] } });
    expect((await ada.call(op.get)).body.prefs).toEqual({ theme: 'light', nested: { list: [1, null, 'é'] } });
  });

  it('can be emptied', async () => {
    const ada = await way.member();
    await ada.call(op.updatePrefs, { prefs: { theme: 'dark' } });
    expect((await ada.call(op.updatePrefs, { prefs: {} })).body.prefs).toEqual({});
    expect((await ada.call(op.getPrefs)).body).toEqual({});
  });

  it.each(['a', 'é', '€', '🐎'])('hold 65,536 bytes of compact JSON made of %s and not one more', async (character) => {
    const ada = await way.member();
    const most = ofBytes(LIMIT, character);
    expect(Buffer.byteLength(JSON.stringify(most))).toBe(LIMIT);
    expect(await ada.call(op.updatePrefs, { prefs: ofBytes(LIMIT + 1, character) })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    expect((await ada.call(op.getPrefs)).body).toEqual({});
    expect((await ada.call(op.updatePrefs, { prefs: most })).status).toBe(200);
    expect((await ada.call(op.getPrefs)).body).toEqual(most);
  });

  it('keep the order of their keys', async () => {
    const ada = await way.member();
    const keys = ['zebra', 'apple', 'Mango', 'é', '_', 'banana'];
    await ada.call(op.updatePrefs, { prefs: Object.fromEntries(keys.map((key, index) => [key, index])) });
    expect(Object.keys((await ada.call(op.getPrefs)).body)).toEqual(keys);
    expect(Object.keys((await ada.call(op.get)).body.prefs)).toEqual(keys);
  });

  it('may have keys with a meaning in JavaScript, which then have none', async () => {
    const ada = await way.member();
    const text = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":"x","hasOwnProperty":1}';
    const { status, body } = await ada.call(op.updatePrefs, { prefs: JSON.parse(text) as object });
    expect([status, JSON.stringify(body.prefs)]).toEqual([200, text]);
    expect(JSON.stringify((await ada.call(op.getPrefs)).body)).toBe(text);
    // The app runs in this process, so what it polluted would be polluted here.
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('come back as they went in, whatever their strings and numbers', async () => {
    const ada = await way.member();
    const prefs = { nul: 'a\u0000b', surrogate: '\ud800', emoji: '🐎', slash: '</script>', large: 1e308, small: 5e-324, negative: -0.1, quote: '"\\' };
    await ada.call(op.updatePrefs, { prefs });
    expect((await ada.call(op.getPrefs)).body).toEqual(prefs);
  });

  it.each([1_000, 30_000])('nested %i deep are kept or refused, and break nothing', async (depth) => {
    const ada = await way.member();
    const text = `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const { body } = way.transport === 'rest'
      ? await send(way.app, '/v1/account/prefs', { method: 'PATCH', headers: { ...cookie(ada), 'Content-Type': 'application/json' }, body: `{"prefs":${text}}` })
      : await ask(way.app, 'mutation($prefs: Assoc!) { accountUpdatePrefs(prefs: $prefs) { _id } }', { variables: { prefs: text }, headers: cookie(ada) });
    const code = way.transport === 'rest' ? body.code : body.errors?.[0].extensions.code;
    expect(code ?? 200).toBe(depth === 1_000 ? 200 : 400);
    expect((await ada.call(op.getPrefs)).status).toBe(200);
  });
});

everyWay(
  'preferences as REST takes them',
  (way) => {
    it('are an object, never its text, a list or a scalar', async () => {
      const ada = await way.member();
      await ada.call(op.updatePrefs, { prefs: { kept: true } });
      for (const prefs of ['{}', '{"a":1}', [1], ['a'], [{}], 1, true, 'a']) {
        expect(await ada.call(op.updatePrefs, { prefs })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
      }
      expect((await ada.call(op.getPrefs)).body).toEqual({ kept: true });
    });

    it('count a key that stands twice once', async () => {
      const ada = await way.member();
      const { status, text } = await send(way.app, '/v1/account/prefs', { method: 'PATCH', headers: { ...cookie(ada), 'Content-Type': 'application/json' }, body: '{"prefs":{"a":1,"a":2}}' });
      expect(status).toBe(200);
      expect(text).toContain('"prefs":{"a":2}');
    });
  },
  { transports: ['rest'] },
);

everyWay(
  'preferences as GraphQL takes them',
  (way) => {
    const UPDATE = 'mutation($prefs: Assoc!) { accountUpdatePrefs(prefs: $prefs) { prefs { data } } }';
    const NESTED = '{"b":{"c":[1]},"a":"é"}';

    it.each([
      ['text in a variable', UPDATE, { prefs: NESTED }],
      ['an object in a variable', UPDATE, { prefs: JSON.parse(NESTED) as object }],
      ['text in the document', `mutation { accountUpdatePrefs(prefs: ${JSON.stringify(NESTED)}) { prefs { data } } }`, undefined],
      ['an object in the document', 'mutation { accountUpdatePrefs(prefs: {b: {c: [1]}, a: "é"}) { prefs { data } } }', undefined],
    ])('may be %s', async (_, document, variables) => {
      const ada = await way.member();
      const { body } = await ask(way.app, document, { variables, headers: cookie(ada) });
      expect(body).toEqual({ data: { accountUpdatePrefs: { prefs: { data: NESTED } } } });
    });

    it('are {} when empty', async () => {
      const ada = await way.member();
      const { body } = await ask(way.app, '{ accountGetPrefs { data } accountGet { prefs { data } } }', { headers: cookie(ada) });
      expect(body).toEqual({ data: { accountGetPrefs: { data: '{}' }, accountGet: { prefs: { data: '{}' } } } });
    });

    it.each([['a list', '[1]'], ['a number', '1'], ['no JSON', '{'], ['null', 'null']])('are refused when the text is %s', async (_, prefs) => {
      const ada = await way.member();
      const { status, body } = await ask(way.app, UPDATE, { variables: { prefs }, headers: cookie(ada) });
      expect([status, body.errors[0].extensions.code]).toEqual([200, 400]);
    });
  },
  { transports: ['graphql'] },
);

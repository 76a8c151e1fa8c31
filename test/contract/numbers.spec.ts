import { accountOperations as account } from '../../src/modules/account';
import type { Person } from '../support/person';
import { send } from '../support/raw';
import { everyWay } from '../support/ways';

const KEPT = { before: 1 };

/** Their text would not come back: a double holds another number. */
const UNFIT = ['12345678901234567890', '-12345678901234567890', '9007199254740993', '1e400', '-1e400', '1e-400', '0.12345678901234567890', '123456789.123456789123'];
/** Their text comes back, or another that says the same. */
const FIT = ['0', '-0', '9007199254740991', '-9007199254740991', '1e308', '5e-324', '0.1', '123456789012345', '1.0', '100', '1E2', '0.000', '123456789.1234567'];

everyWay('numbers', (way) => {
  const cookie = (person: Person) => ({ Cookie: [...person.cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'Content-Type': 'application/json' });
  const UPDATE = 'mutation($prefs: Assoc!) { accountUpdatePrefs(prefs: $prefs) { prefs { data } } }';
  const patch = (person: Person, body: string) => send(way.app, '/v1/account/prefs', { method: 'PATCH', headers: cookie(person), body });
  const post = (person: Person, body: string) => send(way.app, '/v1/graphql', { headers: cookie(person), body });
  const inDocument = (literal: string) => JSON.stringify({ query: `mutation { accountUpdatePrefs(prefs: ${literal}) { prefs { data } } }` });

  /** Every form in which preferences with one number in them may come. */
  const forms: [string, (person: Person, number: string) => ReturnType<typeof send>][] =
    way.transport === 'rest'
      ? [
          ['a value', (person, number) => patch(person, `{"prefs":{"a":${number}}}`)],
          ['deep inside', (person, number) => patch(person, `{"prefs":{"a":[{"b":[1,${number}]}]}}`)],
        ]
      : [
          ['a value in a variable', (person, number) => post(person, `{"query":${JSON.stringify(UPDATE)},"variables":{"prefs":{"a":${number}}}}`)],
          ['text in a variable', (person, number) => post(person, JSON.stringify({ query: UPDATE, variables: { prefs: `{"a":${number}}` } }))],
          ['text in the document', (person, number) => post(person, inDocument(JSON.stringify(`{"a":${number}}`)))],
          ['a value in the document', (person, number) => post(person, inDocument(`{a: ${number}}`))],
          ['deep inside the document', (person, number) => post(person, inDocument(`{a: [{b: [1, ${number}]}]}`))],
          ['what SDKs put under query', (person, number) => send(way.app, '/v1/graphql', { headers: { ...cookie(person), 'X-SDK-GraphQL': 'true' }, body: `{"query":{"query":${JSON.stringify(UPDATE)},"variables":{"prefs":{"a":${number}}}}}` })],
          ['a variable’s default', (person, number) => post(person, JSON.stringify({ query: `mutation($prefs: Assoc! = {a: ${number}}) { accountUpdatePrefs(prefs: $prefs) { prefs { data } } }` }))],
        ];

  describe.each(forms)('as %s', (_, change) => {
    it('are refused when they would come back as others, and nothing changed', async () => {
      const ada = await way.member();
      await ada.must(account.updatePrefs, { prefs: KEPT });
      for (const number of UNFIT) {
        const { status, body } = await change(ada, number);
        const code = body.errors?.[0].extensions.code ?? status;
        expect([number, code]).toEqual([number, 400]);
        expect((await ada.must(account.getPrefs)).body).toEqual(KEPT);
      }
    });

    it('come back as they are when they can', async () => {
      const ada = await way.member();
      for (const number of FIT) {
        const { status, body } = await change(ada, number);
        expect([number, status, body.errors]).toEqual([number, 200, undefined]);
        const { a } = (await ada.must(account.getPrefs)).body;
        expect([number, Array.isArray(a) ? a[0].b[1] : a]).toEqual([number, JSON.parse(JSON.stringify(Number(number)))]);
      }
    });
  });

  if (way.transport === 'rest') {
    it('are refused by type and by name, wherever they stand', async () => {
      const ada = await way.member();
      expect(await patch(ada, '{"prefs":{"a":12345678901234567890}}')).toMatchObject({ status: 400, type: 'general_argument_invalid', body: { message: expect.stringContaining('12345678901234567890') } });
      expect(await patch(ada, '{"prefs":{},"unknown":1e400}')).toMatchObject({ status: 400, type: 'general_argument_invalid' });
    });

    it('within text are text', async () => {
      const ada = await way.member();
      const prefs = { id: '12345678901234567890', '1e400': 'x', quote: '\\" 12345678901234567890 \\' };
      expect((await ada.must(account.updatePrefs, { prefs })).body.prefs).toEqual(prefs);
    });
  }
});

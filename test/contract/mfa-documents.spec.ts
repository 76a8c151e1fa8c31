import type { Person } from '../support/person';
import { ask, send, toNextWindow } from '../support/raw';
import { answer, asked, LOCKED, secure, wrongCode } from '../support/second-factors';
import { everyWay } from '../support/ways';

const OPEN = 'factors: accountListMFAFactors { totp }';
const CLOSED = 'me: accountGet { _id }';

everyWay(
  'documents of several fields',
  (way) => {
    type Said = { data?: Record<string, any> | null; errors?: { path: string[]; extensions: { type: string } }[] };
    const headersOf = ({ headers, cookies }: Person) => ({ ...headers, Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') });
    const refusals = ({ errors = [] }: Said) => Object.fromEntries(errors.map(({ path, extensions }) => [path[0], extensions.type]));
    const types = ({ errors = [] }: Said) => errors.map(({ extensions }) => extensions.type);
    const gated = async () => {
      const owner = await way.member();
      const app = await secure(owner);
      return { owner, app, device: await owner.elsewhere().signIn() };
    };

    it('meet the gate field by field: what is open opens nothing beside it', async () => {
      const { device } = await gated();
      const headers = headersOf(device);
      const documents = [`{ ${OPEN} ${CLOSED} }`, `{ ${CLOSED} ${OPEN} }`, `{ ...Two } fragment Two on Query { ${OPEN} ... on Query { ${CLOSED} } }`];
      for (const query of documents) {
        const { body } = await ask(way.app, query, { headers });
        expect([body.data, refusals(body as Said)]).toEqual([{ factors: { totp: true }, me: null }, { me: 'user_more_factors_required' }]);
      }
      const { body } = await send(way.app, '/v1/graphql', { headers, body: documents.map((query) => ({ query })) });
      expect((body as Said[]).map(({ data }) => data)).toEqual(documents.map(() => ({ factors: { totp: true }, me: null })));
    });

    it('that ask for a challenge change nothing else', async () => {
      const { device, owner } = await gated();
      const { body } = await ask(way.app, 'mutation { asked: accountCreateMFAChallenge(factor: "totp") { _id } named: accountUpdateName(name: "Eve") { name } gone: accountDeleteSessions { status } }', { headers: headersOf(device) });
      expect(body.data).toEqual({ asked: { _id: expect.any(String) as unknown }, named: null, gone: null });
      expect(refusals(body as Said)).toEqual({ named: 'user_more_factors_required', gone: 'user_more_factors_required' });
      expect((await ask(way.app, '{ accountGet { name } }', { headers: headersOf(owner) })).body.data).toEqual({ accountGet: { name: 'Ada' } });
    });

    it.each([
      { kind: 'one document', run: (headers: Record<string, string>, fields: string[]) => ask(way.app, `mutation { ${fields.join(' ')} }`, { headers }).then(({ body }) => [body as Said]) },
      { kind: 'a batch', run: (headers: Record<string, string>, fields: string[]) => send(way.app, '/v1/graphql', { headers, body: fields.map((field) => ({ query: `mutation { ${field} }` })) }).then(({ body }) => body as Said[]) },
    ])('of $kind try five codes and no more', async ({ run }) => {
      toNextWindow(way.app);
      const { device, app } = await gated();
      const [first, second] = [await asked(device, 'totp'), await asked(await device.elsewhere().signIn(), 'totp')];
      expect(first).not.toBe(second);
      const guess = (nth: number) => `a${nth}: accountUpdateMFAChallenge(challengeId: "${first}", otp: "${nth < 9 ? wrongCode(app.code(), nth) : app.code(1)}") { _id }`;
      const said = await run(headersOf(device), Array.from({ length: 10 }, (_, nth) => guess(nth)));
      expect(said.flatMap(types).sort()).toEqual([...Array<string>(5).fill('general_rate_limit_exceeded'), ...Array<string>(5).fill('user_invalid_token')]);
      expect(await answer(device, await asked(device, 'totp'), app.next())).toMatchObject(LOCKED);
      way.app.clock.turn(60);
      expect((await answer(device, await asked(device, 'totp'), app.next())).status).toBe(200);
    });
  },
  { transports: ['graphql'] },
);

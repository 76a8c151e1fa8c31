import { getNamedType, type GraphQLField, isListType, isNonNullType } from 'graphql';
import { OPERATIONS } from '../../src/app.module';
import { API_PREFIX, type Operation, restRoute } from '../../src/contract/operation';
import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as mfa } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as verification } from '../../src/modules/verification';
import { API_KEY, DEFAULT_PROJECTS, PROJECT } from '../support/app';
import type { AuthenticatorApp } from '../support/authenticator';
import type { Answer, Input, Person } from '../support/person';
import { addPhone, answer, asked, GATED, INVALID, secure, tries } from '../support/second-factors';
import { field } from '../support/transport-graphql';
import { request } from '../support/transport-rest';
import { everyWay } from '../support/ways';

// All fields of 25 rows are more than a document may ask for unless the project says so.
const projects = [PROJECT, 'other'].map((id) => ({ ...DEFAULT_PROJECTS.projects[0], id, graphql: { maxComplexity: 1_000_000 } }));

/** Forms in which a request that is not even well put may come: the gate is there first. */
const BODIES: Input[] = [{}, { userId: 42, email: [], password: null, otp: {}, mfa: 'yes' }, { userId: 'unique()', email: 'ada@example.com', password: 'a good password', secret: 'x', factor: 'totp', type: 'totp' }];
const EXEMPT = ['createMFAChallenge', 'deleteSession', 'listMFAFactors', 'updateMFAChallenge'];

interface Entered {
  owner: Person;
  app: AuthenticatorApp;
  /** One factor shown, or none. */
  gated: Person;
}

interface WayIn {
  way: string;
  enter(): Promise<Entered>;
}

/** The headers with which a person's browser, or his server, comes. */
const headersOf = ({ headers, cookies }: Person) => ({ ...headers, ...(cookies.size && { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }) });

/** Over GraphQL, values of the right types: others would be refused by the schema before there is any caller. */
function argumentsOf(definition: GraphQLField<unknown, unknown>): Input {
  const values: Record<string, unknown> = { Boolean: true, Int: 1, Float: 1, Assoc: {} };
  return Object.fromEntries(
    definition.args.map(({ name, type }) => {
      const value = values[getNamedType(type).name] ?? 'not what it should be';
      return [name, isListType(isNonNullType(type) ? type.ofType : type) ? [value] : value];
    }),
  );
}

everyWay(
  'the gate',
  (way) => {
    const owner = async () => {
      const person = await way.member();
      return { owner: person, app: await secure(person) };
    };
    /** Somebody with MFA on, and what another device of his got by this. */
    const by = (enter: (device: Person, owner: Person) => Promise<unknown>) => async () => {
      const secured = await owner();
      const gated = secured.owner.elsewhere();
      await enter(gated, secured.owner);
      return { ...secured, gated };
    };
    const mailed = (person: Person, operation: Operation) => person.must(operation, { userId: 'unique()', email: person.email });
    const code = ({ email, app: { inbox } }: Person) => inbox.code(email);
    const link = async ({ email, app: { inbox } }: Person, count = 1) => (await inbox.link(email, count)).secret;

    // A new way in is one more entry here: OAuth2 has its own, the token flow and the redirect with a cookie, once it is built.
    const WAYS_IN: WayIn[] = [
      { way: 'a password', enter: by((device) => device.signIn()) },
      { way: 'a password after a recovery', enter: by(async (device, { userId }) => {
        await device.must(verification.createRecovery, { email: device.email, url: 'http://localhost/' });
        await device.must(verification.updateRecovery, { userId, secret: await link(device), password: 'another password' });
        await Object.assign(device, { password: 'another password' }).signIn();
      }) },
      { way: 'a magic link', enter: by(async (device, { userId }) => {
        await mailed(device, token.createMagicURLToken);
        await device.must(session.updateMagicURLSession, { userId, secret: await link(device) });
      }) },
      { way: 'a code by e-mail', enter: by(async (device, { userId }) => {
        await mailed(device, token.createEmailToken);
        await device.must(session.createSession, { userId, secret: await code(device) });
      }) },
      { way: 'a code by SMS', enter: by(async (device, person) => {
        await addPhone(person);
        await device.must(token.createPhoneToken, { userId: 'unique()', phone: person.phone });
        await device.must(session.updatePhoneSession, { userId: person.userId, secret: await way.app.inbox.code(person.phone) });
      }) },
      { way: 'a magic link by the route of tokens', enter: by(async (device, { userId }) => {
        await mailed(device, token.createMagicURLToken);
        await device.must(session.createSession, { userId, secret: await link(device) });
      }) },
      { way: 'a code by e-mail by the route of phones', enter: by(async (device, { userId }) => {
        await mailed(device, token.createEmailToken);
        await device.must(session.updatePhoneSession, { userId, secret: await code(device) });
      }) },
      { way: 'a session that a server asked for', enter: by(async (device) => {
        const { body } = await way.stranger({ 'X-Appwrite-Key': API_KEY }).must(session.createEmailPasswordSession, { email: device.email, password: device.password });
        device.headers['X-Appwrite-Session'] = body.secret as string;
      }) },
      {
        way: 'a session from before MFA was switched on elsewhere',
        enter: async () => {
          const gated = await way.member();
          const person = await gated.elsewhere().signIn();
          return { owner: person, gated, app: await secure(person) };
        },
      },
      {
        way: 'a session of nobody in particular, who became somebody and switched MFA on elsewhere',
        enter: async () => {
          const gated = way.stranger();
          const { body } = await gated.must(session.createAnonymousSession);
          await gated.must(account.updateEmail, { email: gated.email, password: gated.password });
          const person = await Object.assign(gated.elsewhere(), { userId: body.userId as string }).signIn();
          return { owner: person, gated, app: await secure(person) };
        },
      },
    ];

    /** Every operation by every name it has at this interface. */
    const names = () =>
      way.transport === 'rest'
        ? OPERATIONS.flatMap((row) => [restRoute(row).path, ...(row.aliases ?? [])].map((path) => ({ row, name: path })))
        : OPERATIONS.filter(({ graphql }) => graphql).flatMap((row) => [row.graphql!.split(' ')[1], ...(row.graphqlAliases ?? [])].map((name) => ({ row, name })));
    const fields = (kind: 'query' | 'mutation') => (kind === 'query' ? way.app.schema.getQueryType() : way.app.schema.getMutationType())!.getFields();

    const knock = (person: Person, { row, name }: { row: Operation; name: string }, input: Input): Promise<Answer> => {
      const headers = headersOf(person);
      if (way.transport === 'rest') return request(`${way.app.url}${API_PREFIX}${name.replace(/\{\w+\}/g, 'nothing')}`, restRoute(row).method, input, headers);
      const kind = row.graphql!.split(' ')[0] as 'query' | 'mutation';
      return field(person, kind, name, row, argumentsOf(fields(kind)[name]), headers);
    };

    /** Every row but the exempt ones, and what it answers. */
    const walk = async (person: Person, allowed: (row: Operation) => object = () => GATED) => {
      let seen = 0;
      for (const each of names().filter(({ row }) => !row.mfaExempt)) {
        for (const input of way.transport === 'rest' ? BODIES : [{}]) {
          const { status, type } = await knock(person, each, input);
          expect({ name: each.name, input, status, type }).toEqual({ name: each.name, input, ...allowed(each.row) });
          seen += 1;
        }
      }
      return seen;
    };
    /** Names of rows that are not exempt: the walk left none out. */
    const guarded = () => names().filter(({ row }) => !EXEMPT.includes(row.name)).length * (way.transport === 'rest' ? BODIES.length : 1);

    it('leaves open four operations, and no field that is no operation', () => {
      expect(OPERATIONS.filter(({ mfaExempt }) => mfaExempt).map(({ name }) => name).sort()).toEqual(EXEMPT);
      const known = OPERATIONS.flatMap(({ graphql, graphqlAliases }) => (graphql ? [graphql.split(' ')[1], ...(graphqlAliases ?? [])] : []));
      expect([...Object.keys(fields('query')), ...Object.keys(fields('mutation'))].sort()).toEqual(known.sort());
      expect(guarded()).toBeGreaterThan(40);
    });

    describe.each(WAYS_IN)('after $way', ({ enter }) => {
      it('is closed on every row, open on what opens it, and opened by the second factor', async () => {
        const { owner: person, app, gated } = await enter();
        expect(await walk(gated)).toBe(guarded());

        expect((await gated.must(mfa.listMFAFactors)).body.totp).toBe(true);
        expect(await gated.call(mfa.updateMFAChallenge, { challengeId: 'nothing', otp: '123456' })).toMatchObject(INVALID);
        const { status, body } = await answer(gated, await asked(gated, 'totp'), app.next());
        expect([status, body.userId]).toEqual([200, person.userId]);
        expect((await gated.must(account.get)).body.$id).toBe(person.userId);
        await gated.must(session.deleteSession, { sessionId: 'current' });
      });
    });

    it('is closed to a JWT from before MFA was switched on, and opens with its session', async () => {
      const early = await way.member();
      const { jwt } = (await early.must(account.createJWT)).body;
      const person = await early.elsewhere().signIn();
      const app = await secure(person);
      const server = way.stranger({ 'X-Appwrite-JWT': jwt as string });
      // Operations on the session itself do not know a JWT at all.
      expect(await walk(server, ({ access }) => (access === 'session' ? { status: 404, type: 'user_session_not_found' } : GATED))).toBe(guarded());
      expect((await server.must(mfa.listMFAFactors)).body.totp).toBe(true);
      expect(await early.call(account.get)).toMatchObject(GATED);
      // Its challenge is the session's, who alone may answer.
      const challengeId = await asked(server, 'totp');
      expect((await answer(early, challengeId, app.next())).status).toBe(200);
      expect((await server.must(account.get)).body.$id).toBe(person.userId);
    });

    it('stays closed on a wrong code, and on HEAD', async () => {
      const { gated, app } = await WAYS_IN[0].enter();
      expect(await tries(gated, 'totp', app.code(5))).toMatchObject(INVALID);
      expect(await gated.call(account.get)).toMatchObject(GATED);
      for (const { path, method } of OPERATIONS.filter(({ mfaExempt }) => !mfaExempt).map(restRoute)) {
        if (method !== 'GET') continue;
        const { status } = await fetch(`${way.app.url}${API_PREFIX}${path.replace(/\{\w+\}/g, 'nothing')}`, { method: 'HEAD', headers: headersOf(gated) });
        expect([path, status]).toEqual([path, 401]);
      }
    });

    it('asks nobody whose project is another, and nobody with one factor and no other to show', async () => {
      const { gated } = await WAYS_IN[0].enter();
      // The cookie of one project is nothing to another: a guest, not a gate.
      expect(await gated.call(account.get, {}, { 'X-Appwrite-Project': 'other' })).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
      const bob = await way.member();
      await bob.must(mfa.updateMFA, { mfa: true });
      expect((await (await bob.elsewhere().signIn()).call(account.get)).status).toBe(200);
    });
  },
  { projects: { projects }, env: { RATE_LIMITS: 'off' } },
);

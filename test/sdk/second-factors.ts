import type { TestApp } from '../support/app';
import { AuthenticatorApp } from '../support/authenticator';
import type { Client, Program, Refusal } from './sdks';

/** Somebody signed in by an SDK, with an account made for the step. */
export interface Ground {
  readonly app: TestApp;
  readonly program: Program;
  readonly client: Client;
  readonly userId: string;
  readonly email: string;
  readonly phone: string;
  readonly password: string;
  /** Signs in anew, elsewhere. */
  signIn(): Promise<Client>;
  refused(call: Promise<unknown>): Promise<Refusal>;
}

const NONE = { totp: false, phone: false, email: false, recoveryCode: false };
const GATED = { code: 401, type: 'user_more_factors_required' };

/** The steps of second factors. @param mfa how the SDK spells its methods: `Mfa`, or since v17 also `MFA` */
export function secondFactorSteps(mfa: string, ground: Ground): void {
  const call = (client: Client, method: string, parameters = {}) => ground.program.account(client, method, parameters);

  /** Asks for a factor and answers. */
  async function answer(client: Client, factor: string, otp: () => string | Promise<string>) {
    const challenge = await call(client, `create${mfa}Challenge`, { factor });
    expect(challenge).toMatchObject({ $id: expect.stringMatching(/./), userId: ground.userId, expire: expect.stringMatching(/\+00:00$/) });
    return call(client, `update${mfa}Challenge`, { challengeId: challenge.$id, otp: await otp() });
  }

  /** Signs in, stands at the gate, and passes by the factor, the only one there is. */
  async function passes(factor: 'totp' | 'email' | 'phone', otp: () => string | Promise<string>): Promise<Client> {
    const half = await ground.signIn();
    const error = await ground.refused(call(half, 'get'));
    expect(error).toBeInstanceOf(ground.program.package.AppwriteException);
    expect(error).toMatchObject(GATED);
    expect(await call(half, `list${mfa}Factors`)).toEqual({ ...NONE, [factor]: true });
    expect(await answer(half, factor, otp)).toMatchObject({ userId: ground.userId, current: true, factors: ['password', factor] });
    expect(await call(half, 'get')).toMatchObject({ $id: ground.userId, mfa: true });
    return half;
  }

  it('asks for a code of the app after the password, until the app is removed', async () => {
    const { client, userId, app, program } = ground;
    const type = program.package.AuthenticatorType.Totp;
    const { secret, uri } = await call(client, `create${mfa}Authenticator`, { type });
    const authenticator = new AuthenticatorApp(uri as string, app.clock);
    expect(authenticator.secret).toBe(secret);
    expect(await call(client, `update${mfa}Authenticator`, { type, otp: authenticator.code() })).toMatchObject({ $id: userId, mfa: false });
    expect(await ground.refused(call(client, `create${mfa}Authenticator`, { type }))).toMatchObject({ code: 409, type: 'user_authenticator_already_verified' });
    expect(await call(client, 'updateMFA', { mfa: true })).toMatchObject({ $id: userId, mfa: true });
    expect(await call(client, 'get')).toMatchObject({ mfa: true });

    const passed = await passes('totp', () => authenticator.next());
    expect(await ground.refused(answer(passed, 'totp', () => authenticator.code()))).toMatchObject({ code: 401, type: 'user_invalid_token' });
    const otp = program.sdk.removesByCode ? { otp: authenticator.next() } : {};
    await call(passed, `delete${mfa}Authenticator`, { type, ...otp });
    expect(await call(passed, `list${mfa}Factors`)).toEqual(NONE);
    expect(await ground.refused(call(passed, `delete${mfa}Authenticator`, { type, ...otp }))).toMatchObject({ code: 404, type: 'user_authenticator_not_found' });
    expect(await call(await ground.signIn(), 'get')).toMatchObject({ mfa: true });
  });

  it('asks for a code from the mail', async () => {
    const { client, app, email } = ground;
    await call(client, 'createVerification', { url: 'http://localhost:8080/verify' });
    const { userId, secret } = await app.inbox.link(email);
    await call(client, 'updateVerification', { userId, secret });
    await call(client, 'updateMFA', { mfa: true });
    await passes('email', () => app.inbox.code(email, 2));
  });

  it('asks for a code from an SMS', async () => {
    const { client, app, phone, password, userId } = ground;
    await call(client, 'updatePhone', { phone, password });
    await call(client, 'createPhoneVerification');
    await call(client, 'updatePhoneVerification', { userId, secret: await app.inbox.code(phone) });
    await call(client, 'updateMFA', { mfa: true });
    await passes('phone', () => app.inbox.code(phone, 2));
  });

  it('takes a code from paper, shows those that are left, and makes new ones', async () => {
    const { client, program } = ground;
    const { recoveryCodes: codes } = (await call(client, `create${mfa}RecoveryCodes`)) as { recoveryCodes: string[] };
    expect(codes).toEqual(Array(6).fill(expect.stringMatching(/^[0-9a-f]{10}$/)));
    for (const method of [`get${mfa}RecoveryCodes`, `update${mfa}RecoveryCodes`]) expect(await ground.refused(call(client, method))).toMatchObject({ code: 401, type: 'user_challenge_required' });

    const [first, ...others] = codes;
    const factor = program.package.AuthenticationFactor.Recoverycode;
    expect(await answer(client, factor, () => first)).toMatchObject({ factors: ['password', 'recoveryCode'] });
    const left = await call(client, `get${mfa}RecoveryCodes`);
    expect([...left.recoveryCodes].sort()).toEqual([...others].sort());
    const { recoveryCodes: anew } = await call(client, `update${mfa}RecoveryCodes`);
    expect(new Set([...codes, ...anew]).size).toBe(12);
    expect(await ground.refused(answer(client, factor, () => others[0]))).toMatchObject({ code: 401, type: 'user_invalid_token' });
    expect(await call(client, `list${mfa}Factors`)).toEqual({ ...NONE, recoveryCode: true });
  });

  it('does all of it by GraphQL', async () => {
    const { client, userId, app, program } = ground;
    const graph = async (from: Client, kind: 'query' | 'mutation', field: string) => {
      const { data, errors } = await program.graphql(from, kind, { query: `${kind} { it: account${field} }` });
      return errors ? errors[0].extensions : data.it;
    };
    const challenge = async (from: Client, factor: string, otp: () => string) => {
      const { _id: id } = await graph(from, 'mutation', `Create${mfa}Challenge(factor: "${factor}") { _id userId expire }`);
      return graph(from, 'mutation', `Update${mfa}Challenge(challengeId: "${id}", otp: "${otp()}") { userId current factors }`);
    };

    const { secret, uri } = await graph(client, 'mutation', `Create${mfa}Authenticator(type: "totp") { secret uri }`);
    const authenticator = new AuthenticatorApp(uri as string, app.clock);
    expect(authenticator.secret).toBe(secret);
    expect(await graph(client, 'mutation', `Update${mfa}Authenticator(type: "totp", otp: "${authenticator.code()}") { _id mfa }`)).toEqual({ _id: userId, mfa: false });
    const { recoveryCodes: codes } = await graph(client, 'mutation', `Create${mfa}RecoveryCodes { recoveryCodes }`);
    expect(codes).toHaveLength(6);
    expect(await graph(client, 'mutation', 'UpdateMFA(mfa: true) { mfa }')).toEqual({ mfa: true });

    const half = await ground.signIn();
    expect(await graph(half, 'query', 'Get { _id }')).toMatchObject(GATED);
    expect(await graph(half, 'query', `List${mfa}Factors { totp phone email recoveryCode }`)).toEqual({ ...NONE, totp: true, recoveryCode: true });
    expect(await challenge(half, 'totp', () => '000000')).toMatchObject({ code: 401, type: 'user_invalid_token' });
    expect(await challenge(half, 'totp', () => authenticator.next())).toEqual({ userId, current: true, factors: ['password', 'totp'] });
    expect(await graph(half, 'query', 'Get { _id mfa }')).toEqual({ _id: userId, mfa: true });
    expect(await graph(half, 'query', `Get${mfa}RecoveryCodes { recoveryCodes }`)).toEqual({ recoveryCodes: codes });
    expect((await graph(half, 'mutation', `Update${mfa}RecoveryCodes { recoveryCodes }`)).recoveryCodes).toHaveLength(6);
    await program.graphql(half, 'mutation', { query: `mutation { accountDelete${mfa}Authenticator(type: "totp") { status } }` });
    expect(await graph(half, 'query', `List${mfa}Factors { totp }`)).toEqual({ totp: false });
  });
}

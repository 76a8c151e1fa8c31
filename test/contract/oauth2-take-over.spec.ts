import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as mfa } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { verificationOperations as verification } from '../../src/modules/verification';
import { everyInstallation, project, unproved } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { AuthenticatorApp } from '../support/authenticator';

/**
 * Somebody signs up with the address of another, who never asked for it, and leaves behind whatever could let him back
 * in. Then the owner of the address comes, by a provider that vouches for it (pre-hijacking, USENIX Security 2022).
 */
everyInstallation('an account that was planted', (fake) => [project(fake, ['discord', 'google', 'github'])], (the) => {
  const planted = async () => {
    const eve = await (await the.stranger().signUp()).signIn();
    const url = 'http://localhost/';
    await eve.must(account.updatePhone, { phone: eve.phone, password: eve.password });
    await eve.must(account.createPushTarget, { targetId: 'unique()', identifier: `push of ${eve.userId}` });
    const { uri } = (await eve.must(mfa.createMFAAuthenticator, { type: 'totp' })).body;
    const authenticator = new AuthenticatorApp(uri as string, the.app.clock);
    await eve.must(mfa.updateMFAAuthenticator, { type: 'totp', otp: authenticator.code() });
    const { recoveryCodes } = (await eve.must(mfa.createMFARecoveryCodes)).body;
    const somebody = unproved();
    await the.enter('discord', somebody, the.browserOf(eve));
    const second = await eve.elsewhere().signIn();
    // After the linking, which gave her a new session.
    const { jwt } = (await eve.must(account.createJWT)).body;
    // Half done: at a provider, and with secrets that are on their way.
    const browser = the.browserOf(eve);
    the.fake.signsIn('github', newPerson());
    const underway = await the.halfway(browser, 'github');
    await eve.must(token.createMagicURLToken, { userId: eve.userId, email: eve.email, url });
    const magic = await the.app.inbox.link(eve.email);
    await eve.must(verification.createRecovery, { email: eve.email, url });
    const recovery = await the.app.inbox.link(eve.email, 2);
    await eve.must(verification.createEmailVerification, { url });
    const confirmation = await the.app.inbox.link(eve.email, 3);
    await the.stranger().must(token.createPhoneToken, { userId: eve.userId, phone: eve.phone });
    const otp = await the.app.inbox.code(eve.phone);
    // Nothing gates her own next steps: she has shown both.
    await second.must(account.get);
    await eve.must(mfa.updateMFA, { mfa: true });
    return { eve, second, jwt: jwt as string, recoveryCodes: recoveryCodes as string[], somebody, browser, underway, secrets: [[session.updateMagicURLSession, magic.secret], [session.createSession, magic.secret], [verification.updateRecovery, recovery.secret], [verification.updateEmailVerification, confirmation.secret], [session.updatePhoneSession, otp]] as const };
  };

  it('is the owner’s alone once he comes: nothing that was left in it opens it', async () => {
    const { eve, second, jwt, recoveryCodes, somebody, browser, underway, secrets } = await planted();
    const { person: ada } = await the.enter('google', newPerson({ email: eve.email }));
    expect(ada.userId).toBe(eve.userId);
    expect((await ada.must(account.get)).body).toMatchObject({ emailVerification: true, mfa: false, phone: '', phoneVerification: false, passwordUpdate: '', targets: [{ providerType: 'email', identifier: eve.email }] });

    // Sessions, also those with two factors, and their JWTs.
    for (const each of [eve, second]) expect(await each.call(account.get)).toMatchObject({ status: 401 });
    expect(await the.stranger().call(account.get, {}, { 'X-Appwrite-JWT': jwt })).toMatchObject({ status: 401 });
    expect((await ada.must(session.listSessions)).body).toMatchObject({ total: 1, sessions: [{ provider: 'google', current: true }] });
    // The password.
    expect(await the.stranger().call(session.createEmailPasswordSession, { email: eve.email, password: eve.password })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
    // Secrets that were out, and the number they went to.
    for (const [operation, secret] of secrets) {
      expect(await the.stranger().call(operation, { userId: ada.userId, secret, password: 'a new password of eve' })).toMatchObject({ status: 401, type: 'user_invalid_token' });
    }
    expect((await the.stranger().must(token.createPhoneToken, { userId: 'unique()', phone: eve.phone })).body.userId).not.toBe(ada.userId);
    // Her identity, and the one she was about to add.
    expect((await ada.must(account.listIdentities)).body).toMatchObject({ total: 1, identities: [{ provider: 'google' }] });
    expect((await the.enter('discord', somebody)).person.userId).not.toBe(ada.userId);
    expect((await the.comeBack(browser, 'github', underway)).error?.type).toBe('user_unauthorized');
    // Factors: with MFA switched on by the owner, hers do not answer.
    expect((await ada.must(mfa.listMFAFactors)).body).toEqual({ totp: false, phone: false, email: true, recoveryCode: false });
    expect(await ada.call(mfa.createMFARecoveryCodes)).toMatchObject({ status: 201 });
    for (const table of ['authenticators', 'tokens']) expect(await the.rows(table, `user_id = ?${table === 'tokens' ? ' AND spent_at IS NULL' : ''}`, ada.userId)).toEqual([]);
    const { $id: challengeId } = (await ada.must(mfa.createMFAChallenge, { factor: 'recoverycode' })).body;
    expect(await ada.call(mfa.updateMFAChallenge, { challengeId, otp: recoveryCodes[0] })).toMatchObject({ status: 401, type: 'user_invalid_token' });
  });

  it('keeps a number whose owner proved it', async () => {
    const eve = await (await the.stranger().signUp()).signIn();
    await eve.must(account.updatePhone, { phone: eve.phone, password: eve.password });
    await eve.must(verification.createPhoneVerification);
    await eve.must(verification.updatePhoneVerification, { userId: eve.userId, secret: await the.app.inbox.code(eve.phone) });
    const { person } = await the.enter('google', newPerson({ email: eve.email }));
    expect((await person.must(account.get)).body).toMatchObject({ phone: eve.phone, phoneVerification: true, targets: { length: 2 } });
  });

  it('happens once: the account is proved from there on, and what its owner then adds stays', async () => {
    const eve = await the.stranger().signUp();
    const somebody = newPerson({ email: eve.email });
    const { person: ada } = await the.enter('google', somebody);
    await ada.must(account.updatePassword, { password: 'a password of her own' });
    for (const provider of ['google', 'discord'] as const) expect((await the.enter(provider, provider === 'google' ? somebody : newPerson({ email: eve.email }))).person.userId).toBe(ada.userId);
    await the.stranger().must(session.createEmailPasswordSession, { email: eve.email, password: 'a password of her own' });
    await ada.must(account.get);
  });

  it('by another provider’s unproved word is taken over as well: the first identity falls', async () => {
    const eve = unproved();
    const first = await the.enter('discord', eve);
    const { person: ada } = await the.enter('google', newPerson({ email: eve.email }));
    expect(ada.userId).toBe(first.person.userId);
    expect(await first.person.call(account.get)).toMatchObject({ status: 401 });
    const again = await the.enter('discord', eve);
    expect([again.url.pathname, again.error?.type]).toEqual(['/out', 'general_bad_request']);
  });

  it('is not taken over by who was signed in to another account: linking adds an identity, no address', async () => {
    const eve = await the.stranger().signUp();
    const bob = await (await the.stranger().signUp()).signIn();
    const { error } = await the.enter('google', newPerson({ email: eve.email }), the.browserOf(bob));
    expect(error).toBeUndefined();
    expect((await bob.must(account.get)).body).toMatchObject({ $id: bob.userId, email: bob.email, emailVerification: false });
    await eve.signIn();
  });
});

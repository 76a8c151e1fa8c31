import { accountOperations as account } from '../../src/modules/account';
import { mfaOperations as op } from '../../src/modules/mfa';
import type { Person } from '../support/person';
import { toNextWindow } from '../support/raw';
import { answer, asked, enrol, INVALID, scan, secure, tries } from '../support/second-factors';
import { everyWay } from '../support/ways';

const STEP = 30;
/** Enough for every code that was shown to be out of every window. */
const LATER = 20 * STEP;

everyWay('a code of an authenticator', (way) => {
  /** The clock at the first moment of a step, where it stays. */
  const standing = () => {
    way.app.clock.back();
    way.app.clock.stop();
    toNextWindow(way.app, STEP);
  };
  const accepted = async (person: Person, otp: string) => (await tries(person, 'totp', otp)).status;

  it('is right in its own step and the two beside it, and in none further off', async () => {
    for (const [steps, status] of [[-2, 401], [-1, 200], [0, 200], [1, 200], [2, 401], [-3, 401], [3, 401]]) {
      standing();
      const ada = await way.member();
      const app = await enrol(ada);
      way.app.clock.turn(LATER);
      expect([steps, await accepted(ada, app.code(steps))]).toEqual([steps, status]);
    }
  });

  it('is right to the last moment of the step after its own, and no longer', async () => {
    standing();
    const ada = await way.member();
    const app = await enrol(ada);
    way.app.clock.turn(LATER);
    const [early, late] = [app.code(), app.code(1)];
    // The clock stands half a second into the step.
    way.app.clock.turn(2 * STEP - 0.6);
    expect(await accepted(ada, early)).toBe(200);
    way.app.clock.turn(STEP + 0.2);
    expect(await accepted(ada, late)).toBe(401);
  });

  it('enrols within the same steps', async () => {
    for (const [steps, status] of [[-2, 401], [-1, 200], [0, 200], [1, 200], [2, 401]]) {
      standing();
      const ada = await way.member();
      const app = await scan(ada);
      expect([steps, (await ada.call(op.updateMFAAuthenticator, { type: 'totp', otp: app.code(steps) })).status]).toEqual([steps, status]);
    }
  });

  it('that enrolled answers no challenge and removes nothing', async () => {
    standing();
    const ada = await way.member();
    const app = await scan(ada);
    const otp = app.code();
    await ada.must(op.updateMFAAuthenticator, { type: 'totp', otp });
    expect(await tries(ada, 'totp', otp)).toMatchObject(INVALID);
    expect(await ada.call(op.deleteMFAAuthenticator, { type: 'totp', otp })).toMatchObject(INVALID);
    expect((await tries(ada, 'totp', app.code(1))).status).toBe(200);
  });

  it('is spent by its first use, in every challenge, every session and in removing', async () => {
    standing();
    const ada = await way.member();
    const app = await secure(ada);
    const phone = await ada.elsewhere().signIn();
    const otp = app.next();
    const [mine, waiting] = [await asked(ada, 'totp'), await asked(phone, 'totp')];
    expect((await answer(ada, mine, otp)).status).toBe(200);
    expect(await answer(ada, mine, otp)).toMatchObject(INVALID);
    expect(await answer(phone, waiting, otp)).toMatchObject(INVALID);
    expect(await tries(ada, 'totp', otp)).toMatchObject(INVALID);
    expect(await ada.call(op.deleteMFAAuthenticator, { type: 'totp', otp })).toMatchObject(INVALID);
    expect((await answer(phone, waiting, app.next())).status).toBe(200);
    expect((await phone.must(account.get)).body.$id).toBe(ada.userId);
  });

  it('is worth nothing after one of a later step', async () => {
    standing();
    const ada = await way.member();
    const app = await enrol(ada);
    way.app.clock.turn(LATER);
    const [before, now, after] = [app.code(-1), app.code(), app.code(1)];
    expect(await accepted(ada, now)).toBe(200);
    expect(await accepted(ada, before)).toBe(401);
    expect(await accepted(ada, after)).toBe(200);
    expect(await accepted(ada, now)).toBe(401);
    expect(await accepted(ada, app.next())).toBe(401);
    expect(await accepted(ada, app.next())).toBe(200);
  });

  it('opens its own user’s account only', async () => {
    standing();
    const [ada, bob] = [await way.member(), await way.member()];
    const [mine, theirs] = [await secure(ada), await secure(bob)];
    way.app.clock.turn(STEP);
    expect(await accepted(ada, theirs.code())).toBe(401);
    expect(await accepted(bob, mine.code())).toBe(401);
    expect([await accepted(ada, mine.code()), await accepted(bob, theirs.code())]).toEqual([200, 200]);
  });
});

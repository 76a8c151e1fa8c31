import { availableParallelism } from 'node:os';
import { hash as plainBcrypt } from 'bcrypt';
import { ALGORITHM, Passwords } from '../../src/infra/crypto/passwords';
import { settings } from './ground';

const passwords = new Passwords(settings());

/** Whether the second is taken for the first. */
async function taken(chosen: string, typed: string): Promise<boolean> {
  return passwords.verify(typed, await passwords.hash(chosen));
}

describe('passwords', () => {
  it('are known again, and no others', async () => {
    expect(await taken('correct horse', 'correct horse')).toBe(true);
    for (const wrong of ['correct hors', 'correct horse ', 'Correct horse', '']) expect(await taken('correct horse', wrong)).toBe(false);
  });

  it('count past the 72 bytes that bcrypt reads', async () => {
    const long = 'a'.repeat(72);
    expect(await taken(`${long}b`, `${long}c`)).toBe(false);
    expect(await taken(`${long}b`, long)).toBe(false);
    expect(await taken('é'.repeat(128), 'é'.repeat(127))).toBe(false);
    expect(await taken('x'.repeat(256), 'x'.repeat(256))).toBe(true);
  });

  it('count past a NUL byte', async () => {
    expect(await taken('before\0after', 'before\0other')).toBe(false);
    expect(await taken('before\0after', 'before')).toBe(false);
    expect(await taken('\0'.repeat(8), '\0'.repeat(9))).toBe(false);
  });

  it('are the same composed and decomposed', async () => {
    const password = 'Bjørn-Zoë-Ångström';
    expect(password.normalize('NFC')).not.toBe(password.normalize('NFD'));
    expect(await taken(password.normalize('NFC'), password.normalize('NFD'))).toBe(true);
    expect(await taken(password.normalize('NFD'), password.normalize('NFC'))).toBe(true);
    expect(await taken(password, 'Bjorn-Zoe-Angstrom')).toBe(false);
  });

  it('are salted, and named by their algorithm', async () => {
    const [one, other] = [await passwords.hash('same'), await passwords.hash('same')];
    expect(one.hash).not.toBe(other.hash);
    expect(one).toEqual({ hash: expect.stringMatching(/^\$2b\$04\$/), algorithm: ALGORITHM });
  });

  it('of nobody are never right, not even the stand-in’s', async () => {
    expect(await passwords.verify('anything', null)).toBe(false);
    expect(await passwords.verify('nobody has this password', null)).toBe(false);
  });

  it('of nobody take the work of somebody’s', async () => {
    const slower = new Passwords(settings({ BCRYPT_COST: '9' }));
    const stored = await slower.hash('correct horse');
    await slower.verify('warm up', null);
    const time = async (work: () => Promise<unknown>) => {
      const before = performance.now();
      for (let i = 0; i < 5; i += 1) await work();
      return performance.now() - before;
    };
    const [known, unknown] = [await time(() => slower.verify('wrong', stored)), await time(() => slower.verify('wrong', null))];
    expect(unknown).toBeGreaterThan(known / 3);
  });

  it('are hashed anew after the settings changed', async () => {
    const stored = await passwords.hash('correct horse');
    expect(passwords.outdated(stored)).toBe(false);
    const stronger = new Passwords(settings({ BCRYPT_COST: '5' }));
    expect(stronger.outdated(stored)).toBe(true);
    expect(await stronger.verify('correct horse', stored)).toBe(true);
    expect(passwords.outdated({ hash: await plainBcrypt('correct horse', 4), algorithm: 'bcrypt' })).toBe(true);
  });
});

describe('too many passwords at once', () => {
  it('are told to come back, those before are served, and later there is room again', async () => {
    const crowded = new Passwords(settings());
    const room = availableParallelism() * 65;
    const results = await Promise.allSettled(Array.from({ length: room + 3 }, () => crowded.hash('correct horse')));
    const refused = results.slice(room);
    expect(results.slice(0, room).every(({ status }) => status === 'fulfilled')).toBe(true);
    expect(refused).toHaveLength(3);
    for (const one of refused) expect(one).toMatchObject({ status: 'rejected', reason: { type: 'general_overloaded', status: 503, retryAfter: expect.any(Number) } });
    await expect(crowded.hash('correct horse')).resolves.toMatchObject({ algorithm: ALGORITHM });
  });

  it('leave no place taken by one that failed', async () => {
    const one = new Passwords(settings());
    const broken = { hash: 'no hash', algorithm: ALGORITHM };
    for (let i = 0; i < availableParallelism() * 2; i += 1) await one.verify('correct horse', broken).catch(() => undefined);
    await expect(Promise.all(Array.from({ length: 10 }, () => one.hash('correct horse')))).resolves.toHaveLength(10);
  });
});

import { Keys } from '../../src/infra/crypto/keys';
import { Vault } from '../../src/infra/crypto/vault';
import { settings } from './ground';

const OLD = 'the secret that was in use before 2026';
const NEW = 'the secret that is in use since then, 2026';
const keys = (secret: string, ...previous: string[]) => new Keys(settings({ APP_SECRET: secret, APP_SECRET_PREVIOUS: previous.join(',') }));
const vault = (secret: string, ...previous: string[]) => new Vault(keys(secret, ...previous));

describe('keys', () => {
  it('are of one purpose each, and the same every time', () => {
    const [one, other] = [keys(NEW), keys(NEW)];
    expect(one.key('jwt:default')).toEqual(other.key('jwt:default'));
    expect(one.key('jwt:default')).toHaveLength(32);
    expect(one.key('jwt:default')).not.toEqual(one.key('jwt:other'));
    expect(one.key('jwt:default')).not.toEqual(keys(OLD).key('jwt:default'));
  });

  it('do not change with the version: what is sealed and signed stays good', () => {
    // Computed once by another program: HKDF-SHA-256, salt "latchkey", info "vault:totp".
    expect(keys(NEW).key('vault:totp').toString('hex')).toBe('4649b4194d7f881021e8a43b3af2ed79814f175db75472243a04c1c9ce485a0c');
    expect(keys(NEW).currentId).toBe('61debf41');
  });

  it('are found by name while their secret is configured', () => {
    const { currentId } = keys(OLD);
    expect(keys(NEW, OLD).byId(currentId, 'x')).toEqual(keys(OLD).key('x'));
    expect(keys(NEW).byId(currentId, 'x')).toBeUndefined();
    expect(keys(NEW, OLD).all('x')).toEqual([keys(NEW).key('x'), keys(OLD).key('x')]);
  });

  it('have names that do not tell the secret', () => {
    expect(keys(NEW).currentId).toMatch(/^[0-9a-f]{8}$/);
    expect(keys(NEW).currentId).not.toBe(keys(OLD).currentId);
  });
});

describe('vault', () => {
  it.each(['', 'a', 'Ada 🦊 é\0end', 'x'.repeat(100_000)])('gives back what it was given (%#)', (plain) => {
    expect(vault(NEW).open(vault(NEW).seal(plain, 'totp'), 'totp')).toBe(plain);
  });

  it('never seals alike twice', () => {
    expect(vault(NEW).seal('same', 'totp')).not.toBe(vault(NEW).seal('same', 'totp'));
  });

  it('does not open for another purpose', () => {
    const sealed = vault(NEW).seal('seed', 'totp');
    expect(() => vault(NEW).open(sealed, 'outbox')).toThrow();
  });

  it('does not open what was changed, anywhere', () => {
    const sealed = vault(NEW).seal('a seed of twenty bytes', 'totp');
    const [version, id, data] = sealed.split('.');
    const bytes = Buffer.from(data, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] ^= 1;
      expect(() => vault(NEW).open(`${version}.${id}.${changed.toString('base64url')}`, 'totp')).toThrow();
    }
    for (const cut of [0, 5, 12, 20, 27, bytes.length - 1]) expect(() => vault(NEW).open(`${version}.${id}.${bytes.subarray(0, cut).toString('base64url')}`, 'totp')).toThrow();
    for (const nonsense of ['', 'seed', 'v2.a.b', `v2.${id}.${data}`, `${version}..${data}`]) expect(() => vault(NEW).open(nonsense, 'totp')).toThrow();
  });

  it('opens what an earlier secret sealed, and seals with the new one', () => {
    const old = vault(OLD).seal('seed', 'totp');
    const rotated = vault(NEW, OLD);
    expect(rotated.open(old, 'totp')).toBe('seed');
    expect(vault(NEW).open(rotated.seal('seed', 'totp'), 'totp')).toBe('seed');
  });

  it('names the fix when the secret is gone', () => {
    expect(() => vault(NEW).open(vault(OLD).seal('seed', 'totp'), 'totp')).toThrow('APP_SECRET_PREVIOUS');
  });
});

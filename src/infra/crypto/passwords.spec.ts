import { availableParallelism } from 'node:os';
import fc from 'fast-check';
import { readSettings } from '../../config/settings';
import { Failure } from '../../contract/errors';
import type { HashOptions } from './hash/foreign';
import { ALGORITHM, Passwords, type StoredPassword } from './passwords';

const passwords = new Passwords(readSettings({ BCRYPT_COST: '4' }).settings);

interface Vector {
  algorithm: string;
  source: string;
  password: string;
  hash: string;
  options?: HashOptions;
}

const HORSE = 'correct horse';
const FIREBASE = { salt: '42xEC+ixf3L2lw==', saltSeparator: 'Bw==', signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==' };
const FIREBASE_HASH = 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==';
const LONG = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored';

const shaOf = (version: string, hash: string, password = HORSE, source = 'Python hashlib'): Vector => ({ algorithm: 'sha', source, password, hash, options: { version } });

/** None of them made by this code or by the packages it uses, but for those of argon2: there the package is the reference implementation. */
const VECTORS: Vector[] = [
  // P-H-C/phc-winner-argon2, src/test.c
  { algorithm: 'argon2', source: 'reference tests, id', password: 'password', hash: '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc' },
  { algorithm: 'argon2', source: 'reference tests, i', password: 'password', hash: '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA' },
  { algorithm: 'argon2', source: 'reference tests, version 0x10', password: 'password', hash: '$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ' },
  { algorithm: 'argon2', source: 'Python argon2-cffi 25.1, d', password: HORSE, hash: '$argon2d$v=19$m=1024,t=2,p=2$MDEyMzQ1Njc4OWFiY2RlZg$Ip49LU+1KPMhxnua75o+f4iiJfwbptgIZEgKHaMzglc' },
  { algorithm: 'argon2', source: 'Python argon2-cffi 25.1, two lanes', password: HORSE, hash: '$argon2id$v=19$m=1024,t=2,p=2$MDEyMzQ1Njc4OWFiY2RlZg$gyAB513YsKkumS8py9dwwMvzgLeFFFEb+oaTMHycsgU' },
  // Openwall crypt_blowfish, wrapper.c
  { algorithm: 'bcrypt', source: 'crypt_blowfish, 2a', password: 'U*U', hash: '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' },
  { algorithm: 'bcrypt', source: 'crypt_blowfish, 2y', password: 'U*U', hash: '$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW' },
  { algorithm: 'bcrypt', source: 'crypt_blowfish, longer than 72 bytes', password: LONG, hash: '$2y$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui' },
  { algorithm: 'bcrypt', source: 'Python bcrypt 5.0', password: HORSE, hash: '$2b$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC' },
  // RFC 1321, A.5
  { algorithm: 'md5', source: 'RFC 1321', password: 'abc', hash: '900150983cd24fb0d6963f7d28e17f72' },
  { algorithm: 'md5', source: 'RFC 1321, upper case', password: 'message digest', hash: 'F96B697D7CB7938D525A2F31AAF161D0' },
  { algorithm: 'md5', source: 'Python hashlib', password: HORSE, hash: '3cb4e732631f47e6eb961f34554b7cde' },
  // phpass 0.5, test.php; passlib writes the same format from its own code
  { algorithm: 'phpass', source: 'phpass, test.php', password: 'test12345', hash: '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0' },
  { algorithm: 'phpass', source: 'Python passlib 1.7.4', password: 'pässword with ünïcode', hash: '$P$9abcdefgh4RnJ3xVxc0x8.ieGAT0W.1' },
  { algorithm: 'phpass', source: 'Python passlib 1.7.4, phpBB', password: 'pässword with ünïcode', hash: '$H$9abcdefgh4RnJ3xVxc0x8.ieGAT0W.1' },
  { algorithm: 'phpass', source: 'Python passlib 1.7.4, NUL inside', password: 'before\0after', hash: '$P$5abcdefghHxgbqDxdPbtTUDB2zgGL31' },
  // RFC 7914 §12
  {
    algorithm: 'scrypt',
    source: 'RFC 7914',
    password: 'pleaseletmein',
    hash: '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    options: { salt: 'SodiumChloride', cpu: 16_384, memory: 8, parallel: 1, length: 64 },
  },
  {
    algorithm: 'scrypt',
    source: 'RFC 7914, sixteen lanes',
    password: 'password',
    hash: 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    options: { salt: 'NaCl', cpu: 1_024, memory: 8, parallel: 16, length: 64 },
  },
  {
    algorithm: 'scrypt',
    source: 'Python hashlib, Appwrite’s own parameters and spelling',
    password: 'appwrite',
    hash: '0c1a2fa2122a2c44605118f45e5e1201afc9ef4c35821506fed02aae9b69a1beae72458254016e42f5e56b185a9773abd876eab6b688d8f172031f9beaa6e622',
    options: { type: 'scrypt', salt: 'salt', costCpu: 8, costMemory: 14, costParallel: 1, length: 64 },
  },
  {
    algorithm: 'scrypt',
    source: 'Python hashlib, salt beyond ASCII, upper case',
    password: HORSE,
    hash: '525B485B4848A611464A8B8C8B161319D8034FF8FE1F6B1EEA4C7924AB323EBF',
    options: { salt: 'sältig', cpu: 256, memory: 8, parallel: 2, length: 32 },
  },
  // github.com/firebase/scrypt, README
  { algorithm: 'scryptMod', source: 'Firebase’s documented example', password: 'user1password', hash: FIREBASE_HASH, options: FIREBASE },
  {
    algorithm: 'scryptMod',
    source: 'the same in the URL’s alphabet',
    password: 'user1password',
    hash: FIREBASE_HASH.replaceAll('+', '-').replaceAll('/', '_'),
    options: { ...FIREBASE, salt: FIREBASE.salt.replaceAll('+', '-') },
  },
  // FIPS 180-4 and FIPS 202, "abc"
  shaOf('sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d', 'abc', 'FIPS 180-4'),
  shaOf('sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'abc', 'FIPS 180-4'),
  shaOf('sha3-256', '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532', 'abc', 'FIPS 202'),
  shaOf('sha1', '2f9e53523b62abc141a2b4d6019d23cba835dbd0'),
  shaOf('sha224', 'be678ecb0e1e13fd0c1440995f43225ca83aeb66717e8ea790b867f2'),
  shaOf('sha256', '4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631'),
  shaOf('sha384', '02b20a6f2ebb1360a9a60f4cf90857363ed419c022b121567ce5f91c6e39664fb78fd60234c4a58b5bfc7145ae983292'),
  shaOf('sha512', '56b698defedb5a435b634afe3320bbaf3fdcd920b6c503a446fc7b7a776b298d479d1ba6a8b617808eb0bf579ce9a95d668347bcab7149085ac93cb27995197b'),
  shaOf('sha512/224', '3b63bd6be6759b3f8fd46e7157e3c319ac0b39bd8657d3d9d0d5f4e5'),
  shaOf('sha512/256', 'adfe73059f259340e325945da2dff9f935b28c30d0156e88e7e6ed0e02b670dd'),
  shaOf('sha3-224', 'a86d6ad79b1ada74dc73eaee0b17a480bb79df9163137113e201c847'),
  shaOf('sha3-256', 'e2bb427c913c99e9663c5d0e97472bd8618656cabbca6274c2743b0ebf107ce3'),
  shaOf('sha3-384', '086571cdbd4d47381eeed0504b77fd55d2adf870ae469676a32885ba33aaecd4927ebd17a8ce6b1bf11dfe84145e7936'),
  shaOf('sha3-512', 'C5D05432D6DA5971AB7798EDF48D294AC28EE4D78ECBF0E1D236DF3D12D3E6408462702EA047D0FC46AEC01C43D9D403C713DF217619DA353E0C42399AFBC33F'),
];

const [ARGON2, BCRYPT, SCRYPT, PHPASS] = ['argon2', 'bcrypt', 'scrypt', 'phpass'].map((algorithm) => VECTORS.find((vector) => vector.algorithm === algorithm)!);

function adopt({ algorithm, hash, options }: Pick<Vector, 'algorithm' | 'hash' | 'options'>): StoredPassword {
  return passwords.adopt(algorithm, hash, options);
}

function refusal(algorithm: string, hash: string, options?: HashOptions): string {
  try {
    adopt({ algorithm, hash, options });
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    expect((error as Failure).type).toBe('general_argument_invalid');
    return (error as Failure).message;
  }
  throw new Error('it was adopted');
}

describe('a hash of another system', () => {
  describe.each(VECTORS)('$algorithm ($source)', (vector) => {
    it('knows its password, and no other', async () => {
      const stored = adopt(vector);
      await expect(passwords.verify(vector.password, stored)).resolves.toBe(true);
      for (const wrong of [`x${vector.password}`, vector.password.slice(1), `${vector.password.slice(1)}x`, '']) await expect(passwords.verify(wrong, stored)).resolves.toBe(false);
    });

    it('is made anew at the next login, and fits its column', () => {
      const stored = adopt(vector);
      expect(passwords.outdated(stored)).toBe(true);
      expect(stored.algorithm).toBe(vector.algorithm);
      expect(stored.hash.length).toBeLessThanOrEqual(512);
    });
  });

  it('is checked against the algorithm of its row, whatever it looks like', async () => {
    await expect(passwords.verify(BCRYPT.password, { hash: BCRYPT.hash, algorithm: ALGORITHM })).resolves.toBe(false);
    const ours = await passwords.hash(HORSE);
    await expect(passwords.verify(HORSE, adopt({ ...ours, algorithm: 'bcrypt' }))).resolves.toBe(false);
    await expect(passwords.verify(HORSE, adopt(ours))).resolves.toBe(true);
  });

  it('counts bytes past a NUL', async () => {
    const stored = adopt({ algorithm: 'phpass', hash: '$P$5abcdefghHxgbqDxdPbtTUDB2zgGL31' });
    for (const wrong of ['before', 'before\0', 'before\0other']) await expect(passwords.verify(wrong, stored)).resolves.toBe(false);
    await expect(passwords.verify('U*U\0', adopt(BCRYPT))).resolves.toBe(false);
    await expect(passwords.verify('U*U\0x', adopt(BCRYPT))).resolves.toBe(false);
  });

  it('in bcrypt has 72 bytes, and all of them count', async () => {
    const stored = adopt(VECTORS.find(({ password }) => password === LONG)!);
    await expect(passwords.verify(LONG.slice(0, 72), stored)).resolves.toBe(true);
    await expect(passwords.verify(LONG.slice(0, 71), stored)).resolves.toBe(false);
  });

  it('was made of the text as it was typed; in another form of Unicode it is known too', async () => {
    const [composed, decomposed] = ['caf\u00e9 caf\u00e9', 'cafe\u0301 cafe\u0301'];
    // Python hashlib
    const ofComposed = adopt(shaOf('sha1', '281eb7e3aa7f3602468520f56c6104ea8edd0922'));
    const ofDecomposed = adopt(shaOf('sha1', 'cb4fed2ec895259864b2f1fe72308433f132c965'));
    await expect(passwords.verify(composed, ofComposed)).resolves.toBe(true);
    await expect(passwords.verify(decomposed, ofComposed)).resolves.toBe(true);
    await expect(passwords.verify(decomposed, ofDecomposed)).resolves.toBe(true);
    await expect(passwords.verify(composed, ofDecomposed)).resolves.toBe(false);
  });

  it('knows no other password, whatever is typed', async () => {
    const cheap = VECTORS.filter(({ algorithm }) => ['md5', 'sha', 'scryptMod'].includes(algorithm));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cheap), fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' }), async (vector, typed) => {
        fc.pre(typed !== vector.password);
        expect(await passwords.verify(typed, adopt(vector))).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('takes no less time to be wrong than an unknown address', async () => {
    const slower = new Passwords(readSettings({ BCRYPT_COST: '9' }).settings);
    const stored = adopt(VECTORS.find(({ algorithm }) => algorithm === 'md5')!);
    const time = async (against: StoredPassword | null) => {
      const before = performance.now();
      for (let i = 0; i < 5; i += 1) await slower.verify('wrong', against);
      return performance.now() - before;
    };
    await time(null);
    expect(await time(stored)).toBeGreaterThan((await time(null)) / 2);
  });

  it('finds unknown addresses answered again after a full queue', async () => {
    const crowded = new Passwords(readSettings({ BCRYPT_COST: '4' }).settings);
    const hashes = Array.from({ length: 65 * availableParallelism() }, () => crowded.hash('x'));
    await expect(crowded.verify('x', null)).rejects.toMatchObject({ type: 'general_overloaded' });
    await Promise.all(hashes);
    await expect(crowded.verify('x', null)).resolves.toBe(false);
  });

  it('of an algorithm this version does not know is an error, not a wrong password', async () => {
    await expect(passwords.verify(HORSE, { hash: 'x', algorithm: 'constructor' })).rejects.toThrow('does not know');
  });

  it('that costs too much is not computed either, should it stand in a row', async () => {
    await expect(passwords.verify(HORSE, { hash: '$argon2id$v=19$m=4194304,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$gyAB513YsKkumS8py9dwwMvzgLeFFFEb+oaTMHycsgU', algorithm: 'argon2' })).rejects.toThrow('memory');
  });
});

describe('refused is', () => {
  const argon2 = (costs: string) => refusal('argon2', `$argon2id$v=19$${costs}$MDEyMzQ1Njc4OWFiY2RlZg$gyAB513YsKkumS8py9dwwMvzgLeFFFEb+oaTMHycsgU`);
  const bcrypt = (prefix: string) => refusal('bcrypt', prefix + BCRYPT.hash.slice(7));
  const scrypt = (options: HashOptions) => refusal('scrypt', SCRYPT.hash, { ...SCRYPT.options, ...options });

  it('an absurd cost', () => {
    expect(argon2('m=4194304,t=1,p=1')).toContain('memory 4194304 KiB is more than 262144');
    expect(argon2('m=262144,t=5,p=1')).toContain('memory × passes');
    expect(argon2('m=8,t=4294967295,p=1')).toContain('memory × passes');
    expect(argon2('m=65536,t=2,p=255')).toContain('parallelism 255');
    expect(bcrypt('$2b$31$')).toContain('bcrypt cost 31 is not from 4 to 15');
    expect(bcrypt('$2b$16$')).toContain('bcrypt cost 16');
    expect(scrypt({ cpu: 2 ** 24 })).toContain('is more than 2097152');
    expect(scrypt({ parallel: 2 ** 30 })).toContain('is more than 2097152');
    expect(scrypt({ memory: 2 ** 20 })).toContain('is more than 2097152');
    expect(refusal('phpass', PHPASS.hash.replace('$P$9', '$P$J'))).toContain('2^21');
    expect(refusal('phpass', PHPASS.hash.replace('$P$9', '$P$z'))).toContain('2^63');
    expect(refusal(ALGORITHM, `$2b$20$${BCRYPT.hash.slice(7)}`)).toContain('cost 20');
  });

  it('a cost that is none', () => {
    expect(argon2('m=7,t=1,p=1')).toContain('8 KiB');
    expect(argon2('m=1024,t=0,p=1')).toContain('needs a pass');
    expect(argon2('m=1024,t=1,p=0')).toContain('parallelism 0');
    expect(bcrypt('$2b$03$')).toContain('cost 3');
    expect(scrypt({ cpu: 1 })).toContain('power of two');
    expect(scrypt({ cpu: 12_345 })).toContain('power of two');
    expect(scrypt({ cpu: -16 })).toContain('power of two');
    expect(scrypt({ memory: 0 })).toContain('1 or more');
    expect(scrypt({ cpu: 65_536, memory: 1 })).toContain('too much for memory 1');
    expect(refusal('phpass', PHPASS.hash.replace('$P$9', '$P$.'))).toContain('2^0');
  });

  it('what is not of the form', () => {
    expect(refusal('argon2', ARGON2.hash.replace('argon2id', 'argon2x'))).toContain('of the form');
    expect(refusal('argon2', '$argon2id$v=19$m=1024,t=2,p=1$c2FsdA$AAAA')).toContain('shorter');
    expect(refusal('bcrypt', '$2x$05$6bNw2HLQYeqHYyBfLMsv/OiwqTymGIGzFsA4hOTWebfehXHNprcAS')).toContain('faulty');
    expect(refusal('bcrypt', BCRYPT.hash.slice(0, -1))).toContain('of the form');
    expect(refusal('md5', 'x'.repeat(32))).toContain('32 hex');
    expect(refusal('phpass', BCRYPT.hash)).toContain('name the algorithm bcrypt');
    expect(refusal('phpass', '$P$')).toContain('of the form');
    expect(refusal('sha', 'ab', { version: 'sha256' })).toContain('64 hex');
    expect(refusal('sha', 'ab', { version: 'toString' })).toContain('must be one of sha1');
    expect(refusal('sha', 'ab')).toContain('option version is missing');
    expect(scrypt({ length: 32 })).toContain('64 hex');
    expect(scrypt({ length: 8 })).toContain('length 8');
    expect(scrypt({ salt: 'x'.repeat(129) })).toContain('128 bytes');
    expect(scrypt({ salt: undefined })).toContain('option salt is missing');
    expect(scrypt({ cpu: '16384' })).toContain('option cpu is missing or not a whole number');
    expect(refusal('scryptMod', FIREBASE_HASH, { ...FIREBASE, signerKey: 'AAAA' })).toContain('signerKey is shorter');
    expect(refusal('scryptMod', FIREBASE_HASH.slice(4), FIREBASE)).toContain('differ in length');
    expect(refusal('scryptMod', FIREBASE_HASH, { ...FIREBASE, salt: 'a$b' })).toContain('is not scryptMod');
    expect(refusal('scryptMod', FIREBASE_HASH, { ...FIREBASE, salt: 'ä' })).toContain('salt is not base64');
    expect(refusal('plaintext', 'x')).toContain('must be one of bcrypt-sha384, argon2');
    expect(refusal('constructor', 'x')).toContain('must be one of');
  });

  it('anything else, without another kind of error, and never with the hash in the message', () => {
    const algorithms = fc.constantFrom('argon2', 'bcrypt', 'md5', 'phpass', 'scrypt', 'scryptMod', 'sha', ALGORITHM);
    const options = fc.oneof(fc.constant(SCRYPT.options!), fc.constant(FIREBASE), fc.dictionary(fc.constantFrom('salt', 'cpu', 'memory', 'parallel', 'length', 'version', 'signerKey'), fc.anything()));
    const spoilt = fc.constantFrom(...VECTORS).chain(({ hash }) => fc.nat(hash.length).chain((at) => fc.string({ maxLength: 3 }).map((text) => hash.slice(0, at) + text + hash.slice(at + 1))));
    fc.assert(
      fc.property(algorithms, fc.oneof(spoilt, fc.string({ unit: 'binary' })), options, (algorithm, hash, given) => {
        try {
          expect(adopt({ algorithm, hash, options: given }).hash.length).toBeLessThanOrEqual(512);
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          if (hash.length > 20) expect((error as Failure).message).not.toContain(hash);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

import { ALGORITHM } from '../../src/infra/crypto/passwords';
import { Database } from '../../src/infra/database/database';
import { accountOperations as account } from '../../src/modules/account';
import { Projects } from '../../src/modules/projects';
import { sessionOperations as sessions } from '../../src/modules/sessions';
import { tokenOperations as tokens } from '../../src/modules/tokens';
import { Credentials, Users } from '../../src/modules/users';
import { DEFAULT_PROJECTS, type Engine, type Ground, prepare, PROJECT, startOn, type TestApp } from '../support/app';
import { Person } from '../support/person';
import { build, cli, Files } from './command';

const HORSE = 'correct horse';

/** Where they come from is told in src/infra/crypto/passwords.spec.ts. */
const IMPORTED = {
  argon2: { hash: '$argon2id$v=19$m=1024,t=2,p=2$MDEyMzQ1Njc4OWFiY2RlZg$gyAB513YsKkumS8py9dwwMvzgLeFFFEb+oaTMHycsgU' },
  bcrypt: { hash: '$2y$06$abcdefghijklmnopqrstuud/5IuQmqhVO0kfNEbHJM.fJkPiliBzC' },
  md5: { hash: '3cb4e732631f47e6eb961f34554b7cde' },
  sha: { hash: '4104d36f8da2c254349f85836793ebe029e0c957063a34c91c2e9203187b5631', options: { version: 'sha256' } },
  phpass: { hash: '$P$9abcdefgh4RnJ3xVxc0x8.ieGAT0W.1', password: 'pässword with ünïcode' },
  scrypt: { hash: '525b485b4848a611464a8b8c8b161319d8034ff8fe1f6b1eea4c7924ab323ebf', options: { salt: 'sältig', cpu: 256, memory: 8, parallel: 2, length: 32 } },
  scryptMod: {
    hash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
    options: { salt: '42xEC+ixf3L2lw==', saltSeparator: 'Bw==', signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==' },
    password: 'user1password',
  },
} as const;
const ALGORITHMS = Object.keys(IMPORTED) as (keyof typeof IMPORTED)[];

const PROJECTS = {
  projects: [...DEFAULT_PROJECTS.projects, { id: 'mindful', platforms: ['localhost'], auth: { passwordHistory: 3, passwordDictionary: true, personalDataCheck: true } }, { id: 'small', platforms: ['localhost'], auth: { limit: 60 } }],
};

let addresses = 0;
const address = (name: string) => `${name}.${(addresses += 1)}@example.com`;

describe.each<Engine>(['sqlite', 'mysql'])('the commands on %s', (engine) => {
  let ground: Ground;
  let app: TestApp;
  let files: Files;

  beforeAll(async () => {
    build();
    files = new Files();
    ground = await prepare(engine, PROJECTS);
    app = await startOn(ground);
  }, 90_000);
  afterAll(async () => {
    await app?.stop();
    await ground?.release();
    files?.remove();
  });

  const run = (...args: string[]) => cli(ground, 'users', ...args, '--project', PROJECT);
  const imported = (...rows: (object | string)[]) => run('import', files.lines(...rows), '--json');
  const stored = (userId: string, project = PROJECT) => app.nest.get(Users, { strict: false }).find(project, userId);
  const owner = (email: string, password: string, project = PROJECT) => Object.assign(new Person(app, 'rest', { project }), { email, password });
  const count = async (table: string, userId: string) => {
    const [{ n }] = await app.nest.get(Database, { strict: false }).rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE project_id = ? AND ${table === 'users' ? 'id' : 'user_id'} = ?`, [PROJECT, userId]);
    return Number(n);
  };

  describe('import', () => {
    it('brings in passwords of every algorithm; the first sign-in makes their hashes ours', async () => {
      const rows = ALGORITHMS.map((algorithm) => {
        const { hash, ...rest } = IMPORTED[algorithm];
        return { userId: `of-${algorithm}`, email: address(algorithm), algorithm, hash, options: 'options' in rest ? rest.options : undefined };
      });
      const ended = await imported(...rows);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.json()).toEqual({ project: PROJECT, dryRun: false, rows: rows.length, imported: rows.length, skipped: [], faulty: [] });

      for (const { userId, email, algorithm } of rows) {
        const ours = IMPORTED[algorithm];
        const person = owner(email, 'password' in ours ? ours.password : HORSE);
        expect(await stored(userId)).toMatchObject({ passwordAlgorithm: algorithm });
        expect(await person.call(sessions.createEmailPasswordSession, { email, password: `not ${person.password}` })).toMatchObject({ status: 401, type: 'user_invalid_credentials' });
        expect(await stored(userId)).toMatchObject({ passwordAlgorithm: algorithm });

        await person.signIn();
        const upgraded = (await stored(userId))!;
        expect(upgraded.passwordAlgorithm).toBe(ALGORITHM);
        expect(upgraded.passwordHash).not.toContain(ours.hash);

        await person.elsewhere().signIn();
        expect((await stored(userId))!.passwordHash).toBe(upgraded.passwordHash);
      }
    });

    it('takes over what an account had', async () => {
      const email = address('Grace');
      const row = {
        userId: 'grace',
        email: email.toUpperCase(),
        phone: '+16175551213',
        name: 'Grace',
        password: 'spoken in plain text',
        emailVerification: true,
        phoneVerification: false,
        status: true,
        labels: ['vip', 'beta2'],
        prefs: { z: 1, a: [true] },
        registration: '2020-02-29T12:00:00.5+02:00',
      };
      expect((await imported(row)).json()).toMatchObject({ imported: 1 });
      const { body } = await (await owner(email.toLowerCase(), row.password).signIn()).must(account.get);
      expect(body).toMatchObject({
        $id: 'grace',
        email: email.toLowerCase(),
        phone: row.phone,
        name: 'Grace',
        emailVerification: true,
        phoneVerification: false,
        labels: row.labels,
        registration: '2020-02-29T10:00:00.500+00:00',
        targets: expect.arrayContaining([expect.objectContaining({ providerType: 'email', identifier: email.toLowerCase() }), expect.objectContaining({ providerType: 'sms', identifier: row.phone })]),
      });
      expect(JSON.stringify(body.prefs)).toBe('{"z":1,"a":[true]}');
    });

    it('keeps a blocked account blocked, and one without a password without', async () => {
      const [blocked, bare] = [address('blocked'), address('bare')];
      await imported({ userId: 'blocked', email: blocked, password: HORSE, status: false }, { userId: 'bare', email: bare, phone: '', name: '' });
      expect(await owner(blocked, HORSE).call(sessions.createEmailPasswordSession, { email: blocked, password: HORSE })).toMatchObject({ status: 401, type: 'user_blocked' });
      expect(await stored('bare')).toMatchObject({ passwordHash: null, name: '', phone: null });
    });

    it('does not import twice', async () => {
      const file = files.lines({ userId: 'twice', email: address('twice') }, { email: address('once') }, { phone: '+16175551299' });
      expect((await run('import', file, '--json')).json()).toMatchObject({ imported: 3, skipped: [] });
      const again = await run('import', file, '--json');
      expect(again.code).toBe(0);
      expect(again.json()).toMatchObject({
        imported: 0,
        skipped: [
          { line: 1, userId: 'twice', because: 'userId' },
          { line: 2, because: 'email' },
          { line: 3, because: 'phone' },
        ],
      });
      expect((await run('import', file)).stdout).toContain('3 rows: 0 imported, 3 there already, 0 faulty');
    });

    it('tells every faulty row by its line and imports nothing', async () => {
      const good = { userId: 'not-yet', email: address('good') };
      const rows: [row: object | string, what: string][] = [
        [{ email: 'no address' }, '`email` param'],
        [{ phone: '5551212' }, '`phone` param'],
        [{ userId: '_wrong' }, '`userId` param'],
        [{ name: 'nobody in particular' }, 'needs a userId, an email or a phone'],
        [{ userId: 'unique()' }, 'needs a userId, an email or a phone'],
        [{ userId: 'a', password: 'short' }, '`password` param'],
        [{ userId: 'b', password: HORSE, hash: 'x', algorithm: 'md5' }, 'a password or a hash'],
        [{ userId: 'c', hash: IMPORTED.md5.hash }, 'needs its algorithm'],
        [{ userId: 'd', algorithm: 'md5' }, 'there is none'],
        [{ userId: 'e', hash: IMPORTED.md5.hash, algorithm: 'plaintext' }, 'must be one of'],
        [{ userId: 'f', hash: '$argon2id$v=19$m=4194304,t=3,p=1$MDEyMzQ1Njc4OWFiY2RlZg$gyAB513YsKkumS8py9dwwMvzgLeFFFEb+oaTMHycsgU', algorithm: 'argon2' }, 'argon2 memory'],
        [{ userId: 'g', hash: IMPORTED.bcrypt.hash.replace('06', '31'), algorithm: 'bcrypt' }, 'bcrypt cost 31'],
        [{ userId: 'h', hash: IMPORTED.scrypt.hash, algorithm: 'scrypt', options: { ...IMPORTED.scrypt.options, cpu: 2 ** 24 } }, 'scrypt cpu × memory × parallel'],
        [{ userId: 'i', hash: IMPORTED.phpass.hash.replace('$P$9', '$P$S'), algorithm: 'phpass' }, 'phpass rounds 2^30'],
        [{ userId: 'j', prefs: { text: 'x'.repeat(65_536) } }, '`prefs` param'],
        ['{"userId": "k0", "prefs": {"big": 12345678901234567890}}', 'cannot be kept as it is'],
        [{ userId: 'k', prefs: '{}' }, '`prefs` param'],
        [{ userId: 'l', labels: ['two words'] }, '`labels` param'],
        [{ userId: 'm', emailVerification: true }, 'there is no email'],
        [{ userId: 'n', status: 'true' }, '`status` param'],
        [{ userId: 'o', registration: 'yesterday' }, '`registration` param'],
        [{ userId: 'p', createdAt: '2999-01-01T00:00:00Z' }, 'from 1970 to now'],
        [{ userId: 'q', emailVerifcation: true }, 'Unknown field emailVerifcation'],
        ['{"userId": "r"', 'Not JSON'],
        ['"s"', 'A row is a JSON object'],
        [{ userId: 'not-yet' }, 'userId is that of line 1 already'],
        [{ userId: 't', email: good.email.toUpperCase() }, 'email is that of line 1 already'],
      ];
      const file = files.lines(good, ...rows.map(([row]) => row));
      const refused = await run('import', file, '--json');
      expect(refused.code).toBe(1);
      const { faulty, ...rest } = refused.json();
      expect(rest).toEqual({ project: PROJECT, dryRun: false, rows: rows.length + 1, imported: 0, skipped: [] });
      expect(faulty).toEqual(rows.map(([, what], index) => ({ line: index + 2, what: expect.stringContaining(what) })));
      expect(await stored('not-yet')).toBeNull();

      const told = await run('import', file);
      expect(told).toMatchObject({ code: 1, stderr: expect.stringContaining('27 rows are faulty: nothing was imported') });
      expect(told.stdout).toMatch(/^line 2: Invalid `email` param/);

      const left = await run('import', file, '--skip-faulty', '--json');
      expect(left.code).toBe(0);
      expect(left.json()).toMatchObject({ imported: 1, faulty: { length: rows.length } });
      expect(await stored('not-yet')).not.toBeNull();
    });

    it('only tells what it would do with --dry-run', async () => {
      const [known, fresh] = [address('known'), address('fresh')];
      await imported({ userId: 'dry-known', email: known });
      const ended = await run('import', files.lines({ userId: 'dry-fresh', email: fresh, password: HORSE }, { email: known }), '--dry-run', '--json');
      expect(ended.code).toBe(0);
      expect(ended.json()).toEqual({ project: PROJECT, dryRun: true, rows: 2, imported: 1, skipped: [{ line: 2, userId: 'dry-known', because: 'email' }], faulty: [] });
      expect(await stored('dry-fresh')).toBeNull();
    });

    it('reads an array too, and knows its lines', async () => {
      const text = `\uFEFF[\n  {"userId": "array-1", "name": "a ] } , \\" [ {"},\n\n  {\n    "userId": "array-2",\n    "name": 7\n  },\n  {"userId": "array-3"}, {"userId": "?"}\n]\n`;
      const ended = await run('import', files.text(text), '--skip-faulty', '--json');
      expect(ended.json()).toMatchObject({ rows: 4, imported: 2, faulty: [{ line: 4, what: expect.stringContaining('`name` param') }, { line: 8, what: expect.stringContaining('`userId` param') }] });
      expect(await stored('array-1')).toMatchObject({ name: 'a ] } , " [ {' });
      for (const [wrong, what] of [['[{"userId": "x"}', 'does not end'], ['[] {}', 'something follows']]) {
        expect(await run('import', files.text(wrong))).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(what) });
      }
      expect((await run('import', files.text(' [ ] '), '--json')).json()).toMatchObject({ rows: 0, imported: 0 });
    });

    it('brings in more than a batch, while people sign up', async () => {
      const prefix = address('many').split('@')[0];
      const rows = Array.from({ length: 120 }, (_, index) => ({ email: `${prefix}.${index}@example.com`, hash: IMPORTED.md5.hash, algorithm: 'md5' }));
      const [ended, people] = await Promise.all([imported(...rows), Promise.all(Array.from({ length: 30 }, () => new Person(app, 'rest').signUp()))]);
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.json()).toMatchObject({ rows: 120, imported: 120 });
      expect(people.every(({ userId }) => userId)).toBe(true);
    });

    it('stops where the project has its limit of users, and says how far it came', async () => {
      const file = files.lines(...Array.from({ length: 70 }, (_, index) => ({ userId: `small-${index}` })));
      const ended = await cli(ground, 'users', 'import', file, '--project', 'small', '--json');
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('limit of users') });
      expect(ended.json()).toMatchObject({ rows: 70, imported: 50 });
    });

    it('keeps the project’s rules for passwords: personal data, common ones, and those used before', async () => {
      const email = address('ada');
      const file = files.lines({ userId: 'historian', email, algorithm: 'md5', hash: IMPORTED.md5.hash });
      expect((await cli(ground, 'users', 'import', file, '--project', 'mindful')).code).toBe(0);
      const plain = files.lines({ userId: 'a', email: 'gracehopper@example.com', password: 'I am gracehopper' }, { userId: 'b', password: 'password123' });
      expect((await cli(ground, 'users', 'import', plain, '--project', 'mindful', '--json')).json().faulty).toEqual([
        { line: 1, what: expect.stringContaining('personal data') },
        { line: 2, what: expect.stringContaining('most common') },
      ]);

      const person = owner(email, HORSE, 'mindful');
      await person.signIn();
      // The weak hash is nowhere any more.
      expect(JSON.stringify(await stored('historian', 'mindful'))).not.toContain(IMPORTED.md5.hash);
      const change = (oldPassword: string, password: string) => person.call(account.updatePassword, { oldPassword, password });
      expect(await change(HORSE, HORSE)).toMatchObject({ status: 400, type: 'user_password_recently_used' });
      expect(await change(HORSE, 'another battery')).toMatchObject({ status: 200 });
      expect(await change('another battery', HORSE)).toMatchObject({ status: 400, type: 'user_password_recently_used' });
    });

    it('remembers an imported password that nobody has signed in with', async () => {
      const file = files.lines({ userId: 'absent', algorithm: 'md5', hash: IMPORTED.md5.hash });
      await cli(ground, 'users', 'import', file, '--project', 'mindful');
      const [credentials, database] = [app.nest.get(Credentials, { strict: false }), app.nest.get(Database, { strict: false })];
      const project = app.nest.get(Projects, { strict: false }).find('mindful')!;
      const absent = async () => (await stored('absent', 'mindful'))!;
      await expect(credentials.prepare(project, await absent(), HORSE)).rejects.toMatchObject({ type: 'user_password_recently_used' });

      // As a recovery does.
      const [user, changed] = [await absent(), await credentials.prepare(project, await absent(), 'another battery')];
      await database.transaction(() => credentials.set(project, user, changed));
      for (const earlier of [HORSE, 'another battery']) {
        await expect(credentials.prepare(project, await absent(), earlier)).rejects.toMatchObject({ type: 'user_password_recently_used' });
      }
      await expect(credentials.prepare(project, await absent(), 'a third battery')).resolves.toMatchObject({ algorithm: ALGORITHM });
    });
  });

  describe('show', () => {
    it('finds a user by id, e-mail address or number, and tells no secret', async () => {
      const email = address('shown');
      await imported({ userId: 'shown', email, phone: '+16175551300', name: 'Shown', algorithm: 'md5', hash: IMPORTED.md5.hash });
      for (const who of ['shown', email.toUpperCase(), '+16175551300']) {
        const ended = await run('show', who, '--json');
        expect(ended).toMatchObject({ code: 0, stderr: '' });
        expect(ended.json()).toMatchObject({ $id: 'shown', email, phone: '+16175551300', name: 'Shown', status: true, hash: 'md5', targets: { length: 2 } });
        expect(ended.stdout).not.toContain(IMPORTED.md5.hash);
      }
      expect((await run('show', 'shown')).stdout).toMatch(/^id +shown\nname +Shown\n/);
    });

    it('fails for one who is not there', async () => {
      expect(await run('show', 'nobody@example.com', '--json')).toMatchObject({ code: 1, stdout: '', stderr: `project ${PROJECT} has no user nobody@example.com\n` });
    });
  });

  it('block refuses every credential, unblock lets sign in again, and no old session comes back to life', async () => {
    const person = await (await new Person(app, 'rest').signUp()).signIn();
    const blocked = await run('block', person.email, '--json');
    expect(blocked).toMatchObject({ code: 0, stderr: '' });
    expect(blocked.json()).toMatchObject({ $id: person.userId, status: false });
    expect(await person.elsewhere().call(sessions.createEmailPasswordSession, { email: person.email, password: person.password })).toMatchObject({ status: 401, type: 'user_blocked' });
    const cookies = new Map(person.cookies);
    expect(await person.call(account.get)).toMatchObject({ status: 401, type: 'user_blocked' });

    expect((await run('unblock', person.userId, '--json')).json()).toMatchObject({ $id: person.userId, status: true });
    for (const [name, value] of cookies) person.cookies.set(name, value);
    expect(await person.call(account.get)).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    expect(await count('sessions', person.userId)).toBe(0);

    await person.signIn();
    expect((await run('unblock', person.userId)).stdout).toContain('nothing to unblock');
    const { body } = await person.must(account.listLogs);
    const byOperator = body.logs.filter(({ userType }: { userType: string }) => userType === 'admin');
    expect(byOperator.map(({ event }: { event: string }) => event)).toEqual(['user.update', 'user.update']);
  });

  it('delete removes everything of a user, and asks before it does', async () => {
    const person = await (await new Person(app, 'rest').signUp()).signIn();
    await person.must(tokens.createMagicURLToken, { userId: person.userId, email: person.email });
    await person.must(account.createPushTarget, { targetId: 'unique()', identifier: `device of ${person.userId}` });
    const tables = ['users', 'targets', 'sessions', 'tokens', 'logs', 'outbox'];
    for (const table of tables) expect([table, await count(table, person.userId)]).not.toEqual([table, 0]);

    expect(await run('delete', person.userId)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--yes') });
    expect(await count('users', person.userId)).toBe(1);

    const ended = await run('delete', person.email, '--yes', '--json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.json()).toEqual({ deleted: person.userId });
    for (const table of tables) expect([table, await count(table, person.userId)]).toEqual([table, 0]);
    expect(await person.call(account.get)).toMatchObject({ status: 401 });
  });

  it('works while Redis is away', async () => {
    const away = { env: { ...ground.env, REDIS_URL: 'redis://127.0.0.1:1' } };
    expect(await cli(away, 'users', 'show', 'nobody', '--project', PROJECT)).toMatchObject({ code: 1, stderr: expect.stringContaining('no user nobody') });
  });
});

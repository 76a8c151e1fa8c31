import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { verificationOperations as verification } from '../../src/modules/verification';
import { DEFAULT_PROJECTS, type Engine, type Ground, PROJECT, prepare, startOn, type TestApp } from '../support/app';
import type { Answer } from '../support/person';
import { select } from '../support/select';
import { at, visitor } from '../support/visitor';

/** Limits have tests of their own; here they would only hide who wins. */
const projects = { projects: [{ ...DEFAULT_PROJECTS.projects[0], limits: { updateEmailVerification: 1_000, createEmailPasswordSession: 1_000 } }] };

describe.each<Engine>(['sqlite', 'mysql'])('at once on %s', (engine) => {
  let ground: Ground;
  let apps: TestApp[];

  beforeAll(async () => {
    ground = await prepare(engine, projects);
    apps = [await startOn(ground)];
    // SQLite is for one process.
    if (engine === 'mysql') apps.push(await startOn(ground));
  }, 60_000);

  afterAll(async () => {
    await Promise.all((apps ?? []).map((app) => app.stop()));
    await ground?.release();
  });

  const somewhere = (nth: number) => apps[nth % apps.length];

  function parallel<Result>(number: number, each: (nth: number) => Promise<Result>): Promise<Result[]> {
    return Promise.all(Array.from({ length: number }, (_, nth) => each(nth)));
  }

  function tally(answers: Answer[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { status, type = 'success' } of answers) counts[`${status} ${type}`] = (counts[`${status} ${type}`] ?? 0) + 1;
    return counts;
  }

  const number = async (table: string, where: string, value: string) => {
    const [{ found }] = await select(ground, `SELECT COUNT(*) AS found FROM ${table} WHERE project_id = ? AND ${where} = ?`, [PROJECT, value]);
    return Number(found);
  };

  it('50 sign-ups with one e-mail make one account', async () => {
    const { email } = visitor(apps[0]);
    const answers = await parallel(50, (nth) => visitor(somewhere(nth)).call(account.create, { userId: 'unique()', email, password: 'a long password' }));
    expect(tally(answers)).toEqual({ '201 success': 1, '409 user_already_exists': 49 });
    const winner = answers.find(({ status }) => status === 201)!.body.$id as string;
    expect(await select(ground, 'SELECT id FROM users WHERE project_id = ? AND email = ?', [PROJECT, email])).toEqual([{ id: winner }]);
    expect(await number('targets', 'identifier', email)).toBe(1);
    expect(await number('logs', 'user_id', winner)).toBe(1);
  });

  it('50 sign-ups with one user id make one account', async () => {
    const userId = `chosen-${engine}`;
    const answers = await parallel(50, (nth) => {
      const person = visitor(somewhere(nth));
      return person.call(account.create, { userId, email: person.email, password: 'a long password' });
    });
    expect(tally(answers)).toEqual({ '201 success': 1, '409 user_already_exists': 49 });
    expect(await number('users', 'id', userId)).toBe(1);
    expect(await number('targets', 'user_id', userId)).toBe(1);
    expect(await number('logs', 'user_id', userId)).toBe(1);
  });

  it('50 uses of one secret spend it once', async () => {
    const ada = await (await visitor(apps[0]).signUp()).signIn();
    await ada.must(verification.createEmailVerification, { url: 'http://localhost/verified' });
    const { userId, secret } = await apps[0].inbox.link(ada.email);
    const answers = await parallel(50, (nth) => visitor(somewhere(nth)).call(verification.updateEmailVerification, { userId, secret }));
    expect(tally(answers)).toEqual({ '200 success': 1, '401 user_invalid_token': 49 });
    const logs = await select(ground, "SELECT id FROM logs WHERE project_id = ? AND user_id = ? AND event = 'verification.update'", [PROJECT, userId]);
    expect(logs).toHaveLength(1);
  });

  it('30 logins leave ten sessions, and those work', async () => {
    const ada = await visitor(apps[0]).signUp();
    const logins = await parallel(30, async (nth) => {
      const browser = Object.assign(at(somewhere(nth), ada), { cookies: new Map<string, string>() });
      const { status } = await browser.call(session.createEmailPasswordSession, { email: ada.email, password: ada.password });
      return { browser, status };
    });
    expect(logins.map(({ status }) => status)).toEqual(Array(30).fill(201));
    expect(await number('sessions', 'user_id', ada.userId)).toBe(10);
    const seen = await Promise.all(logins.map(({ browser }) => browser.call(account.get)));
    expect(tally(seen)).toEqual({ '200 success': 10, '401 general_unauthorized_scope': 20 });
  });

  it('50 writers of preferences leave what one of them wrote', async () => {
    const ada = await (await visitor(apps[0]).signUp()).signIn();
    const written = Array.from({ length: 50 }, (_, nth) => Object.fromEntries(Array.from({ length: 20 + nth }, (__, key) => [`key${key}`, `writer ${nth}`])));
    const answers = await parallel(50, (nth) => at(somewhere(nth), ada).call(account.updatePrefs, { prefs: written[nth] }));
    expect(answers.map(({ body }) => body.prefs)).toEqual(written);
    for (const app of apps) expect(written).toContainEqual((await at(app, ada).must(account.getPrefs)).body);
  });
});

import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { type Ground, prepare } from '../support/app';
import { type Launched, Processes } from '../support/processes';
import { select } from '../support/select';
import { at, visitor } from '../support/visitor';

const PEOPLE = 50;

describe('the embedded default under parallel work', () => {
  const processes = new Processes();
  let ground: Ground;
  let server: Launched;

  beforeAll(async () => {
    ground = await prepare('sqlite', undefined, { LOG_LEVEL: 'info' });
    server = await processes.both(ground.env);
  }, 60_000);

  afterAll(async () => {
    await processes.end();
    await ground?.release();
  });

  it('signs 50 people up and in at once, failures between them, and keeps its books', async () => {
    const people = Array.from({ length: PEOPLE }, () => visitor(server));
    // Each sign-up stands beside one that fails inside its transaction.
    const tries = await Promise.all(
      people.flatMap((person) => [person, at(server, person)]).map((person) => person.call(account.create, { userId: 'unique()', email: person.email, password: person.password })),
    );
    expect(tries.map(({ status }) => status).sort()).toEqual([...Array(PEOPLE).fill(201), ...Array(PEOPLE).fill(409)]);

    const logins = await Promise.all(people.map((person) => person.call(session.createEmailPasswordSession, { email: person.email, password: person.password })));
    expect(logins.map(({ status }) => status)).toEqual(Array(PEOPLE).fill(201));
    // Reads between writes: each sees himself and nobody else.
    const seen = await Promise.all(
      people.map(async (person, nth) => {
        await person.must(account.updateName, { name: `Person ${nth}` });
        return (await person.must(account.get)).body;
      }),
    );
    expect(seen.map(({ email, name }) => ({ email, name }))).toEqual(people.map(({ email }, nth) => ({ email, name: `Person ${nth}` })));

    expect(await select(ground, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    const [numbers] = await select(
      ground,
      `SELECT (SELECT COUNT(*) FROM users) AS users, (SELECT COUNT(*) FROM targets) AS targets, (SELECT COUNT(*) FROM sessions) AS sessions,
        (SELECT COUNT(*) FROM sessions WHERE user_id NOT IN (SELECT id FROM users)) + (SELECT COUNT(*) FROM targets WHERE user_id NOT IN (SELECT id FROM users)) AS orphans`,
    );
    expect(numbers).toEqual({ users: PEOPLE, targets: PEOPLE, sessions: PEOPLE, orphans: 0 });
    expect(await select(ground, 'SELECT event, COUNT(*) AS times, COUNT(DISTINCT user_id) AS people FROM logs GROUP BY event ORDER BY event')).toEqual(
      ['session.create', 'user.create', 'user.update'].map((event) => ({ event, times: PEOPLE, people: PEOPLE })),
    );
    expect(server.logs('request.failed')).toEqual([]);
  }, 60_000);
});

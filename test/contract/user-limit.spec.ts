import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { DEFAULT_PROJECTS } from '../support/app';
import { type Answer, Person } from '../support/person';
import { everyWay } from '../support/ways';

const [main] = DEFAULT_PROJECTS.projects;
/** One project for each case: what is full stays full. */
const CASES = ['accounts', 'anonymous', 'mails', 'phones', 'mixed'] as const;
const ids = [...CASES, 'leaving'].flatMap((name) => ['rest', 'graphql'].map((transport) => `${name}-${transport}`));
const projects = [main, ...ids.map((id) => ({ ...main, id, auth: { limit: 3 } }))];

let numbers = 0;

everyWay(
  'the limit of users',
  (way) => {
    const stranger = (name: string) => new Person(way.app, way.transport, { project: `${name}-${way.transport}` });
    const WAYS: Record<string, (person: Person) => Promise<Answer>> = {
      accounts: (person) => person.call(account.create, { userId: 'unique()', email: person.email, password: person.password }),
      anonymous: (person) => person.call(session.createAnonymousSession),
      mails: (person) => person.call(token.createEmailToken, { userId: 'unique()', email: person.email }),
      phones: (person) => person.call(token.createPhoneToken, { userId: 'unique()', phone: `+1617556${String((numbers += 1)).padStart(4, '0')}` }),
    };
    const all = Object.values(WAYS);
    const full = { status: 400, type: 'user_count_exceeded' };

    it.each(CASES)('is exact under twenty sign-ups at once: %s', async (name) => {
      const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => (WAYS[name] ?? all[index % all.length])(stranger(name))));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
      for (const answer of answers.filter(({ status }) => status !== 201)) expect(answer).toMatchObject(full);
      for (const signUp of all) expect(await signUp(stranger(name))).toMatchObject(full);
    });

    it('has a place again when one goes', async () => {
      const members = Array.from({ length: 3 }, () => stranger('leaving'));
      for (const member of members) expect((await WAYS.anonymous(member)).status).toBe(201);
      expect(await WAYS.anonymous(stranger('leaving'))).toMatchObject(full);
      await members[0].must(account.delete);
      const answers = await Promise.all(Array.from({ length: 5 }, () => WAYS.anonymous(stranger('leaving'))));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400, 400, 400]);
      expect((await members[1].call(account.get)).status).toBe(200);
    });
  },
  { projects: { projects } },
);

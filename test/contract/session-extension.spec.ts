import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { DEFAULT_PROJECTS } from '../support/app';
import { Person } from '../support/person';
import { toNextWindow } from '../support/raw';
import { everyWay } from '../support/ways';

const YEAR = 31_536_000;
const HOUR = 3_600;
const [main] = DEFAULT_PROJECTS.projects;
const projects = [main, { ...main, id: 'short', auth: { sessionDuration: HOUR } }];

everyWay(
  'a session',
  (way) => {
    const current = async (person: Person) => (await person.must(session.getSession, { sessionId: 'current' })).body;
    const extend = (person: Person, sessionId = 'current') => person.call(session.updateSession, { sessionId });
    const absent = { status: 404, type: 'user_session_not_found' };

    it('begins its life anew', async () => {
      const ada = await way.member();
      const before = await current(ada);
      way.app.clock.turn(YEAR / 2);
      const { status, body } = await extend(ada);
      expect(status).toBe(200);
      expect(body).toEqual({ ...before, expire: expect.any(String), $updatedAt: expect.any(String) });
      expect(Date.parse(body.expire) - Date.parse(body.$updatedAt)).toBe(YEAR * 1_000);
      expect(Date.parse(body.$updatedAt) - Date.parse(before.$updatedAt)).toBeGreaterThanOrEqual((YEAR / 2) * 1_000);
      expect(await current(ada)).toEqual(body);
      way.app.clock.turn(YEAR - 60);
      expect((await ada.call(account.get)).status).toBe(200);
      way.app.clock.turn(61);
      expect((await ada.call(account.get)).status).toBe(401);
    });

    it('is extended by its id, from another device and by a JWT', async () => {
      const ada = await way.member();
      const phone = await ada.elsewhere().signIn();
      const { $id, expire } = await current(ada);
      way.app.clock.turn(60);
      const first = await extend(phone, $id);
      expect(first.body).toMatchObject({ $id, current: false });
      expect(Date.parse(first.body.expire) - Date.parse(expire)).toBeGreaterThanOrEqual(60_000);
      const { jwt } = (await phone.must(account.createJWT)).body;
      const bearer = way.stranger({ 'X-Appwrite-JWT': jwt });
      expect(await extend(bearer, $id)).toMatchObject({ status: 200, body: { $id } });
      expect(await extend(bearer)).toMatchObject(absent);
    });

    it('lives as long as its project gives', async () => {
      const ada = await (await new Person(way.app, way.transport, { project: 'short' }).signUp()).signIn();
      way.app.clock.turn(HOUR - 60);
      const { body } = await extend(ada);
      expect(Date.parse(body.expire) - Date.parse(body.$updatedAt)).toBe(HOUR * 1_000);
      way.app.clock.turn(HOUR - 60);
      expect((await ada.call(account.get)).status).toBe(200);
    });

    it('that has ended does not come back', async () => {
      const ada = await way.member();
      const phone = await ada.elsewhere().signIn();
      const { $id } = await current(phone);
      await phone.must(session.deleteSession, { sessionId: 'current' });
      expect(await extend(ada, $id)).toMatchObject(absent);
      way.app.clock.turn(YEAR + 1);
      expect(await extend(ada)).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    });

    it('that ran out is not extended from another device', async () => {
      const ada = await way.member();
      const { $id } = await current(ada);
      way.app.clock.turn(YEAR - 60);
      const phone = await ada.elsewhere().signIn();
      way.app.clock.turn(120);
      expect(await extend(phone, $id)).toMatchObject(absent);
      expect((await ada.call(account.get)).status).toBe(401);
    });

    it('of somebody else is not there, and stays as it is', async () => {
      const [ada, eve] = [await way.member(), await way.member()];
      const before = await current(ada);
      for (const id of [before.$id as string, 'nothing']) expect(await extend(eve, id)).toMatchObject(absent);
      expect(await current(ada)).toEqual(before);
      expect(await extend(way.stranger(), before.$id)).toMatchObject({ status: 401, type: 'general_unauthorized_scope' });
    });

    it('is extended ten times an hour', async () => {
      toNextWindow(way.app);
      const ada = await way.member();
      for (let times = 9; times >= 0; times -= 1) {
        const { status, headers } = await extend(ada);
        expect([status, headers.get('x-ratelimit-remaining')]).toEqual([200, String(times)]);
      }
      expect(await extend(ada)).toMatchObject({ status: 429, type: 'general_rate_limit_exceeded' });
      way.app.clock.turn(HOUR);
      expect((await extend(ada)).status).toBe(200);
    });
  },
  { projects: { projects } },
);

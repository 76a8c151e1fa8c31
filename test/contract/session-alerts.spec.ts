import { sessionOperations as session } from '../../src/modules/sessions';
import { tokenOperations as token } from '../../src/modules/tokens';
import { DEFAULT_PROJECTS } from '../support/app';
import type { Person } from '../support/person';
import { everyWay } from '../support/ways';

const [project] = DEFAULT_PROJECTS.projects;
const projects = {
  projects: [
    { ...project, auth: { sessionAlerts: true, maxSessions: 1 } },
    { ...project, id: 'quiet' },
  ],
};
const CHROME = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36' };
const alert = /^Security alert: new session/;

everyWay(
  'alerts of new sessions',
  (way) => {
    const alertsTo = async ({ email }: Person) => (await way.app.inbox.all()).filter(({ to, subject }) => to === email && alert.test(subject));

    it('go out when somebody signs in by password who has a session already, whether or not that one stays', async () => {
      const ada = await way.member();
      const { email, password } = ada;
      await ada.elsewhere().must(session.createEmailPasswordSession, { email, password }, CHROME);
      const { subject, text, html } = await way.app.inbox.newest(ada.email);
      expect(subject).toBe(`Security alert: new session on your ${project.name} account`);
      for (const part of [text, html]) expect(part).toContain('Chrome 131');
      expect(text).toMatch(/IP address: \S+/);
    });

    it('do not go out for a first session', async () => {
      const ada = await way.member();
      const bob = await way.member();
      await bob.elsewhere().signIn();
      // Bob's has arrived, so Ada's would have.
      await way.app.inbox.newest(bob.email);
      expect(await alertsTo(ada)).toEqual([]);
    });

    it('do not go out to whom the mailbox itself let in', async () => {
      const ada = await way.member();
      await ada.must(token.createEmailToken, { userId: 'unique()', email: ada.email });
      const secret = await way.app.inbox.code(ada.email);
      await ada.elsewhere().must(session.createSession, { userId: ada.userId, secret });
      const bob = await way.member();
      await bob.elsewhere().signIn();
      await way.app.inbox.newest(bob.email);
      expect(await alertsTo(ada)).toEqual([]);
    });

    it('do not go out where the project does not ask for them', async () => {
      const headers = { 'X-Appwrite-Project': 'quiet' };
      const ada = await (await way.stranger(headers).signUp()).signIn();
      const { email, password } = ada;
      await ada.elsewhere().must(session.createEmailPasswordSession, { email, password }, headers);
      const bob = await way.member();
      await bob.elsewhere().signIn();
      await way.app.inbox.newest(bob.email);
      expect(await alertsTo(ada)).toEqual([]);
    });
  },
  { projects },
);

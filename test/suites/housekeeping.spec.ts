import { Housekeeping } from '../../src/messaging/housekeeping';
import { accountOperations } from '../../src/modules/account';
import { sessionOperations } from '../../src/modules/sessions';
import { verificationOperations } from '../../src/modules/verification';
import { Database } from '../../src/infra/database/database';
import { everyWay } from '../support/ways';

const DAY = 24 * 3_600;

everyWay(
  'housekeeping',
  (way) => {
    const rows = async (table: string) => {
      const [{ total }] = await way.app.nest.get(Database).reader.query<{ total: number }[]>(`SELECT COUNT(*) AS total FROM ${table}`);
      return Number(total);
    };
    const clean = () => way.app.nest.get(Housekeeping, { strict: false }).run();

    it('removes what is over, and nothing that is not', async () => {
      const ada = await way.member();
      await ada.must(verificationOperations.createEmailVerification, { url: 'http://localhost/confirm' });
      await way.app.inbox.newest(ada.email);
      await clean();
      expect([await rows('sessions'), await rows('tokens'), await rows('outbox')]).toEqual([1, 1, 1]);
      expect((await ada.call(accountOperations.get)).status).toBe(200);

      way.app.clock.turn(8 * DAY + 10);
      await clean();
      expect([await rows('sessions'), await rows('tokens'), await rows('outbox')]).toEqual([1, 0, 0]);
      expect((await ada.call(sessionOperations.listSessions)).body.total).toBe(1);

      way.app.clock.turn(366 * DAY);
      await clean();
      expect(await rows('sessions')).toBe(0);
      expect(await rows('users')).toBe(1);
    });
  },
  { transports: ['rest'] },
);

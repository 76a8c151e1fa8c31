import type { Operation } from '../../src/contract/operation';
import { accountOperations as account } from '../../src/modules/account';
import { sessionOperations as session } from '../../src/modules/sessions';
import { verificationOperations as verification } from '../../src/modules/verification';
import type { Input, Person } from '../support/person';
import { everyWay } from '../support/ways';

interface Case {
  operation: Operation;
  key: string;
  /** A whole input that is accepted as far as parameters go. */
  input: () => Input;
  optional?: true;
  /** One step past each bound, and forms that are close but wrong. */
  refused: readonly unknown[];
  /** Exactly at each bound. */
  accepted: readonly unknown[];
  /** Values of another type than the parameter's. */
  wrong: readonly unknown[];
}

let number = 0;
const fresh = () => `p${Date.now().toString(36)}${++number}`;

const NO_TEXT = [42, 0, true, ['x'], {}, { $ne: '' }, { secret: 1 }];
const ids = { refused: ['', 'a'.repeat(37), '-a', '.a', '_a', 'a b', 'a/b', '../a', 'é', "a'--", 'a\n'], accepted: () => [`${fresh()}-${'b'.repeat(36)}`.slice(0, 36), `${fresh()}._-`, `Z${fresh()}`] };
const passwords = {
  refused: ['', '1234567', 'é'.repeat(3), 'a'.repeat(257), 'é'.repeat(129), 'a'.repeat(100_000)],
  accepted: ['12345678', 'é'.repeat(4), 'a'.repeat(256), 'é'.repeat(128), '        ', 'correct horse 🐎'],
};
const names = { refused: ['', 'a'.repeat(129), '🐎'.repeat(129), 'a\u0000b'], accepted: ['a', 'a'.repeat(128), '🐎'.repeat(128), '<b>{{name}}</b>\r\nBcc: x@example.com'] };
const emails = ['', 'ada', 'ada@', '@example.com', 'a da@example.com', 'ada@example.com,bob@example.com', 'Ada <ada@example.com>', 'ada@example.com\r\nBcc: eve@example.com', `${'a'.repeat(65)}@example.com`];
const full = () => ({ userId: 'unique()', email: `${fresh()}@example.com`, password: 'good password', name: 'Ada' });
const login = () => ({ email: 'nobody@example.com', password: 'good password' });
const confirm = () => ({ userId: 'nobody', secret: 'nothing' });

const CASES: Case[] = [
  { operation: account.create, key: 'userId', input: full, refused: ids.refused, accepted: ids.accepted(), wrong: NO_TEXT },
  { operation: account.create, key: 'email', input: full, refused: emails, accepted: [`${fresh()}@x.example`, `${fresh()}.é@example.com`], wrong: NO_TEXT },
  { operation: account.create, key: 'password', input: full, ...passwords, wrong: NO_TEXT },
  { operation: account.create, key: 'name', input: full, optional: true, ...names, wrong: NO_TEXT },
  { operation: account.updateName, key: 'name', input: () => ({ name: 'Ada' }), ...names, wrong: NO_TEXT },
  { operation: account.updatePrefs, key: 'prefs', input: () => ({ prefs: {} }), refused: [[1], ['a'], 42, true], accepted: [{}, { a: null }, { a: { b: [1, 'c'] } }], wrong: ['not JSON'] },
  { operation: account.createJWT, key: 'duration', input: () => ({}), optional: true, refused: [-1, 3_601], accepted: [0, 1, 3_600], wrong: ['900', 1.5, true, [900], {}] },
  { operation: session.createEmailPasswordSession, key: 'email', input: login, refused: emails, accepted: [], wrong: NO_TEXT },
  { operation: session.createEmailPasswordSession, key: 'password', input: login, refused: passwords.refused, accepted: [], wrong: NO_TEXT },
  { operation: verification.createEmailVerification, key: 'url', input: () => ({ url: 'http://localhost/' }), refused: ['', 'localhost', '/verify', `http://localhost/${'a'.repeat(2_032)}`], accepted: [`http://localhost/${'a'.repeat(2_031)}`], wrong: NO_TEXT },
  { operation: verification.updateEmailVerification, key: 'userId', input: confirm, refused: [...ids.refused, 'unique()'], accepted: [], wrong: NO_TEXT },
  { operation: verification.updateEmailVerification, key: 'secret', input: confirm, refused: ['', 'a'.repeat(257)], accepted: [], wrong: NO_TEXT },
];

everyWay(
  'parameters',
  (way) => {
    let ada: Person;
    beforeAll(async () => {
      ada = await way.member();
    });
    const caller = ({ access }: Operation) => (access === 'user' ? ada : way.stranger());
    const said = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 40);

    describe.each(CASES)('$key of $operation.name', ({ operation, key, input, optional, refused, accepted, wrong }) => {
      const call = (value: unknown) => caller(operation).call(operation, { ...input(), [key]: value });

      it('is refused one step past each bound and in every malformed spelling', async () => {
        for (const value of refused) {
          const { status, type, body } = await call(value);
          expect([said(value), status, type]).toEqual([said(value), 400, 'general_argument_invalid']);
          expect(body.message).toContain(key);
        }
      });

      it('is refused when it is of another type', async () => {
        for (const value of wrong) {
          const { status, type } = await call(value);
          expect([said(value), status, type]).toEqual([said(value), 400, way.transport === 'graphql' ? 'general_bad_request' : 'general_argument_invalid']);
        }
      });

      if (accepted.length) {
        it('is accepted exactly at each bound', async () => {
          for (const value of accepted) {
            // Both transports and engines share the table: an id or address may be taken by now, which is past the checks.
            const { status, type } = await call(value);
            expect([said(value), type === 'user_already_exists' ? operation.status : status]).toEqual([said(value), operation.status]);
          }
        });
      }

      it(optional ? 'may be missing or null' : 'may be neither missing nor null', async () => {
        const { [key]: _, ...without } = input();
        const missing = await caller(operation).call(operation, without);
        const empty = await call(null);
        const expected = optional ? operation.status : 400;
        expect([missing.status, empty.status]).toEqual([expected, expected]);
        if (!optional && way.transport === 'rest') expect(missing.body.message).toBe(`Param "${key}" is not optional.`);
      });
    });

    it.each([session.getSession, session.deleteSession])('the id that $name takes is checked as ids are', async (operation) => {
      for (const sessionId of ['a'.repeat(37), '-a', '..%2f', '../x', "current'--"]) {
        expect(await ada.call(operation, { sessionId })).toMatchObject({ status: 400, type: 'general_argument_invalid' });
      }
    });
  },
  { env: { RATE_LIMITS: 'off' } },
);

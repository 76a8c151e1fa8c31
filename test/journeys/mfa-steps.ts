import type fc from 'fast-check';
import type { Operation } from '../../src/contract/operation';
import { mfaOperations as mfa } from '../../src/modules/mfa';
import { sessionOperations as session } from '../../src/modules/sessions';
import type { Answer, Input } from '../support/person';
import type { Asked, AskedFactor, Ledger } from './mfa-ledger';
import type { Showing, World } from './mfa-world';

export type Step = fc.AsyncCommand<Ledger, World>;

/** How often each step ended in which way: whoever runs them looks whether they went everywhere. */
export type Seen = Map<string, number>;

/** What ought to come of it, and what came. The ledger is changed by the step itself, only where it ought to succeed. */
type Outcome = { due: string | undefined; answer: Answer };

/** Every step, as something that a person at one of his devices does. */
export function stepsOf(seen: Seen) {
  function step(name: string, words: unknown[], run: (ledger: Ledger, world: World) => Promise<Outcome | void>, possible: (ledger: Ledger) => boolean = () => true): Step {
    return {
      check: possible,
      toString: () => `${name}(${words.join(', ')})`,
      async run(ledger, world) {
        const outcome = await run(ledger, world);
        if (outcome) {
          const { due = 'done', answer } = outcome;
          expect(`${name}: ${answer.type ?? 'done'}`).toBe(`${name}: ${due}`);
          seen.set(`${name}: ${due}`, (seen.get(`${name}: ${due}`) ?? 0) + 1);
        }
        await world.check(ledger);
      },
    };
  }

  /** A call that is refused for a reason, or succeeds and changes something. */
  async function call(world: World, device: number, operation: Operation, input: Input, due: string | undefined, effect: (answer: Answer) => void): Promise<Outcome> {
    const answer = await world.devices[device].call(operation, input);
    if (!due && !answer.type) effect(answer);
    return { due, answer };
  }

  const needsRecent = (ledger: Ledger, device: number) => (ledger.recent(device) ? undefined : 'user_challenge_required');

  const steps = {
    signIn: (device: number, by: 'password' | 'email') =>
      step(
        'signIn',
        [device, by],
        async (ledger, world) => {
          const { body } = await world.signIn(device, by);
          ledger.passes[device] = { id: body.$id, shown: new Set([by]) };
          if (by === 'email') ledger.mailProved = true;
        },
        ({ passes }) => !passes[device],
      ),

    switchMfa: (device: number, on: boolean) =>
      step(`switchMfa ${on ? 'on' : 'off'}`, [device], (ledger, world) => {
        const freely = on || ledger.mfa === on || ledger.held().length === 0;
        return call(world, device, mfa.updateMFA, { mfa: on }, ledger.gate(device) ?? (freely ? undefined : needsRecent(ledger, device)), () => {
          if (on && !ledger.mfa) for (const factor of ledger.held()) ledger.passes[device]!.shown.add(factor);
          ledger.mfa = on;
        });
      }),

    addApp: (device: number) =>
      step('addApp', [device], (ledger, world) =>
        call(world, device, mfa.createMFAAuthenticator, { type: 'totp' }, ledger.gate(device) ?? (ledger.app === 'verified' ? 'user_authenticator_already_verified' : undefined), ({ body }) => {
          ledger.app = 'waiting';
          world.newApp(body.secret as string);
        }),
      ),

    verifyApp: (device: number, right: boolean) =>
      step('verifyApp', [device, right], (ledger, world) => {
        const waiting = { none: 'user_authenticator_not_found', verified: 'user_authenticator_already_verified', waiting: right ? undefined : 'user_invalid_token' }[ledger.app];
        const shown = right && ledger.app === 'waiting' ? world.appCode(ledger) : { code: world.unshown(), spend: () => undefined };
        return call(world, device, mfa.updateMFAAuthenticator, { type: 'totp', otp: shown.code }, ledger.gate(device) ?? waiting, () => {
          ledger.app = 'verified';
          ledger.passes[device]!.shown.add('totp');
          shown.spend();
        });
      }),

    removeApp: (device: number, by: 'recent' | 'totp' | 'recoveryCode', showing: Showing) =>
      step(`removeApp by ${by}`, [device, showing], (ledger, world) => {
        const remove = (input: Input, due: string | undefined, spend: () => void) =>
          call(world, device, mfa.deleteMFAAuthenticator, { type: 'totp', ...input }, due, () => {
            ledger.app = 'none';
            world.newApp('');
            spend();
          });
        const barred = ledger.gate(device) ?? (ledger.app === 'none' ? 'user_authenticator_not_found' : undefined);
        if (by === 'recent') return remove({}, barred ?? needsRecent(ledger, device), () => undefined);

        const { otp, right, spend } = world.answerTo({ factor: by }, showing, ledger);
        const verdict = () => (showing === 'malformed' ? 'user_invalid_token' : (ledger.guess() ?? (right ? undefined : 'user_invalid_token')));
        return remove({ otp }, barred ?? verdict(), () => {
          ledger.forgive();
          spend();
        });
      }),

    createCodes: (device: number) =>
      step('createCodes', [device], (ledger, world) =>
        call(world, device, mfa.createMFARecoveryCodes, {}, ledger.gate(device) ?? (ledger.codes.length ? 'user_recovery_codes_already_exists' : undefined), ({ body }) => {
          ledger.codes = body.recoveryCodes as string[];
        }),
      ),

    replaceCodes: (device: number) =>
      step('replaceCodes', [device], (ledger, world) =>
        call(world, device, mfa.updateMFARecoveryCodes, {}, ledger.gate(device) ?? needsRecent(ledger, device) ?? (ledger.codes.length ? undefined : 'user_recovery_codes_not_found'), ({ body }) => {
          expect(body.recoveryCodes).not.toEqual(expect.arrayContaining(ledger.codes));
          ledger.codes = body.recoveryCodes as string[];
        }),
      ),

    readCodes: (device: number) =>
      step('readCodes', [device], (ledger, world) =>
        call(world, device, mfa.getMFARecoveryCodes, {}, ledger.gate(device) ?? needsRecent(ledger, device) ?? (ledger.codes.length ? undefined : 'user_recovery_codes_not_found'), ({ body }) => {
          expect([...(body.recoveryCodes as string[])].sort()).toEqual([...ledger.codes].sort());
        }),
      ),

    ask: (device: number, factor: AskedFactor) =>
      step(`ask ${factor}`, [device], async (ledger, world) => {
        const pass = ledger.passes[device];
        const missing = { totp: undefined, recoveryCode: undefined, email: ledger.mailProved ? undefined : 'user_email_not_verified', phone: 'user_phone_not_found' }[factor];
        const due = pass ? missing : 'general_unauthorized_scope';
        const { answer, code } = await world.ask(device, factor, factor === 'email' && !due);
        if (!due && !answer.type) {
          for (const earlier of ledger.asked) if (earlier.sessionId === pass!.id && earlier.factor === factor) earlier.over = true;
          ledger.asked.push({ id: answer.body.$id as string, sessionId: pass!.id, factor, since: ledger.minute, over: false, tries: 0, code });
        }
        return { due, answer };
      }),

    /** @param whose latest: of the device's own; over: the latest of them that was answered or replaced; otherwise any that ever was, by number */
    answer: (device: number, whose: 'latest' | 'over' | number, showing: Showing) => {
      const pick = ({ asked, passes }: Ledger): Asked | undefined =>
        typeof whose === 'number' ? asked[whose % asked.length] : asked.findLast(({ sessionId, over }) => sessionId === passes[device]?.id && (whose === 'latest' || over));
      return step(
        `answer ${typeof whose === 'number' ? 'any' : whose} ${showing}`,
        [device, whose],
        (ledger, world) => {
          const asked = pick(ledger)!;
          const { otp, right, spend } = world.answerTo(asked, showing, ledger);
          const verdict = () => (!ledger.open(device, asked) || showing === 'malformed' ? 'user_invalid_token' : (ledger.guess(asked) ?? (right ? undefined : 'user_invalid_token')));
          const due = ledger.passes[device] ? verdict() : 'general_unauthorized_scope';
          return call(world, device, mfa.updateMFAChallenge, { challengeId: asked.id, otp }, due, ({ body }) => {
            const pass = ledger.passes[device]!;
            pass.shown.add(asked.factor);
            pass.answeredAt = ledger.minute;
            asked.over = true;
            ledger.forgive();
            spend();
            expect([...(body.factors as string[])].sort()).toEqual([...pass.shown].sort());
          });
        },
        (ledger) => pick(ledger) !== undefined,
      );
    },

    endSession: (device: number, of: number) =>
      step(
        device === of ? 'endSession of its own' : 'endSession of another',
        [device, of],
        (ledger, world) => {
          const own = ledger.passes[device] ? undefined : 'general_unauthorized_scope';
          return call(world, device, session.deleteSession, { sessionId: ledger.passes[of]!.id }, device === of ? own : ledger.gate(device), () => {
            ledger.passes[of] = undefined;
          });
        },
        ({ passes }) => passes[of] !== undefined,
      ),

    turn: (minutes: number) => step('turn', [minutes], async (ledger, world) => world.turn(ledger, minutes)),
  };

  /** Steps that lead somewhere together, and by chance alone seldom come in this order. */
  function inRow(name: string, words: unknown[], row: Step[]): Step {
    return {
      check: () => true,
      toString: () => `${name}(${words.join(', ')})`,
      async run(ledger, world) {
        for (const each of row) if (each.check(ledger)) await each.run(ledger, world);
      },
    };
  }

  return {
    ...steps,
    challenge: (device: number, factor: AskedFactor, showing: Showing) => inRow('challenge', [device, factor, showing], [steps.ask(device, factor), steps.answer(device, 'latest', showing)]),
    /** Tries codes until there are no more tries, and then the right one. */
    search: (device: number, factor: AskedFactor) => inRow('search', [device, factor], [steps.ask(device, factor), ...Array<Step>(5).fill(steps.answer(device, 'latest', 'wrong')), steps.answer(device, 'latest', 'right')]),
  };
}

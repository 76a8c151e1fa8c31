import fc from 'fast-check';
import { type Engine, startApp, type TestApp } from '../support/app';
import { Ledger } from './mfa-ledger';
import { type Seen, type Step, stepsOf } from './mfa-steps';
import { World } from './mfa-world';

/** Milliseconds in which a failure is made smaller; the runs themselves take less. */
const PATIENCE = 90_000;
const RUNS = 30;

/** Ways in which steps end that every run comes by a dozen times and more. One that is missing says that the steps no longer lead there. */
const CORNERS = [
  /^ask totp: done/,
  /^ask email: user_email_not_verified/,
  /^answer latest right: done/,
  /^answer latest right: general_rate_limit_exceeded/,
  /^answer latest wrong: user_invalid_token/,
  /^answer \w+ stale: user_invalid_token/,
  /^verifyApp: done/,
  /^(read|replace)Codes: done/,
  /^\w+Codes: user_challenge_required/,
  /: user_more_factors_required/,
  /: general_unauthorized_scope/,
];

const device = fc.constantFrom(0, 0, 1, 1, 2);
const showing = fc.constantFrom('right' as const, 'right' as const, 'wrong' as const, 'stale' as const, 'malformed' as const);
const factor = fc.constantFrom('totp' as const, 'email' as const, 'recoveryCode' as const);

/** Those that lead somewhere come more often. */
function anyStep(steps: ReturnType<typeof stepsOf>): fc.Arbitrary<Step>[] {
  const often = <Each>(times: number, each: Each) => Array<Each>(times).fill(each);
  return [
    ...often(2, fc.tuple(fc.nat(2), fc.constantFrom('password' as const, 'email' as const)).map((words) => steps.signIn(...words))),
    ...often(2, fc.tuple(device, fc.boolean()).map((words) => steps.switchMfa(...words))),
    device.map(steps.addApp),
    ...often(2, fc.tuple(device, fc.constantFrom(true, true, false)).map((words) => steps.verifyApp(...words))),
    ...often(2, fc.tuple(device, fc.constantFrom('recent' as const, 'totp' as const, 'recoveryCode' as const), showing).map((words) => steps.removeApp(...words))),
    device.map(steps.createCodes),
    ...often(2, device.map(steps.replaceCodes)),
    ...often(2, device.map(steps.readCodes)),
    ...often(2, fc.tuple(device, factor).map((words) => steps.ask(...words))),
    device.map((nth) => steps.ask(nth, 'phone')),
    ...often(4, fc.tuple(device, factor, fc.constantFrom('right' as const, 'right' as const, 'stale' as const)).map((words) => steps.challenge(...words))),
    fc.tuple(device, factor).map((words) => steps.search(...words)),
    fc.tuple(device, fc.constant('over' as const), showing).map((words) => steps.answer(...words)),
    ...often(3, fc.tuple(device, fc.constant('latest' as const), showing).map((words) => steps.answer(...words))),
    fc.tuple(device, fc.nat(20), showing).map((words) => steps.answer(...words)),
    fc.tuple(device, device).map((words) => steps.endSession(...words)),
    ...often(2, fc.constantFrom(1, 1, 16, 31).map(steps.turn)),
  ];
}

/** How things stand before: the rest would seldom come about by chance. */
const beginnings = fc.record({ by: fc.constantFrom('password' as const, 'email' as const), app: fc.constantFrom('verified' as const, 'verified' as const, 'waiting' as const, 'none' as const), codes: fc.constantFrom(true, true, false), on: fc.constantFrom(true, true, false) });

describe.each<Engine>(['sqlite', 'mysql'])('second factors on %s, in any order of doing things', (engine) => {
  const seen: Seen = new Map();
  const steps = stepsOf(seen);
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp(engine, undefined, { RATE_LIMITS: 'off' });
  }, 60_000);
  afterAll(() => app?.stop());

  it(
    'let a session in when it has earned it, and never before',
    async () => {
      await fc.assert(
        fc.asyncProperty(beginnings, fc.commands(anyStep(steps), { maxCommands: 60, size: 'max' }), async ({ by, app: begun, codes, on }, commands) => {
          const [model, real] = [new Ledger(), await World.with(app)];
          const first = [
            steps.signIn(0, by),
            ...(begun === 'none' ? [] : [steps.addApp(0)]),
            ...(begun === 'verified' ? [steps.verifyApp(0, true)] : []),
            ...(codes ? [steps.createCodes(0)] : []),
            ...(on ? [steps.switchMfa(0, true)] : []),
            steps.signIn(1, 'password'),
          ];
          for (const step of first) await step.run(model, real);
          await fc.asyncModelRun(() => ({ model, real }), commands);
        }),
        { numRuns: RUNS, interruptAfterTimeLimit: PATIENCE },
      );
    },
    PATIENCE + 30_000,
  );

  // Looks back at the runs above.
  it('went to every corner', () => {
    expect(CORNERS.filter((corner) => ![...seen.keys()].some((end) => corner.test(end)))).toEqual([]);
  });
});

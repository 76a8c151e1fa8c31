import { ENDS, everyInstallation, KEY, project } from '../oauth/installation';
import { newPerson } from '../oauth/person';
import { PROJECT } from '../support/app';
import { build, cli } from './command';

const ID = /^[0-9a-f]{20}$/;
const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown;
const ok = (step: string) => ({ at: time, step, outcome: 'ok' });

beforeAll(() => build(), 90_000);

everyInstallation('oauth trace', (fake) => [project(fake, ['github', 'google', 'oidc']), { id: 'other' }], (the) => {
  const run = (...args: string[]) => cli(the.ground, 'oauth', 'trace', ...args);
  const shown = async (id: string) => (await run(id, '--project', PROJECT, '--json')).json();
  /** The secrets of the installation, of the attempt and of the provider. */
  const secretsOf = (id: string) =>
    the.rows('oauth_attempts', 'id = ?', id).then(([{ verifier, nonce, browser_hash: browserHash }]) => [verifier, nonce, browserHash, the.ground.env.APP_SECRET, the.fake.registration('github').clientSecret].filter(Boolean) as string[]);

  it.each([
    ['token', [ok('start'), ok('callback'), { at: time, step: 'token', outcome: 'user_oauth2_bad_request', said: expect.stringMatching(/./) as unknown }]],
    ['user', [ok('start'), ok('callback'), ok('token'), { at: time, step: 'user', outcome: 'user_oauth2_bad_request', said: expect.stringMatching(/./) as unknown }]],
  ] as const)('tells where it failed, what went well before, and what the provider said: %s', async (step, steps) => {
    the.fake.signsIn('github', newPerson());
    the.fake.misbehaves('github', step, 'http400');
    const browser = the.browser();
    const { url } = await browser.signIn('github', ENDS);
    const id = url.searchParams.get('trace')!;
    expect(id).toMatch(ID);
    const ended = await run(id, '--project', PROJECT, '--json');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.json()).toEqual({ $id: id, project: PROJECT, provider: 'github', flow: 'session', begunAt: time, begunBy: 'browser', linksTo: '', outcome: 'failed', steps });

    const read = await run(id, '--project', PROJECT);
    expect(read).toMatchObject({ code: 0, stderr: '' });
    expect(read.stdout).toMatch(new RegExp(`^id +${id}\\nproject +${PROJECT}\\nprovider +github\\nflow +session\\nbegun +\\S+ by a browser\\nlinks to +–\\noutcome +failed\\n\\nstart +ok `));
    expect(read.stdout).toMatch(new RegExp(`^${step} +user_oauth2_bad_request \\S.* \\(\\S+\\)$`, 'm'));
    for (const secret of await secretsOf(id)) expect(ended.stdout + read.stdout).not.toContain(secret);
  });

  it('of a person who said no', async () => {
    the.fake.denies('github');
    const { url } = await the.browser().signIn('github', { flow: 'tokens', ...ENDS });
    const { flow, outcome, steps } = await shown(url.searchParams.get('trace')!);
    expect({ flow, outcome, steps }).toEqual({ flow: 'token', outcome: 'failed', steps: [ok('start'), { at: time, step: 'callback', outcome: 'user_oauth2_provider_error', said: expect.stringContaining('access_denied') as unknown }] });
  });

  it('of a provider that could not be found when it began', async () => {
    the.fake.misbehaves('oidc', 'discovery', 'http500');
    const arrived = await the.browser().signIn('oidc', ENDS);
    expect(await shown(arrived.url.searchParams.get('trace')!)).toMatchObject({ provider: 'oidc', outcome: 'failed', steps: [ok('start'), { step: 'discovery' }] });
  });

  it('of one that went well, and that a second callback takes nothing from', async () => {
    const person = newPerson();
    the.fake.signsIn('github', person);
    const browser = the.browser();
    const sent = await the.halfway(browser, 'github');
    const cookies = new Map(browser.cookies);
    expect((await the.comeBack(browser, 'github', sent)).error).toBeUndefined();
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect((await the.comeBack(browser, 'github', sent)).error).toMatchObject({ type: 'user_oauth2_bad_request' });
    const view = await shown(sent.state.split('.')[0]);
    expect(view).toMatchObject({ outcome: 'signed in', steps: [...['start', 'callback', 'token', 'user', 'account'].map(ok), { outcome: 'user_oauth2_bad_request' }] });
    expect(JSON.stringify(view)).not.toContain(sent.code);
  });

  it('of one under way, one that never came back, and one that a server began for somebody signed in', async () => {
    const browser = the.browser();
    const { state } = await the.halfway(browser, 'google');
    const id = state.split('.')[0];
    expect(await shown(id)).toMatchObject({ outcome: 'open', steps: [ok('start')] });
    // The command reads the machine's clock, which no test turns: what is old for it began earlier.
    the.app.clock.turn(-601);
    const earlier = (await the.halfway(the.browser(), 'google')).state.split('.')[0];
    expect(await shown(earlier)).toMatchObject({ outcome: 'abandoned', steps: [ok('start')] });
    the.app.clock.back();
    const begun = await fetch(`${the.app.url}/v1/account/tokens/oauth2/google`, { redirect: 'manual', headers: { 'X-Appwrite-Project': PROJECT, 'X-Appwrite-Key': KEY } });
    const byServer = new URL(begun.headers.get('location')!).searchParams.get('state')!.split('.')[0];
    expect(await shown(byServer)).toMatchObject({ flow: 'token', begunBy: 'server', outcome: 'open' });
  });

  it.each(['f'.repeat(20), 'not an id'])('says that there is none: %s', async (id) => {
    expect(await run(id, '--project', PROJECT, '--json')).toMatchObject({ code: 1, stdout: '', stderr: `project ${PROJECT} has no sign-in ${id}; they are kept for two weeks\n` });
  });

  it('wants to know which project, and looks there only', async () => {
    const id = (await the.halfway(the.browser(), 'google')).state.split('.')[0];
    expect(await run(id, '--project', 'other')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`project other has no sign-in ${id}`) as unknown });
    expect(await run(id)).toMatchObject({ code: 2, stderr: `say which project with --project: ${PROJECT}, other\n` });
    expect(await run('--project', PROJECT)).toMatchObject({ code: 2, stdout: '' });
  });
});

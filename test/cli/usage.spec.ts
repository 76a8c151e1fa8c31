import { DEFAULT_PROJECTS, type Ground, prepare, PROJECT } from '../support/app';
import { build, cli } from './command';

const PROJECTS = { projects: [...DEFAULT_PROJECTS.projects, { id: 'other' }] };

describe('a command line', () => {
  let ground: Ground;
  beforeAll(async () => {
    build();
    ground = await prepare('sqlite', PROJECTS);
  }, 90_000);
  afterAll(() => ground?.release());

  it.each([
    ['too little', ['show', '--project', PROJECT]],
    ['too much', ['show', 'a', 'b', '--project', PROJECT]],
    ['an unknown option', ['show', 'a', '--loud']],
    ['an unknown command', ['frobnicate']],
    ['no command', []],
    ['a file that is not there', ['import', '/nowhere/to/be/found.json', '--project', PROJECT]],
    ['what is nearly an address', ['show', 'a@b@c', '--project', PROJECT]],
    ['what is nearly a number', ['block', '+12', '--project', PROJECT]],
    ['a deletion that nobody can confirm', ['delete', 'a', '--project', PROJECT]],
  ])('with %s is wrong usage', async (_, args) => {
    const ended = await cli(ground, 'users', ...args);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).not.toBe('');
  });

  it('names a project, unless there is only one', async () => {
    expect(await cli(ground, 'users', 'show', 'a', '--project', 'none')).toMatchObject({ code: 2, stderr: 'no project none; there are: default, other\n' });
    expect(await cli(ground, 'users', 'show', 'a')).toMatchObject({ code: 2, stderr: 'say which project with --project: default, other\n' });
    const single = { env: { ...ground.env, PROJECTS_FILE: '' } };
    expect(await cli(single, 'users', 'show', 'a')).toMatchObject({ code: 1, stderr: 'project default has no user a\n' });
  });

  it('may ask for help', async () => {
    expect(await cli(ground, 'users', '--help')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('import [options] <file>') });
  });

  it('does nothing with settings that are not in order', async () => {
    const wrong = { env: { ...ground.env, BCRYPT_COST: '99' } };
    expect(await cli(wrong, 'users', 'show', 'a', '--project', PROJECT)).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('BCRYPT_COST') });
  });
});

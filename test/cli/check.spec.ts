import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, cli } from './command';

describe('check', () => {
  let folder: string;
  beforeAll(() => {
    build();
    folder = mkdtempSync(join(tmpdir(), 'latchkey-check-'));
    mkdirSync(join(folder, 'shop/verification'), { recursive: true });
    writeFileSync(join(folder, 'shop/verification/en.json'), '{"subject":"Welcome"}');
  }, 90_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (projects: object[]) => {
    const PROJECTS_FILE = join(folder, 'projects.json');
    writeFileSync(PROJECTS_FILE, JSON.stringify({ projects }));
    return cli({ env: { PROJECTS_FILE, DATA_DIR: join(folder, 'data') } }, 'check');
  };

  it('takes a project’s own templates, found from its file', async () => {
    expect(await check([{ id: 'shop', templates: './shop' }])).toMatchObject({ code: 0, stdout: 'settings are in order; projects: shop\n' });
  });

  it('tells faults of templates among all the others', async () => {
    mkdirSync(join(folder, 'club/recovry'), { recursive: true });
    mkdirSync(join(folder, 'club/recovery'));
    writeFileSync(join(folder, 'club/recovery/text.hbs'), '{{t.body}}');
    const { code, stderr } = await check([
      { id: 'shop', templates: './shop', plattforms: [] },
      { id: 'club', templates: './club' },
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('  - projects[0].plattforms: is not a known field');
    expect(stderr).toContain('  - projects[1].templates: recovry: is no folder of templates; known are verification');
    expect(stderr).toContain('  - projects[1].templates: recovery/text.hbs: does not print its link; write {{link redirect}}');
    expect(stderr.match(/templates:/g)).toHaveLength(2);
  });
});

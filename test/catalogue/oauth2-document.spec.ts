import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProjects } from '../../src/config/projects';
import { ERRORS } from '../../src/contract/errors';
import { PROVIDERS, readRegistration } from '../../src/modules/oauth';
import { callbackOf } from '../../src/modules/sessions';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/oauth2.md'), 'utf8');
const blocks = (language: string) => [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block);

describe('the page on OAuth2', () => {
  it('shows a card as it is', () => {
    expect(blocks('ts')).toEqual([readFileSync(join(root, 'src/modules/oauth/providers/discord.ts'), 'utf8')]);
  });

  it('counts the providers', () => {
    expect(page).toContain(`${Object.keys(PROVIDERS).length} providers are built in`);
  });

  it('shows a projects file that is taken', () => {
    const directory = mkdtempSync(join(tmpdir(), 'latchkey-page-'));
    const [file, ...others] = blocks('yaml');
    expect(others).toEqual([]);
    writeFileSync(join(directory, 'projects.yaml'), file);
    const environment = { DISCORD_SECRET: 'a', OKTA_SECRET: 'b', STAFF_SECRET: 'c' };
    const { projects, faults } = readProjects(join(directory, 'projects.yaml'), environment, { operations: new Map(), templates: () => [], registration: readRegistration });
    rmSync(directory, { recursive: true });
    expect(faults).toEqual([]);
    expect(Object.keys(projects[0].oauth)).toEqual(['discord', 'okta', 'staff']);
    expect(page).toContain(callbackOf('https://auth.example.com', 'discord', projects[0].id));
  });

  it('names errors that there are', () => {
    const named = [...page.matchAll(/`((?:user|general|project)_\w+)`/g)].map(([, type]) => type);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((type) => !(type in ERRORS))).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './child';
import { PASSWORD, Person } from './people';
import { OTHER_CORE, SERVER_CORE } from './pin';
import { PEER_SECRET, peerToken } from './requests';
import { multiply, Plan } from './seed';

const HOME = join(__dirname, 'peer');
const SERVER = join(HOME, 'server.mjs');
const ACCOUNT = { email: 'template@bench.example', password: PASSWORD, name: 'Person' };

/** `npm ci` in the peer's own folder, unless what its lock asks for is already there. */
export function installPeer(): void {
  if (isInstalled()) return;
  console.log('Installing the peer (npm ci in bench/peer) …');
  const { status } = spawnSync('npm', ['ci', '--prefix', HOME, '--no-audit', '--no-fund'], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The peer could not be installed. Run the bench without it: --no-peer');
}

export async function preparePeer(databaseUrl: string, people: Person[]): Promise<void> {
  const child = new Child({
    name: 'peer-prepare',
    cores: OTHER_CORE,
    args: [SERVER, '--prepare'],
    env: { ...settings(databaseUrl), PEER_ACCOUNT: JSON.stringify(ACCOUNT) },
  });
  const { id, token } = await child.hear<{ id: string; token: string }>((message) => 'ready' in message, 60_000);
  await child.stop();
  await multiply(databaseUrl, plans(id, token), people);
}

export const startPeer = (databaseUrl: string): Promise<Child> =>
  new Child({ name: 'peer', cores: SERVER_CORE, args: [SERVER], env: settings(databaseUrl) }).ready();

const settings = (databaseUrl: string) => ({
  NODE_ENV: 'production',
  DATABASE_URL: databaseUrl,
  PEER_SECRET,
  BETTER_AUTH_TELEMETRY: '0',
});

const plans = (userId: string, token: string): Plan[] => {
  const owner = (person: Person) => ({ [userId]: person.id, [ACCOUNT.email]: person.email });
  return [
    { table: 'user', copies: (_, person) => [owner(person)] },
    { table: 'account', copies: ({ id }, person) => [{ ...owner(person), [String(id)]: `${person.id}-password` }] },
    {
      table: 'session',
      copies: ({ id }, person) =>
        person.sessions.map((session) => ({
          ...owner(person),
          [String(id)]: session.id,
          [token]: peerToken(session.secret),
        })),
    },
  ];
};

function isInstalled(): boolean {
  const version = (path: string) => JSON.parse(readFileSync(path, 'utf8')).version as string;
  const installed = join(HOME, 'node_modules', 'better-auth', 'package.json');
  const { dependencies } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8'));
  return existsSync(installed) && version(installed) === dependencies['better-auth'];
}

// `npm install` leaves optional packages of other platforms out of the lock where the registry in reach
// does not carry them, and `npm ci` then refuses that lock. This adds the entries npm would have written,
// platform taken from the package's name, so that one lock holds on every platform.
// Run it after each `npm install`; it changes nothing when the lock is complete.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const OS = ['darwin', 'linux', 'win32', 'freebsd', 'android', 'openharmony'];
const CPU = ['arm64', 'x64', 'ia32', 'ppc64', 's390x', 'loong64', 'riscv64', 'wasm32'];
let added = 0;

for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (Object.keys(lock.packages).some((other) => other === `node_modules/${name}` || other.endsWith(`/node_modules/${name}`))) continue;
    const words = name.split(/[-/]/);
    const os = words.find((word) => OS.includes(word));
    const cpu = words.find((word) => CPU.includes(word)) ?? (words.includes('arm') ? 'arm' : undefined);
    const version = range.replace(/^[\^~]/, '');
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(entry.dev && { dev: true }),
      optional: true,
      ...(os && { os: [os] }),
      ...(words.some((word) => word.includes('musl')) && { libc: ['musl'] }),
    };
    added += 1;
    console.log(`added ${name}@${version} (optional of ${path || 'the project'})`);
  }
}

const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
if (added) writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
console.log(added ? `${added} entries added` : 'the lock is complete');

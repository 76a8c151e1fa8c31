/** The ceiling of a sign-in: the same hash in a loop, as many at once as there are cores. Started once, asked often. */
import { compare, hash } from 'bcrypt';
import { cpuMicros } from './pin';

export interface Spell {
  cost: number;
  atOnce: number;
  seconds: number;
}

async function hashing({ cost, atOnce, seconds }: Spell) {
  const stored = await hash('correct horse battery staple', cost);
  const began = performance.now();
  const cpuBefore = cpuMicros(process.pid);
  const until = began + seconds * 1000;
  let requests = 0;
  let last = began;
  const lane = async () => {
    while (performance.now() < until) {
      await compare('correct horse battery staple', stored);
      requests++;
      last = performance.now();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  const perSecond = requests / ((last - began) / 1000);
  return { requests, perSecond, cpuPerRequest: (cpuMicros(process.pid) - cpuBefore) / requests };
}

process.on('message', (spell: Spell) => void hashing(spell).then((figures) => process.send?.(figures)));
process.on('disconnect', () => process.exit());
process.send?.({ ready: true });

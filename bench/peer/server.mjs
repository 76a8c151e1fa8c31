// better-auth as its documentation sets it up, on the bench's database. No rate limit and no cookie cache: the product
// reads its database on every request too. `--prepare` makes the tables and one account, and ends.
import { createServer } from 'node:http';

import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins/jwt';
import { createPool } from 'mysql2/promise';

const options = (port) => ({
  database: createPool({ uri: process.env.DATABASE_URL, timezone: 'Z', connectionLimit: 20 }),
  secret: process.env.PEER_SECRET,
  baseURL: `http://localhost:${port}`,
  emailAndPassword: { enabled: true },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  session: { cookieCache: { enabled: false } },
  logger: { level: 'error' },
  plugins: [jwt({ disableSettingJwtHeader: true })],
});

if (process.argv.includes('--prepare')) {
  const settings = options(0);
  await (await getMigrations(settings)).runMigrations();
  const { user, token } = await betterAuth(settings).api.signUpEmail({ body: JSON.parse(process.env.PEER_ACCOUNT) });
  await settings.database.end();
  process.send({ ready: true, id: user.id, token }, () => process.disconnect());
} else {
  let handle;
  const server = createServer((request, response) => handle(request, response));
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    handle = toNodeHandler(betterAuth(options(port)));
    process.send({ ready: true, port });
  });
  process.on('disconnect', () => process.exit());
}

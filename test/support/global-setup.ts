import { startServices, Unobtainable } from './services';

/** Starts the servers once; the workers inherit their addresses. */
export default async function setUp(): Promise<void> {
  try {
    const services = await startServices();
    process.env.TEST_DATABASE_URL = services.databaseUrl;
    process.env.TEST_REDIS_URL = services.redisUrl;
    globalThis.startedServices = services;
  } catch (error) {
    if (!(error instanceof Unobtainable)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

declare global {
  // Jest loads setup and teardown apart: the global object is all they share.
   
  var startedServices: import('./services').Services | undefined;
}

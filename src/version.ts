import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of this build, from package.json one folder up, in `src` as in `dist`. */
export const VERSION = (JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as { version: string }).version;

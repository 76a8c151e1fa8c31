import { availableParallelism } from 'node:os';

// First import of each process that hashes: libuv reads this once, when its pool is first used, and has four threads
// unless told. A hash a core runs at a time, and files and look-ups need some of their own.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism() + 2));

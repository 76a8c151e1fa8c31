/**
 * Keeps one server alive exactly as long as the process that asked for it. The pipe on stdin
 * closes however that process ends, SIGKILL included, so no server and no folder is left behind.
 */
const { spawn, spawnSync } = require('node:child_process');
const { rmSync } = require('node:fs');

const { steps, farewell, folder } = JSON.parse(process.argv[2]);
let ending = false;
let server;

function run([[command, ...args], ...later]) {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
  if (later.length === 0) server = child;
  child.on('error', (error) => {
    console.error(error.message);
    leave(1);
  });
  child.on('exit', (code) => (later.length > 0 && code === 0 && !ending ? run(later) : leave(code ?? 1)));
}

// A preparing step is short and is let finish; the server has nothing worth saving.
function end() {
  ending = true;
  server?.kill('SIGKILL');
}

function leave(code) {
  if (farewell) spawnSync(farewell[0], farewell.slice(1), { stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  process.exit(code);
}

process.stdin.on('end', end).on('error', end).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
// Nobody may be left to read what the server says.
process.stderr.on('error', end);
run(steps);

// Loaded before the product: ends the process with the test that started it, however that test ends.
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).on('error', () => {}).resume();
process.stdin.unref();

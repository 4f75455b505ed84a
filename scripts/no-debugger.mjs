// Node's own answer to SIGUSR1 is to open a debugger: also in the process that only waits for the server, and may read
// the same files.
process.on('SIGUSR1', () => undefined);

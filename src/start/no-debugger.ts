// Node's own answer to SIGUSR1 is to open a debugger, through which every secret of the process could be read. Imported
// before everything else, so that hardly a moment is left in which it would; where Node has `--disable-sigusr1`, the
// server is started with it, and none is.
process.on('SIGUSR1', () => undefined);

import type { ListenerConfiguration } from '../../config/configuration.js';

/** Where log lines go instead of standard output. */
export interface LogSink {
  write(line: string): void;
}

/** Pino's options: one JSON line each, no headers, bodies or queries of any request. */
export function logOptions(
  { logLevel }: Pick<ListenerConfiguration, 'logLevel'>,
  sink?: LogSink,
): { level: string; stream?: LogSink; serializers: Record<string, () => undefined> } {
  return {
    level: logLevel,
    ...(sink === undefined ? {} : { stream: sink }),
    // A request or reply object that is logged by mistake, by a library for example, leaves nothing.
    serializers: { req: () => undefined, res: () => undefined },
  };
}

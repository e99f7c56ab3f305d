import { destination, type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;

const secretPaths = [
  'password',
  'secret',
  'token',
  'key',
  'authorization',
  'cookie',
  '*.password',
  '*.secret',
  '*.token',
  '*.authorization',
  '*.cookie',
];

/** Structured logs on standard error, so that standard output stays free for the ready line and for JSON answers. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, redact: { paths: secretPaths, censor: '[hidden]' }, timestamp: pino.stdTimeFunctions.isoTime },
    destination(2),
  );
}

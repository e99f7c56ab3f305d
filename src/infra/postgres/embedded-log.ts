/** The part of a logger that is needed here; pino's fits. */
export interface EmbeddedLog {
  info(message: string): void;
  warn(message: string): void;
}

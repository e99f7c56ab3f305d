import type { Client } from '#client/client.ts';

/** What every command is given: a client that is connected on first use, and one way to print. */
export interface Cli {
  /** Connects to the server (starting the database for this one command where that is allowed). */
  client(): Promise<Client>;
  /** The same connection, acting in the workspace named; for commands about a workspace that is not the default one. */
  clientIn(workspace: string): Promise<Client>;
  /** Prints what the API returned: with --json as one JSON value, else as `text` writes it for a person. */
  print<Value>(value: Value, text: (value: Value) => string): void;
  /** A line for the person who waits, on standard error; nothing with --json. */
  tell(line: string): void;
  isJson(): boolean;
}

/** Lines up columns for a person; numbers to the right. */
export function table(heads: string[], rows: (string | number | null)[][]): string {
  if (rows.length === 0) return 'Nothing found.';
  const cells = [heads, ...rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))))];
  const widths = heads.map((_, at) => Math.max(...cells.map((row) => [...(row[at] ?? '')].length)));
  const isNumber = heads.map((_, at) => rows.every((row) => typeof row[at] === 'number' || row[at] === null));
  const line = (row: string[]) =>
    row
      .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return cells.map(line).join('\n');
}

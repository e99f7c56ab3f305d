/** A cell of a file: text of a table, or a typed value of JSON or a spreadsheet. */
export type Cell = string | number | boolean | null;

export type CellResult =
  | { ok: true; value: string | number | boolean | string[] | null }
  | { ok: false; message: string };

/** The seven kinds of failure a caller can meet, and the HTTP status each one becomes. One table, no second one. */
export const statusOfKind = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_many: 429,
  unavailable: 503,
} as const;

export type ErrorKind = keyof typeof statusOfKind;

/** Where in the caller's input the fault lies: a field path, a row number of a file, or both. */
export interface ErrorDetail {
  field?: string;
  row?: number;
  message: string;
}

export interface ErrorBody {
  code: string;
  message: string;
  details: ErrorDetail[];
  requestId: string | null;
}

/** A fault the caller can fix or must know of. Anything else is a crash of that request. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  /** `<module>.<what>`, stable for programs. */
  readonly code: string;
  readonly details: ErrorDetail[];

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetail[] = []) {
    super(message);
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/**
 * Declares a module's error codes and their kinds; the returned function makes the error to throw.
 * An undeclared code does not compile. Message: what happened, with the value, and what to do.
 */
export function defineErrors<const Codes extends Record<string, ErrorKind>>(module: string, codes: Codes) {
  return (code: keyof Codes & string, message: string, details: ErrorDetail[] = []): AppError => {
    const kind = codes[code];
    if (kind === undefined) throw new Error(`Undeclared error code ${module}.${code}`);
    return new AppError(kind, `${module}.${code}`, message, details);
  };
}

/** The one answer for a thing that is absent or belongs to another workspace: byte for byte the same. */
export function notFound(thing: string): AppError {
  return new AppError('not_found', 'not_found', `No such ${thing}.`);
}

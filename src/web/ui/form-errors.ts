import { AppError } from '#kernel/errors.ts';

export interface FormErrors {
  /** By field path, as Mantine's `form.setErrors` takes them. */
  fields: Record<string, string>;
  /** What belongs to no field, for the top of the form. */
  form: string | null;
}

/** Sorts a failure into field errors and one sentence for the form. `known` lists the form's field paths. */
export function toFormErrors(error: unknown, known: readonly string[]): FormErrors {
  if (!(error instanceof AppError)) return { fields: {}, form: messageOf(error) };
  const fields: Record<string, string> = {};
  const rest: string[] = [];
  for (const detail of error.details) {
    if (detail.field !== undefined && known.includes(detail.field)) fields[detail.field] ??= detail.message;
    else rest.push(detail.field === undefined ? detail.message : `${detail.field}: ${detail.message}`);
  }
  const explained = Object.keys(fields).length > 0 && rest.length === 0;
  return { fields, form: explained ? null : [error.message, ...rest].join(' ') };
}

/** The paths of a form's fields, those within objects too: `address`, `address.postcode`. */
export function fieldPaths(values: object, before = ''): string[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `${before}${key}`;
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isGroup ? [path, ...fieldPaths(value, `${path}.`)] : [path];
  });
}

export function messageOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  if (error instanceof TypeError) return 'The server cannot be reached. Check that it runs, then try again.';
  return error instanceof Error ? error.message : String(error);
}

export function codeOf(error: unknown): string | null {
  return error instanceof AppError ? error.code : null;
}

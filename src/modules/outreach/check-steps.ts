import type { ErrorDetail } from '#kernel/errors.ts';
import type { Step } from './api.ts';
import { outreachError } from './errors.ts';
import { readTemplate } from './rules/template.ts';

/** Refuses steps with a field that does not exist. Error: outreach.bad_template, naming step and field. */
export function checkSteps(steps: readonly Step[]): void {
  const details = steps.flatMap((step, index) => [
    ...faultsOf(step.subject ?? '', `steps.${index}.subject`),
    ...faultsOf(step.body, `steps.${index}.body`),
  ]);
  if (details.length > 0) throw badTemplate(details);
}

/** As checkSteps, for one mail. */
export function checkTemplate(mail: { subject?: string | undefined; body?: string | undefined }): void {
  const details = [...faultsOf(mail.subject ?? '', 'subject'), ...faultsOf(mail.body ?? '', 'body')];
  if (details.length > 0) throw badTemplate(details);
}

function faultsOf(text: string, field: string): ErrorDetail[] {
  return readTemplate(text).faults.map((fault) => ({ field, message: fault.message }));
}

function badTemplate(details: ErrorDetail[]) {
  return outreachError('bad_template', `The mail cannot be written: ${details[0]?.message}.`, details);
}

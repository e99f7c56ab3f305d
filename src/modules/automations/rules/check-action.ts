import type { ActionUse } from '../api/automation.ts';
import { aboutAction, isActionId } from './action-table.ts';
import { strangersIn } from './fill-text.ts';

const daysMax = 3650;

/** What is wrong with the use of an action, with the field; null when it can be kept. `gives`: what the trigger is about. */
export function faultOfAction(use: ActionUse, gives: readonly string[]): { field: string; message: string } | null {
  if (!isActionId(use.action)) return { field: 'action', message: `There is no action "${use.action}".` };
  const action = aboutAction(use.action);
  const lacks = action.needs.filter((need) => !gives.includes(need));
  // A creator on a campaign can be looked up from either side.
  const found = lacks.filter(
    (need) => !(need === 'enrolment' && gives.includes('campaign') && gives.includes('creator')),
  );
  if (found.length > 0)
    return { field: 'action', message: `"${action.title}" needs a ${found[0]}, which this trigger is not about.` };
  for (const { name, label, kind, isRequired, choices } of action.fields) {
    const value = use.settings[name]?.trim() ?? '';
    const at = `settings.${name}`;
    if (value === '') {
      if (isRequired) return { field: at, message: `"${action.title}" needs "${label}".` };
      continue;
    }
    if (kind === 'choice' && !choices.some((one) => one.value === value))
      return { field: at, message: `"${value}" is none of the choices of "${label}".` };
    if (kind === 'days' && !(/^\d+$/u.test(value) && Number(value) <= daysMax))
      return { field: at, message: `"${label}" is a whole number of days, at most ${daysMax}.` };
    if (kind === 'number' && !(/^\d+(?:\.\d{1,2})?$/u.test(value) && Number(value) > 0))
      return { field: at, message: `"${label}" is a number above 0, such as 150 or 12.50.` };
    const [stranger] = strangersIn(value);
    if (stranger !== undefined) return { field: at, message: `"{{${stranger}}}" is nothing that can be put in.` };
  }
  return null;
}

export const tagsOf = (text: string) => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
];

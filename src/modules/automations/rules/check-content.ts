import type { ErrorDetail } from '#kernel/errors.ts';
import type { ActionUse, Condition } from '../api/automation.ts';
import { faultOfAction } from './check-action.ts';
import { faultOf } from './conditions.ts';
import { triggerOf } from './triggers.ts';

export interface ContentFault {
  code: 'unknown_trigger' | 'bad_condition' | 'bad_action';
  detail: ErrorDetail;
}

/** Everything that keeps an automation from working, each with its field. */
export function faultsOfContent(content: {
  trigger: string;
  conditions: readonly Condition[];
  actions: readonly ActionUse[];
}): ContentFault[] {
  const trigger = triggerOf(content.trigger);
  if (trigger === undefined)
    return [
      { code: 'unknown_trigger', detail: { field: 'trigger', message: `Nothing is called "${content.trigger}".` } },
    ];
  const ofConditions = content.conditions.flatMap((condition, at): ContentFault[] => {
    const message = faultOf(condition);
    return message === null ? [] : [{ code: 'bad_condition', detail: { field: `conditions.${at}`, message } }];
  });
  const ofActions = content.actions.flatMap((use, at): ContentFault[] => {
    const fault = faultOfAction(use, trigger.gives);
    return fault === null
      ? []
      : [{ code: 'bad_action', detail: { field: `actions.${at}.${fault.field}`, message: fault.message } }];
  });
  return [...ofConditions, ...ofActions];
}

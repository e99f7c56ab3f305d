import type { ActionUse, Condition } from '#modules/automations/api.ts';

/** An automation while it is written. */
export interface Draft {
  name: string;
  trigger: string;
  conditions: Condition[];
  actions: ActionUse[];
  waitMinutes: number;
  dailyMax: number;
  hourlyMaxEach: number;
}

import type { AutomationCatalogue } from '../api/catalogue.ts';
import type { IdName } from './facts.ts';

type Field = AutomationCatalogue['actions'][number]['fields'][number];

export interface ActionAbout {
  title: string;
  group: string;
  needs: readonly IdName[];
  /** Doing it twice ends in the same state, so that it is done again after a crash in between. */
  isRepeatable: boolean;
  fields: readonly Field[];
}

export const field = (name: string, label: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  name,
  label,
  kind,
  isRequired: true,
  choices: [],
  ...more,
});
export const optional = { isRequired: false };
export const choice = (name: string, label: string, choices: Record<string, string>): Field =>
  field(name, label, 'choice', { choices: Object.entries(choices).map(([value, title]) => ({ value, label: title })) });

/** What an action is called, needs and asks for. */
export const about = (
  group: string,
  title: string,
  needs: readonly IdName[],
  isRepeatable: boolean,
  ...fields: Field[]
): ActionAbout => ({ group, title, needs, isRepeatable, fields });

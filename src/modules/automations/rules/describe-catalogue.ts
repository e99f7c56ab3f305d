import type { AutomationCatalogue } from '../api/catalogue.ts';
import { aboutAction, actionIds } from './action-table.ts';
import { operatorsFor } from './conditions.ts';
import { conditionFields } from './facts.ts';
import { placeholders } from './fill-text.ts';
import { templates } from './templates.ts';
import { triggers } from './triggers.ts';

/** What automations can be made of, for those who build them. */
export const describeCatalogue = (): AutomationCatalogue => ({
  triggers: triggers.map((trigger) => ({ ...trigger, gives: [...trigger.gives] })),
  actions: actionIds.map((id) => {
    const { needs, fields, ...about } = aboutAction(id);
    return { id, ...about, needs: [...needs], fields: [...fields] };
  }),
  conditionFields: conditionFields.map(({ field, title, kind }) => ({
    field,
    title,
    kind,
    ops: [...operatorsFor(kind)],
  })),
  templates: [...templates],
  placeholders: Object.entries(placeholders).map(([name, title]) => ({ name, title })),
});

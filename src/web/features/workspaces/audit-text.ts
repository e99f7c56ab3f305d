import { moneySchema } from '#kernel/money.ts';
import type { AuditEntry } from '#modules/workspaces/api.ts';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatDateTime } from '#web/ui/format-when.ts';

const subjects: Record<string, string> = { api_key: 'API key' };

function words(text: string): string {
  return text.replace(/[_-]+/g, ' ');
}

/** "campaign.created" reads "Campaign created". */
export function actionText(action: string): string {
  const [subject = '', ...rest] = action.split('.');
  const noun = subjects[subject] ?? words(subject);
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${words(rest.join(' '))}`.trim();
}

export interface FieldChange {
  field: string;
  /** undefined where there was none before. */
  from?: string;
  to?: string;
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A value of the trail as a person reads it. */
function text(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.map(text).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' && instant.test(value)) return formatDateTime(value);
  if (typeof value !== 'object') return String(value);
  const money = moneySchema.safeParse(value);
  return money.success ? formatMoney(money.data) : JSON.stringify(value, null, 1);
}

function isChange(value: unknown): value is { from?: unknown; to?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'from' || key === 'to');
}

/** The changes of an entry, field by field. */
export function fieldChanges(entry: AuditEntry): FieldChange[] {
  return Object.entries(entry.changes).map(([key, value]) => {
    const field = words(key.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase());
    if (!isChange(value)) return { field, to: text(value) };
    return {
      field,
      ...('from' in value && { from: text(value.from) }),
      ...('to' in value && { to: text(value.to) }),
    };
  });
}

/** All in one line, for the table. */
export function summaryOf(entry: AuditEntry): string {
  return fieldChanges(entry)
    .map(({ field, from, to }) => {
      if (from === undefined) return `${field}: ${to ?? ''}`;
      return to === undefined ? `${field}: was ${from}` : `${field}: ${from} → ${to}`;
    })
    .join('; ');
}

const words: Record<string, string> = {
  state: 'state',
  startsAt: 'start',
  endsAt: 'end',
  usageLimit: 'uses allowed',
  creator: 'creator',
};

/** A step of a code's history in words, from what the audit trail kept of it. */
export function sayCodeStep(action: string, changes: unknown): string {
  const fields = typeof changes === 'object' && changes !== null ? Object.entries(changes) : [];
  switch (action) {
    case 'code.created':
      return 'Made';
    case 'code.rotated': {
      const of = Object.fromEntries(fields) as Record<string, unknown>;
      return `Taken over by ${text(of.newCode)}: ${text(of.reason)}`;
    }
    case 'code.changed': {
      const said = fields.flatMap(([field, change]) => {
        const { from, to } = (change ?? {}) as { from?: unknown; to?: unknown };
        return text(from) === text(to) ? [] : [`${words[field] ?? field} from ${text(from)} to ${text(to)}`];
      });
      return said.length === 0 ? 'Saved without a change' : `Changed: ${said.join(', ')}`;
    }
    default:
      return action;
  }
}

function text(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  return typeof value === 'string' ? value.replace(/^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/, '$1 $2') : String(value);
}

/** What a change alters, by field, as the audit trail shows it: fields not given, or given as they were, are left out. */
export function changesBetween<Thing extends Record<string, unknown>>(
  before: Thing,
  given: { [Field in keyof Thing]?: Thing[Field] | undefined },
): Record<string, { from: unknown; to: unknown }> {
  const fields = Object.keys(given).filter((field) => given[field] !== undefined && given[field] !== before[field]);
  return Object.fromEntries(fields.map((field) => [field, { from: before[field], to: given[field] }]));
}

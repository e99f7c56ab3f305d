import { type BulkAction, tagsMax } from '../api.ts';

/** What a bulk action on plain fields may change. */
export interface Fields {
  fee_minor: bigint | null;
  product_cost_minor: bigint | null;
  owner_id: string | null;
  note: string | null;
  tags: string[];
  respond_by: string | null;
  drafts_by: string | null;
  live_from: string | null;
  live_until: string | null;
}

/** A bulk action whose money was read already. */
export type FieldAction =
  | { do: 'fee'; feeMinor: bigint | null }
  | { do: 'product_cost'; costMinor: bigint | null }
  | Extract<BulkAction, { do: 'owner' | 'dates' | 'note' | 'tag' | 'untag' }>;

export type FieldOutcome =
  | { kind: 'same' }
  | { kind: 'refused'; message: string }
  | { kind: 'changed'; fields: Fields; changes: Record<string, { from: unknown; to: unknown }> };

const noteMax = 2000;

/** One row after a bulk action, or why it cannot be done to it. The message goes on from the creator's name. */
export function changeFields(row: Fields & { fee_paid_on: string | null }, action: FieldAction): FieldOutcome {
  switch (action.do) {
    case 'fee':
      if (row.fee_paid_on !== null && row.fee_minor !== action.feeMinor)
        return {
          kind: 'refused',
          message: `was paid on ${row.fee_paid_on}; take the payment back before you change the fee.`,
        };
      return toChanged(row, { fee_minor: action.feeMinor });
    case 'product_cost':
      return toChanged(row, { product_cost_minor: action.costMinor });
    case 'owner':
      return toChanged(row, { owner_id: action.ownerId });
    case 'dates':
      return changeDates(row, action);
    case 'note': {
      const note = row.note === null ? action.note : `${row.note}\n${action.note}`;
      if (note.length > noteMax)
        return {
          kind: 'refused',
          message: `has a note of ${row.note?.length ?? 0} characters; together they would pass ${noteMax}.`,
        };
      return toChanged(row, { note });
    }
    case 'tag': {
      if (hasTag(row.tags, action.tag)) return { kind: 'same' };
      if (row.tags.length >= tagsMax)
        return { kind: 'refused', message: `has ${tagsMax} tags already, which is the most.` };
      return toChanged(row, { tags: sortTags([...row.tags, action.tag]) });
    }
    case 'untag':
      if (!hasTag(row.tags, action.tag)) return { kind: 'same' };
      return toChanged(row, { tags: row.tags.filter((tag) => tag.toLowerCase() !== action.tag.toLowerCase()) });
  }
}

function changeDates(row: Fields, action: Extract<FieldAction, { do: 'dates' }>): FieldOutcome {
  const wanted = {
    ...(action.respondBy === undefined ? {} : { respond_by: action.respondBy }),
    ...(action.draftsBy === undefined ? {} : { drafts_by: action.draftsBy }),
    ...(action.liveFrom === undefined ? {} : { live_from: action.liveFrom }),
    ...(action.liveUntil === undefined ? {} : { live_until: action.liveUntil }),
  };
  const next = { ...row, ...wanted };
  if (next.live_from !== null && next.live_until !== null && next.live_from > next.live_until)
    return {
      kind: 'refused',
      message: `would go live from ${next.live_from} until ${next.live_until}, which ends before it begins.`,
    };
  return toChanged(row, wanted);
}

function toChanged(row: Fields, wanted: Partial<Fields>): FieldOutcome {
  const { fee_minor, product_cost_minor, owner_id, note, tags, respond_by, drafts_by, live_from, live_until } = row;
  const before: Fields = {
    fee_minor,
    product_cost_minor,
    owner_id,
    note,
    tags,
    respond_by,
    drafts_by,
    live_from,
    live_until,
  };
  const fields = { ...before, ...wanted };
  const text = (value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
  const changes = Object.fromEntries(
    Object.entries(wanted).flatMap(([key, to]) => {
      const from = Object.entries(before).find(([name]) => name === key)?.[1] ?? null;
      return JSON.stringify(text(from)) === JSON.stringify(text(to)) ? [] : [[key, { from: text(from), to: text(to) }]];
    }),
  );
  return Object.keys(changes).length === 0 ? { kind: 'same' } : { kind: 'changed', fields, changes };
}

function hasTag(tags: readonly string[], tag: string): boolean {
  return tags.some((one) => one.toLowerCase() === tag.toLowerCase());
}

/** Each tag once, in alphabetical order; the first way of writing it stays. */
export function sortTags(tags: readonly string[]): string[] {
  const byKey = new Map(tags.toReversed().map((tag) => [tag.toLowerCase(), tag]));
  return [...byKey.values()].toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
}

/** What is known of an event when conditions are asked and texts are filled. Null: not known, and never the same as empty or 0. */
export interface Facts {
  payload: Readonly<Record<string, string>>;
  ids: Partial<Record<IdName, string>>;
  creator: { name: string | null; country: string | null; tags: readonly string[]; followers: number | null } | null;
  campaign: { name: string; model: string; state: string; currency: string } | null;
  enrolment: { stage: string; tags: readonly string[]; feeMinor: bigint | null } | null;
}

export const idNames = [
  'campaign',
  'enrolment',
  'creator',
  'deliverable',
  'submission',
  'contract',
  'pick',
  'shipment',
  'application',
  'task',
  'asset',
  'thread',
] as const;
export type IdName = (typeof idNames)[number];

/** The id of the thing in an event's payload. */
export const idFieldOf = (name: IdName) => (name === 'creator' ? 'personId' : `${name}Id`);

export function idsOf(payload: Readonly<Record<string, string>>): Facts['ids'] {
  const ids: Facts['ids'] = {};
  for (const name of idNames) {
    const id = payload[idFieldOf(name)];
    if (id !== undefined) ids[name] = id;
  }
  return ids;
}

/** What a run is about, for limits: the creator, else the campaign. */
export const subjectOf = (payload: Readonly<Record<string, string>>) =>
  payload.personId ?? payload.enrolmentId ?? payload.campaignId ?? null;

export interface ConditionField {
  field: string;
  title: string;
  kind: 'text' | 'number' | 'tags';
  read(facts: Facts): string | number | readonly string[] | null;
}

const text = (field: string, title: string, read: (facts: Facts) => string | null): ConditionField => ({
  field,
  title,
  kind: 'text',
  read,
});
const ofPayload = (name: string, title: string): ConditionField =>
  text(`event.${name}`, title, ({ payload }) => payload[name] ?? null);

const numberOf = (value: string | undefined) =>
  value === undefined || value.trim() === '' || Number.isNaN(Number(value)) ? null : Number(value);

export const conditionFields: readonly ConditionField[] = [
  text('campaign.id', 'Campaign', ({ ids }) => ids.campaign ?? null),
  text('campaign.name', 'Name of the campaign', ({ campaign }) => campaign?.name ?? null),
  text('campaign.model', 'Model of the campaign', ({ campaign }) => campaign?.model ?? null),
  text('campaign.state', 'State of the campaign', ({ campaign }) => campaign?.state ?? null),
  text('creator.name', 'Name of the creator', ({ creator }) => creator?.name ?? null),
  text('creator.country', 'Country of the creator', ({ creator }) => creator?.country ?? null),
  { field: 'creator.tags', title: 'Tags of the creator', kind: 'tags', read: ({ creator }) => creator?.tags ?? null },
  {
    field: 'creator.followers',
    title: 'Followers of the largest account',
    kind: 'number',
    read: ({ creator }) => creator?.followers ?? null,
  },
  text('enrolment.stage', 'Stage on the roster', ({ enrolment }) => enrolment?.stage ?? null),
  {
    field: 'enrolment.tags',
    title: 'Tags on the roster',
    kind: 'tags',
    read: ({ enrolment }) => enrolment?.tags ?? null,
  },
  {
    field: 'enrolment.fee',
    title: "Fee, in the campaign's currency",
    kind: 'number',
    read: ({ enrolment }) =>
      enrolment === null || enrolment.feeMinor === null ? null : Number(enrolment.feeMinor) / 100,
  },
  ofPayload('toStage', 'Stage moved to'),
  ofPayload('fromStage', 'Stage moved from'),
  ofPayload('happening', 'Step that is done'),
  ofPayload('kind', 'Kind of deadline or incident'),
  ofPayload('what', 'What is due by contract'),
  ofPayload('side', 'Who signed or acted: brand, creator or system'),
  ofPayload('outcome', 'Outcome of an incident; of a tier: up or down'),
  ofPayload('toTier', 'Ambassador tier moved to'),
  ofPayload('fromTier', 'Ambassador tier moved from'),
  ofPayload('again', 'Would work again: yes, maybe or no'),
  ofPayload('result', 'Result of a look at a live post'),
  ofPayload('verdict', 'Verdict on the disclosure'),
  ofPayload('problem', 'Problem of a parcel'),
  ofPayload('reason', 'Reason given'),
  ofPayload('actorName', 'Who did it'),
  {
    field: 'event.daysLeft',
    title: 'Days left (negative once gone by)',
    kind: 'number',
    read: ({ payload }) => numberOf(payload.daysLeft),
  },
  { field: 'event.round', title: 'Round of the draft', kind: 'number', read: ({ payload }) => numberOf(payload.round) },
];
const byField = new Map(conditionFields.map((field) => [field.field, field]));
export const conditionFieldOf = (field: string) => byField.get(field);

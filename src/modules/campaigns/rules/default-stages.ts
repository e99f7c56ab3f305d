import type { CampaignModel, Stage } from '../api.ts';

/** How a stage departs from one that holds nobody up and that only a person moves creators to. */
export const plainRules = { gate: 'any_order', isOptional: false, reachedBy: [], needs: [] } as const satisfies Pick<
  Stage,
  'gate' | 'isOptional' | 'reachedBy' | 'needs'
>;

const stage = (
  name: string,
  label: string,
  rest: Pick<Stage, 'phase' | 'waitsFor' | 'patienceDays' | 'task'> & Partial<Pick<Stage, 'gate' | 'reachedBy'>>,
): Stage => ({ name, label, ...plainRules, needs: [], reachedBy: [], ...rest });

const shortlisted = stage('shortlisted', 'Shortlisted', {
  phase: 'considering',
  waitsFor: 'us',
  patienceDays: null,
  task: 'Decide and invite',
});
const invited = stage('invited', 'Invited', {
  phase: 'considering',
  waitsFor: 'creator',
  patienceDays: 7,
  task: 'No answer yet',
  reachedBy: ['invited'],
});

/** The stages a campaign of each model begins with. The days of patience are our own starting values; every campaign may change them. */
export const defaultStages: Record<CampaignModel, readonly Stage[]> = {
  product_seeding: [
    shortlisted,
    invited,
    stage('product_picked', 'Product picked', {
      phase: 'agreed',
      waitsFor: 'us',
      patienceDays: 3,
      task: 'Pack and ship',
      gate: 'in_order',
      reachedBy: ['product_picked'],
    }),
    stage('shipped', 'Shipped', {
      phase: 'producing',
      waitsFor: 'nobody',
      patienceDays: 14,
      task: 'On its way',
      gate: 'in_order',
      reachedBy: ['product_shipped'],
    }),
    stage('delivered', 'Delivered', {
      phase: 'producing',
      waitsFor: 'creator',
      patienceDays: 21,
      task: 'Not posted yet',
      reachedBy: ['product_delivered'],
    }),
    stage('posted', 'Posted', {
      phase: 'done',
      waitsFor: 'nobody',
      patienceDays: null,
      task: null,
      reachedBy: ['post_live'],
    }),
  ],
  sponsored: [
    shortlisted,
    invited,
    stage('contract', 'Contract', {
      phase: 'considering',
      waitsFor: 'creator',
      patienceDays: 5,
      task: 'Contract not signed',
      gate: 'in_order',
      reachedBy: ['accepted'],
    }),
    stage('making', 'Making', {
      phase: 'producing',
      waitsFor: 'creator',
      patienceDays: null,
      task: 'Making the content',
      reachedBy: ['contract_signed'],
    }),
    stage('review', 'Review', {
      phase: 'producing',
      waitsFor: 'us',
      patienceDays: 3,
      task: 'Draft to review',
      gate: 'in_order',
      reachedBy: ['draft_submitted'],
    }),
    stage('live', 'Live', {
      phase: 'done',
      waitsFor: 'nobody',
      patienceDays: null,
      task: null,
      reachedBy: ['post_live'],
    }),
  ],
  ambassadorship: [
    invited,
    stage('trial', 'Trial', {
      phase: 'producing',
      waitsFor: 'creator',
      patienceDays: null,
      task: 'On trial',
      reachedBy: ['accepted', 'contract_signed'],
    }),
    stage('active', 'Active', { phase: 'producing', waitsFor: 'nobody', patienceDays: null, task: null }),
    stage('paused', 'Paused', { phase: 'agreed', waitsFor: 'nobody', patienceDays: null, task: null }),
    stage('ended', 'Ended', { phase: 'done', waitsFor: 'nobody', patienceDays: null, task: null }),
  ],
  affiliate: [
    shortlisted,
    invited,
    stage('joined', 'Joined', {
      phase: 'agreed',
      waitsFor: 'us',
      patienceDays: 2,
      task: 'Give link and code',
      reachedBy: ['accepted', 'contract_signed'],
    }),
    stage('sharing', 'Sharing', {
      phase: 'producing',
      waitsFor: 'creator',
      patienceDays: 30,
      task: 'Nothing posted yet',
      reachedBy: ['brief_acknowledged'],
    }),
    stage('posted', 'Posted', {
      phase: 'producing',
      waitsFor: 'nobody',
      patienceDays: null,
      task: null,
      reachedBy: ['post_live'],
    }),
    stage('ended', 'Ended', { phase: 'done', waitsFor: 'nobody', patienceDays: null, task: null }),
  ],
  ugc: [
    shortlisted,
    invited,
    stage('contract', 'Contract', {
      phase: 'considering',
      waitsFor: 'creator',
      patienceDays: 5,
      task: 'Contract not signed',
      gate: 'in_order',
      reachedBy: ['accepted'],
    }),
    stage('making', 'Making', {
      phase: 'producing',
      waitsFor: 'creator',
      patienceDays: null,
      task: 'Making the content',
      reachedBy: ['contract_signed'],
    }),
    stage('review', 'Review', {
      phase: 'producing',
      waitsFor: 'us',
      patienceDays: 3,
      task: 'Piece to review',
      gate: 'in_order',
      reachedBy: ['draft_submitted'],
    }),
    stage('delivered', 'Delivered', {
      phase: 'done',
      waitsFor: 'nobody',
      patienceDays: null,
      task: null,
      reachedBy: ['draft_approved'],
    }),
  ],
  event: [
    shortlisted,
    invited,
    stage('coming', 'Coming', {
      phase: 'agreed',
      waitsFor: 'nobody',
      patienceDays: null,
      task: null,
      gate: 'in_order',
      reachedBy: ['accepted', 'contract_signed'],
    }),
    stage('was_there', 'Was there', {
      phase: 'producing',
      waitsFor: 'creator',
      patienceDays: 14,
      task: 'Not posted yet',
    }),
    stage('posted', 'Posted', {
      phase: 'done',
      waitsFor: 'nobody',
      patienceDays: null,
      task: null,
      reachedBy: ['post_live'],
    }),
  ],
};

/** A stable key for a new stage, made from its label and free among the names taken. */
export function stageName(label: string, taken: ReadonlySet<string>): string {
  const base =
    label
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, 40) || 'stage';
  if (!taken.has(base)) return base;
  // At most one name more than are taken has to be tried.
  for (let n = 2; n <= taken.size + 1; n += 1) if (!taken.has(`${base}_${n}`)) return `${base}_${n}`;
  return `${base}_${taken.size + 2}`;
}

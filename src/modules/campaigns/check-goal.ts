import type { Campaign, GoalInput, GoalMetric, GoalProposal, GoalValue } from './api.ts';
import { goalMetrics } from './api.ts';
import { campaignsError } from './errors.ts';
import type { CampaignRow } from './queries/campaigns.ts';
import { readMoney } from './read-money.ts';
import { readGoal } from './rules/read-goal.ts';

/** A goal that can be measured, as it is stored: numbers as text, money in minor units. */
export interface MeasurableGoal {
  family: Campaign['goals'][number]['family'];
  metric: GoalMetric;
  target: string;
  baseline: string | null;
  startsOn: string;
  dueOn: string;
  source: string | null;
}

export interface GoalFrame {
  campaign: Pick<CampaignRow, 'currency' | 'starts_on' | 'ends_on'>;
  today: string;
  /** Prefix of field names in errors, such as `goals.0.`. */
  at: string;
}

const saidAs = { metric: 'the metric', target: 'the target', baseline: 'the figure it starts from', dueOn: 'the date' };
const asked = {
  metric: 'What is counted: reach, visitors, orders, revenue, posts live, ...',
  target: 'How many, or how much',
  baseline: 'How much the same span brought before',
  dueOn: 'By which day',
};

/**
 * Makes a goal of what was given, words and fields together (fields win). Refuses what cannot be measured with a proposal
 * (campaigns.vague_goal), and targets that make no sense (bad_target, bad_money, bad_dates), naming the field.
 */
export function checkGoal(input: GoalInput, frame: GoalFrame): MeasurableGoal {
  const { campaign, today, at } = frame;
  const read =
    input.text === undefined
      ? null
      : readGoal(input.text, {
          currency: campaign.currency,
          endsOn: campaign.ends_on,
          today,
          baseline: input.baseline,
        });
  const metric = input.metric ?? read?.metric ?? null;
  const target = input.target ?? read?.target ?? null;
  const dueOn = input.dueOn ?? read?.dueOn ?? null;
  if (metric === null || target === null || dueOn === null)
    throw vague({ metric, target, dueOn, read, text: input.text, frame });
  const startsOn = input.startsOn ?? campaign.starts_on;
  if (dueOn < startsOn)
    throw fail('bad_dates', {
      field: `${at}dueOn`,
      message: `A goal that starts on ${startsOn} cannot be due on ${dueOn}. Choose ${startsOn} or later.`,
    });
  return {
    family: goalMetrics[metric].family,
    metric,
    target: readValue(target, { metric, field: `${at}target`, currency: campaign.currency }),
    baseline:
      input.baseline === null
        ? null
        : readValue(input.baseline, { metric, field: `${at}baseline`, currency: campaign.currency, zeroIsFine: true }),
    startsOn,
    dueOn,
    source: input.source === undefined || input.source === '' ? null : input.source,
  };
}

function vague(of: {
  metric: GoalMetric | null;
  target: GoalValue | null;
  dueOn: string | null;
  read: GoalProposal | null;
  text: string | undefined;
  frame: GoalFrame;
}) {
  const { metric, target, dueOn, frame } = of;
  const facts = metric === null ? null : goalMetrics[metric];
  const dueText = dueOn ?? frame.campaign.ends_on;
  const proposal =
    of.read?.proposal ??
    `${facts?.label ?? 'Visitors'}: … ${facts?.unit ?? 'visitors'} by ${dueText}, measured by ${(facts ?? goalMetrics.visitors).source}`;
  const choices =
    of.read === null || metric !== null
      ? ''
      : ` It could be counted by ${of.read.choices.map((choice) => goalMetrics[choice].label.toLowerCase()).join(', ')}.`;
  const isChange = of.read?.missing.includes('baseline') === true && target === null;
  const missing = (['metric', 'target', 'dueOn'] as const)
    .filter((field) => ({ metric, target, dueOn })[field] === null)
    .map((field) => (field === 'target' && isChange ? ('baseline' as const) : field));
  const subject = of.text === undefined ? 'This goal' : `"${of.text}"`;
  return campaignsError(
    'vague_goal',
    `${subject} cannot be measured yet: ${missing.map((field) => saidAs[field]).join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.${choices} Proposal: "${proposal}".`,
    missing.map((field) => ({ field: `${frame.at}${field}`, message: asked[field] })),
  );
}

function fail(code: 'bad_target' | 'bad_dates', detail: { field: string; message: string }) {
  return campaignsError(code, `${detail.field}: ${detail.message}`, [detail]);
}

/** A target or baseline as stored. Error: bad_target or bad_money, naming the field. */
export function readValue(
  value: GoalValue,
  of: { metric: GoalMetric; field: string; currency: string; zeroIsFine?: boolean },
): string {
  const facts = goalMetrics[of.metric];
  const refuse = (message: string) => fail('bad_target', { field: of.field, message });
  const isZeroFine = of.zeroIsFine === true;
  if (facts.kind === 'money') {
    if (typeof value !== 'object')
      throw refuse(`${facts.label} is money: {"amountMinor": "1000000", "currency": "${of.currency}"}.`);
    const minor = readMoney(value, of);
    if (minor === 0n && !isZeroFine) throw refuse('A target is more than zero.');
    return minor.toString();
  }
  if (typeof value === 'object')
    throw refuse(
      `${facts.label} is counted in ${facts.unit === '' ? 'parts of 1' : facts.unit}, not in money. Give a plain number.`,
    );
  if (value === 0 && !isZeroFine) throw refuse('A target is more than zero.');
  if (value > 1e12) throw refuse(`${value} is larger than a campaign can reach.`);
  switch (facts.kind) {
    case 'count':
      if (!Number.isInteger(value)) throw refuse(`${value} ${facts.unit} is not a whole number.`);
      return String(value);
    case 'share':
      if (value > 1) throw refuse(`A share is a part of 1: write 3.4 % as 0.034, not ${value}.`);
      return toDecimal(value);
    case 'ratio':
      return toDecimal(value);
  }
}

// Six decimals: a rate is never known better.
function toDecimal(value: number): string {
  return value.toFixed(6);
}

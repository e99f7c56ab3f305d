import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { daysBetween } from '#kernel/time.ts';
import {
  type Advice,
  type AdviceReason,
  adviceCreatorsMin,
  type CampaignModel,
  campaignModels,
  type GoalFamily,
  type GoodsKind,
} from '../api.ts';

/** How often each platform is the main one among some creators. */
export interface PlatformCounts {
  n: number;
  per: ReadonlyMap<Platform, number>;
}

export interface AdviceFacts {
  family: GoalFamily;
  goods: GoodsKind | null;
  startsOn: string;
  endsOn: string;
  /** Creators of the workspace who are customers for certain. */
  customers: PlatformCounts;
  /** The fifth of the creators looked at that fits the words best, and all of them. */
  fitting: { best: PlatformCounts; all: PlatformCounts } | null;
  /** Measured engagement rates of own live content, by platform. */
  ownRates: readonly { platform: Platform; posts: number; median: number }[];
  /** How many creators of own campaigns went live, by model. */
  ownModels: readonly { model: CampaignModel; creators: number; live: number }[];
}

const field = 'rule of thumb of the field';
const postsMin = 8;

// What the rules of thumb say. Ours to hold the reader to nothing: they weigh less than anything counted.
const goodsPlatforms: Record<GoodsKind, { platforms: readonly Platform[]; text: string }> = {
  visual: {
    platforms: ['instagram', 'tiktok'],
    text: 'Visual goods do well where people scroll pictures and short videos',
  },
  explained: { platforms: ['youtube'], text: 'Goods that need explaining do well in long video' },
  evergreen: {
    platforms: ['blog', 'pinterest'],
    text: 'What is searched for all year does well where content is found for years',
  },
};
const familyPlatforms: Record<GoalFamily, { platforms: readonly Platform[]; text: string }> = {
  awareness: { platforms: ['tiktok', 'instagram'], text: 'Short video is shown to people who do not follow yet' },
  engagement: { platforms: ['instagram', 'tiktok'], text: 'Comments and shares are easiest where content is short' },
  traffic: {
    platforms: ['youtube', 'blog', 'pinterest'],
    text: 'A link in the description, the text or the pin is clicked for long',
  },
  sales: { platforms: ['instagram', 'youtube'], text: 'Codes and links are used where people trust a person’s advice' },
  content: { platforms: ['instagram', 'tiktok'], text: 'Pictures and short clips are easiest to use again' },
};
const rulePoints = { goods: 15, family: 10 };
const ownPoints = { customers: 50, fitting: 40, rates: 30 };

/** Advice as sums of named reasons. What was counted in the workspace weighs more than any rule of thumb; what is not known is said. */
export function advise(facts: AdviceFacts): Advice {
  const missing: string[] = [];
  if (facts.customers.n < adviceCreatorsMin)
    missing.push(
      `Where your customers are: ${facts.customers.n} creators are known to be customers, ${adviceCreatorsMin} are needed. Import a customer list under Creators.`,
    );
  if (facts.fitting === null)
    missing.push(
      'Which creators fit: say what the product is and whom it is for, and let at least 100 creators be in the index.',
    );
  if (facts.goods === null)
    missing.push('How the product is bought: seen at a glance, needs explaining, or searched for all year.');
  const picks = platforms
    .map((platform) => sumUp(platform, platformReasons(platform, facts)))
    .filter((one) => one.points > 0)
    .toSorted((a, b) => b.points - a.points || platforms.indexOf(a.pick) - platforms.indexOf(b.pick));
  const models = campaignModels
    .map((model) => sumUp(model, modelReasons(model, facts)))
    .filter((one) => one.reasons.length > 0)
    .toSorted((a, b) => b.points - a.points);
  const isOwn = picks.some((one) => one.reasons.some((reason) => reason.kind === 'own'));
  return { basis: isOwn ? 'own' : 'rules', platforms: picks, models, missing };
}

function sumUp<Pick>(pick: Pick, reasons: AdviceReason[]): { pick: Pick; points: number; reasons: AdviceReason[] } {
  const points = Math.round(reasons.reduce((sum, reason) => sum + reason.points, 0) * 10) / 10;
  return { pick, points, reasons: reasons.toSorted((a, b) => b.points - a.points) };
}

const share = (counts: PlatformCounts, platform: Platform) => (counts.per.get(platform) ?? 0) / Math.max(1, counts.n);
const percent = (part: number) => `${Math.round(part * 100)} %`;
const own = (points: number, text: string, of: { source: string; n: number }): AdviceReason => ({
  kind: 'own',
  text,
  ...of,
  points: Math.round(points * 10) / 10,
});
const rule = (points: number, text: string): AdviceReason => ({ kind: 'rule', text, source: field, n: null, points });

function platformReasons(platform: Platform, facts: AdviceFacts): AdviceReason[] {
  const reasons: AdviceReason[] = [];
  const { customers, fitting, goods } = facts;
  const name = platformNames[platform];
  if (customers.n >= adviceCreatorsMin && share(customers, platform) > 0)
    reasons.push(
      own(
        ownPoints.customers * share(customers, platform),
        `${percent(share(customers, platform))} of your customers who create are on ${name} first`,
        {
          source: 'customers matched to creators for certain',
          n: customers.n,
        },
      ),
    );
  if (fitting !== null && share(fitting.best, platform) > 0)
    reasons.push(
      own(
        ownPoints.fitting * share(fitting.best, platform),
        `${percent(share(fitting.best, platform))} of the best-fitting creators are on ${name} first, ${percent(share(fitting.all, platform))} of all looked at`,
        { source: 'fit of creators’ texts and topics to your words', n: fitting.best.n },
      ),
    );
  const rates = facts.ownRates.filter((one) => one.posts >= postsMin);
  const rate = rates.find((one) => one.platform === platform);
  const top = Math.max(...rates.map((one) => one.median), 0);
  if (rate !== undefined && rates.length > 1 && top > 0)
    reasons.push(
      own(
        (ownPoints.rates * rate.median) / top,
        `Median engagement rate of your own posts there: ${(rate.median * 100).toFixed(1)} %`,
        {
          source: 'measured results of live content',
          n: rate.posts,
        },
      ),
    );
  if (goods !== null && goodsPlatforms[goods].platforms.includes(platform))
    reasons.push(rule(rulePoints.goods, goodsPlatforms[goods].text));
  if (familyPlatforms[facts.family].platforms.includes(platform))
    reasons.push(rule(rulePoints.family, familyPlatforms[facts.family].text));
  return reasons;
}

const longDays = 84;
const creatorsMin = 10;

function modelReasons(model: CampaignModel, facts: AdviceFacts): AdviceReason[] {
  const reasons: AdviceReason[] = [];
  const past = facts.ownModels.find((one) => one.model === model);
  if (past !== undefined && past.creators >= creatorsMin) {
    const part = past.live / past.creators;
    reasons.push(
      own(20 * part, `${percent(part)} of the creators on your campaigns of this model went live`, {
        source: 'own campaigns that were live',
        n: past.creators,
      }),
    );
  }
  const isLong = daysBetween(facts.startsOn, facts.endsOn) >= longDays;
  if (model === 'product_seeding' && (facts.family === 'content' || facts.family === 'awareness'))
    reasons.push(rule(12, 'Many pieces at the price of goods; nobody is bound to post, so plan for more creators'));
  if (model === 'sponsored' && facts.family !== 'content')
    reasons.push(rule(12, 'What is posted and when is agreed, so that a date can be kept'));
  if (model === 'sponsored' && facts.family === 'content')
    reasons.push(rule(6, 'Pieces and rights are agreed beforehand'));
  if (model === 'ambassadorship' && facts.family === 'sales')
    reasons.push(rule(isLong ? 16 : 4, 'People buy from whom they see again; codes sell over months'));
  if (model === 'ambassadorship' && isLong && facts.family !== 'sales')
    reasons.push(rule(10, 'Over a quarter or more, the same faces are cheaper and better believed'));
  if (model === 'affiliate' && facts.family === 'sales')
    reasons.push(
      rule(8, 'Paid by the order, so nothing is lost where nothing sells; who does not know you seldom joins'),
    );
  if (model === 'ugc' && facts.family === 'content')
    reasons.push(rule(10, 'Pieces with rights for your own channels; nobody sees them unless you show them'));
  if (model === 'event' && (facts.family === 'awareness' || facts.family === 'engagement'))
    reasons.push(rule(6, 'Many posts within a day or two, from whoever can come to the place'));
  if (model === 'ambassadorship' && !isLong)
    reasons.push(rule(-4, `The window is shorter than ${longDays / 7} weeks, too short for a bond`));
  return reasons;
}

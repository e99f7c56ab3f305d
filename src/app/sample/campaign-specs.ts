import type { Brief, CampaignModel, CampaignState, GoalInput } from '#modules/campaigns/api.ts';

/** One invented campaign of the sample brand; days count from the day the sample is made. */
export interface CampaignSpec {
  name: string;
  model: CampaignModel;
  startsInDays: number;
  endsInDays: number;
  state: CampaignState;
  budgetMinor: bigint;
  landingUrl: string;
  note: string;
  goals: (Pick<GoalInput, 'metric'> & { count?: number; moneyMinor?: bigint })[];
  /** How many creators stand in which stage today, last stage first: those came in first. */
  stages: readonly (readonly [string, number])[];
  /** Stages in which content is out. */
  liveStages: readonly string[];
  feeMinor: { low: number; high: number } | null;
  /** Share of the fees of live creators that are paid by now. */
  paidShare: number;
  productCostMinor: number | null;
  /** Live posts of a creator, at least and at most. */
  posts: { low: number; high: number };
  /** Orders a live creator brings, on average; fewer for the small, more for the loved. */
  ordersEach: number;
  brief: Partial<Brief>;
}

const disclosure =
  '“#ad” or “Advertisement” as the first word of the caption, and spoken in the first ten seconds of a video. The platform’s own label comes on top, it does not replace the words.';
const shared: Partial<Brief> = {
  disclosure,
  usageRights: 'Organic use on our own channels for six months, worldwide. No paid ads without a new agreement.',
  freedom: 'Your kitchen, your words, your pace. We do not approve jokes, only facts about the product.',
};

export const campaignSpecs: readonly CampaignSpec[] = [
  {
    name: 'Winter Porridge',
    model: 'sponsored',
    startsInDays: -120,
    endsInDays: -62,
    state: 'ended',
    budgetMinor: 650_000n,
    landingUrl: 'https://oatwhistle.example/winter',
    note: 'The first campaign with codes for everybody.',
    goals: [
      { metric: 'orders', count: 300 },
      { metric: 'reach', count: 120_000 },
      { metric: 'posts_live', count: 36 },
    ],
    stages: [['live', 8]],
    liveStages: ['live'],
    feeMinor: { low: 45_000, high: 90_000 },
    paidShare: 1,
    productCostMinor: 1_850,
    posts: { low: 3, high: 6 },
    ordersEach: 39,
    brief: {
      ...shared,
      background:
        'Oatwhistle makes an oat drink that keeps its foam, and rolled oats from two farms. In winter people cook porridge; we want to be the warm part of that morning.',
      keyMessages: ['Foams like milk', 'Oats from two farms we can name', 'Sweet enough without sugar'],
      dos: ['Show the pan', 'Say what did not work'],
      donts: ['No health claims', 'No comparison with dairy brands'],
      deliverables: [{ platform: 'instagram', format: 'reel', count: 2, title: 'A winter breakfast', dueOn: null }],
      hashtags: ['winterporridge'],
      compensation: 'A fee by reach and work, and 10 % off for your readers.',
    },
  },
  {
    name: 'Slow Mornings',
    model: 'sponsored',
    startsInDays: -24,
    endsInDays: 16,
    state: 'live',
    budgetMinor: 840_000n,
    landingUrl: 'https://oatwhistle.example/slow-mornings',
    note: 'Barista oat drink, Ireland and the Netherlands.',
    goals: [
      { metric: 'orders', count: 500 },
      { metric: 'reach', count: 260_000 },
      { metric: 'posts_live', count: 38 },
      { metric: 'cpa', moneyMinor: 1_100n },
    ],
    stages: [
      ['live', 11],
      ['review', 3],
      ['making', 5],
      ['contract', 3],
      ['invited', 4],
      ['shortlisted', 6],
    ],
    liveStages: ['live'],
    feeMinor: { low: 12_000, high: 30_000 },
    paidShare: 0.45,
    productCostMinor: 1_200,
    posts: { low: 1, high: 3 },
    ordersEach: 27,
    brief: {
      ...shared,
      background:
        'A slow breakfast is a small rebellion. We look for people who bake, brew or simply sit down, and who would do so without us.',
      keyMessages: ['Holds its foam for ten minutes', 'Made for the first coffee of the day'],
      dos: ['Film in morning light', 'Link in the first comment or the story'],
      donts: ['No staged kitchens', 'No claims about health or weight'],
      deliverables: [
        { platform: 'instagram', format: 'reel', count: 1, title: 'My slow morning', dueOn: null },
        { platform: 'instagram', format: 'story', count: 2, title: 'With link', dueOn: null },
      ],
      hashtags: ['slowmornings'],
      compensation: 'A fee agreed with each of you, and the code for your readers.',
    },
  },
  {
    name: 'Oat School',
    model: 'product_seeding',
    startsInDays: -18,
    endsInDays: 10,
    state: 'live',
    budgetMinor: 120_000n,
    landingUrl: 'https://oatwhistle.example/oat-school',
    note: 'Breakfast boxes for families, no obligation to post.',
    goals: [
      { metric: 'posts_live', count: 24 },
      { metric: 'visitors', count: 1_500 },
    ],
    stages: [
      ['posted', 9],
      ['delivered', 6],
      ['shipped', 3],
      ['product_picked', 2],
      ['invited', 4],
    ],
    liveStages: ['posted'],
    feeMinor: null,
    paidShare: 0,
    productCostMinor: 2_400,
    posts: { low: 1, high: 1 },
    ordersEach: 4,
    brief: {
      ...shared,
      background:
        'A box with rolled oats, two drinks and a recipe card for school mornings. A gift, without obligation; when you post, it is labelled.',
      keyMessages: ['Ten-minute breakfasts for school days'],
      deliverables: [{ platform: 'instagram', format: 'post', count: 1, title: 'School-day breakfast', dueOn: null }],
      compensation: 'The box, worth 39 euros.',
    },
  },
  {
    name: 'Barista Circle',
    model: 'ambassadorship',
    startsInDays: -75,
    endsInDays: 110,
    state: 'live',
    budgetMinor: 600_000n,
    landingUrl: 'https://oatwhistle.example/barista',
    note: 'Six people who were there before we asked.',
    goals: [
      { metric: 'cpa', moneyMinor: 900n },
      { metric: 'revenue', moneyMinor: 1_200_000n },
    ],
    stages: [
      ['active', 5],
      ['trial', 1],
    ],
    liveStages: ['active'],
    feeMinor: { low: 24_000, high: 36_000 },
    paidShare: 0.6,
    productCostMinor: 3_600,
    posts: { low: 2, high: 4 },
    ordersEach: 22,
    brief: {
      ...shared,
      background: 'A year together: one post a month, honest notes to our roasters, first look at new drinks.',
      keyMessages: ['Made with baristas'],
      compensation: 'A monthly fee and everything you drink.',
    },
  },
];

import { type AudienceDimension, searchFields } from '../../api.ts';
import { foldText } from '../tokens.ts';

const list = (words: string): string[] => words.split(' ');

/** Words that ask for nothing by themselves. */
export const idleWords = new Set(
  list(
    'a an the and or with who whose that which are is be been being was were have has had having of in on at by for from to as their its they them he she we our my me i us you your it this these those some any all find show give get search looking look want need please creator creators influencer influencers people person persons account accounts profile profiles page pages someone somebody anyone anybody content post posts posted posting videos video make makes making made do does doing did but also plus only just really very more than about around living live lives based located located out there here so can could would should may might will must per each every between up least most ones one talk talks talking write writes writing cover covers s nor',
  ),
);

/** Nouns for those who are searched; a size or gender stands before them. */
export const peopleNouns = new Set(
  list(
    'creator creators influencer influencers people account accounts profile profiles blogger bloggers vlogger vloggers instagrammer instagrammers tiktoker tiktokers youtuber youtubers ones',
  ),
);

export const negations = new Set(
  list(
    "no not without never except excluding exclude excl minus nobody none don't doesn't isn't aren't haven't hasn't non",
  ),
);

/** What joins the values of one filter. */
export const joiners = new Set(list('or and , / & resp'));
export const placePrepositions = new Set(list('in from near around based living located at within'));

const fieldWords: Record<string, string> = {
  followers: 'followers|follower|subscribers|subscriber|subs|fans|followings',
  following: 'following|accounts followed|followed accounts',
  engagementRate: 'engagement rate|engagement|er|engaged|engagement of followers',
  engagements: 'engagements|interactions|engagements per post',
  avgLikes: 'likes|average likes|avg likes|likes per post|likes a post|mean likes',
  avgComments: 'comments|average comments|avg comments|comments per post|comments a post',
  avgViews: 'views|average views|avg views|plays|views per post|views per video|views a post|reach per post',
  avgShares: 'shares|average shares|shares per post|shares a post',
  avgSaves: 'saves|average saves|saves per post|saves a post',
  posts: 'posts in total|posts overall|total posts|posts altogether|posts|uploads',
  postsPerWeek: 'posts per week|posts a week|posts weekly|uploads per week|uploads a week|times a week|times per week',
  avgDurationS: 'seconds long|seconds|average duration|video length',
  sponsoredPosts: 'sponsored posts|paid posts|ads',
  sponsoredShare: 'sponsored|paid|posts sponsored|posts paid|sponsored share|ad share|of posts sponsored|of posts paid',
  audienceCredibility:
    'real followers|real people|real audience|credibility|credible followers|credible audience|genuine followers|authentic followers',
  adultShare: 'adult audience|adults|of age|over 21',
  declaredAge: 'years old|years of age|year old|yrs old|y o',
  medianLikes: 'median likes',
  medianComments: 'median comments',
  medianViews: 'median views',
  medianEngagementRate: 'median engagement rate|median engagement|median er',
};

/** Names a field goes by, as folded words, the longest first. */
export const fieldNames: readonly { words: string[]; field: string }[] = [
  ...Object.entries(fieldWords).flatMap(([field, names]) =>
    names.split('|').map((name) => ({ words: name.split(' '), field })),
  ),
].sort((a, b) => b.words.length - a.words.length);

/** Names before a colon: the label of every field without its signs, and its name in the API. */
export const fieldLabels: ReadonlyMap<string, string> = new Map(
  Object.entries(searchFields).flatMap(([field, { label }]) => [
    [field.toLowerCase().replace(/[^a-z0-9]/g, ''), field] as const,
    [foldText(label).replace(/[^a-z0-9]/g, ''), field] as const,
  ]),
);

/** Fields whose numbers are fractions, written as per cent. */
export function isFraction(field: string): boolean {
  return (
    /rate$|share$|credibility$|growth\dm$/i.test(field) || field === 'fact.credibility' || field === 'fact.reply_rate'
  );
}

export type Comparison = 'gte' | 'gt' | 'lte' | 'lt' | 'about';
/** Words before a number, the longest first. */
export const comparisons: readonly { words: string[]; means: Comparison }[] = (
  [
    [
      'gte',
      'at least|min|minimum|a minimum of|minimum of|no less than|not less than|no fewer than|not fewer than|starting at|starting from|upwards of|>=|≥|not under|not below',
    ],
    ['gt', 'over|more than|above|greater than|bigger than|larger than|higher than|exceeding|north of|>'],
    [
      'lte',
      'at most|max|maximum|a maximum of|maximum of|up to|no more than|not more than|not over|not above|<=|≤|until',
    ],
    ['lt', 'under|less than|fewer than|below|smaller than|lower than|<'],
    ['about', 'around|about|roughly|approximately|approx|circa|ca|some|nearly|almost|~'],
  ] as const
)
  .flatMap(([means, phrases]) => phrases.split('|').map((phrase) => ({ words: phrase.split(' '), means })))
  .sort((a, b) => b.words.length - a.words.length);

/** Words after a number. */
export const comparisonsAfter: readonly { words: string[]; means: 'gte' | 'lte' }[] = [
  { words: ['or', 'more'], means: 'gte' },
  { words: ['and', 'more'], means: 'gte' },
  { words: ['or', 'above'], means: 'gte' },
  { words: ['and', 'above'], means: 'gte' },
  { words: ['and', 'up'], means: 'gte' },
  { words: ['plus'], means: 'gte' },
  { words: ['or', 'less'], means: 'lte' },
  { words: ['or', 'fewer'], means: 'lte' },
  { words: ['or', 'below'], means: 'lte' },
];

export const numberWords: Record<string, number> = {
  thousand: 1e3,
  k: 1e3,
  tsd: 1e3,
  million: 1e6,
  millions: 1e6,
  m: 1e6,
  mio: 1e6,
  hundred: 100,
};

export const dayWords: Record<string, number> = {
  day: 1,
  days: 1,
  week: 7,
  weeks: 7,
  month: 30,
  months: 30,
  quarter: 91,
  quarters: 91,
  year: 365,
  years: 365,
};

export const platformWords: Record<string, string> = Object.fromEntries(
  [
    ['instagram', 'instagram insta ig instagrammer instagrammers'],
    ['tiktok', 'tiktok tiktoker tiktokers tik-tok'],
    ['youtube', 'youtube yt youtuber youtubers'],
    ['pinterest', 'pinterest pinner pinners'],
    ['blog', 'blog blogs blogger bloggers'],
  ].flatMap(([platform = '', names = '']) => list(names).map((name) => [name, platform])),
);

export const genderWords: Record<string, string> = Object.fromEntries([
  ...list('female females women woman girls ladies').map((word) => [word, 'female']),
  ...list('male males men man guys boys').map((word) => [word, 'male']),
]);

export const audienceNouns = new Set(list('audience audiences'));
export const followerNouns = new Set(list('followers fans viewers subscribers readers'));
export const mostly = new Set(list('mostly mainly primarily predominantly largely'));

export const currencyWords: Record<string, string> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
  chf: 'CHF',
  francs: 'CHF',
  sek: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
  pln: 'PLN',
  zloty: 'PLN',
  cad: 'CAD',
  aud: 'AUD',
  nzd: 'NZD',
  '¥': 'JPY',
  jpy: 'JPY',
  yen: 'JPY',
  inr: 'INR',
  '₹': 'INR',
  rupees: 'INR',
  brl: 'BRL',
  mxn: 'MXN',
};
/** Currencies a dollar sign may stand for, when it is the workspace's own. */
export const dollars = new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD']);
export const priceNouns = new Set(
  list('price prices priced cost costs costing charge charges charging fee fees rate rates budget ask asking paid'),
);

export const priceFormatWords: Record<string, string> = Object.fromEntries(
  [
    ['post', 'post posts'],
    ['reel', 'reel reels'],
    ['story', 'story stories'],
    ['video', 'video videos'],
    ['integration', 'integration integrations'],
    ['short', 'short shorts'],
    ['live', 'live lives'],
    ['carousel', 'carousel carousels'],
    ['pin', 'pin pins'],
    ['article', 'article articles'],
    ['ugc', 'ugc'],
    ['bundle', 'bundle bundles package packages'],
  ].flatMap(([format = '', names = '']) => list(names).map((name) => [name, format])),
);

/** Words of one thing that is so or not. */
export const flagPhrases: readonly { words: string[]; field: string; value: boolean }[] = (
  [
    ['verified', true, 'verified|blue tick|blue check'],
    ['private', true, 'private account|private accounts|private profiles|private'],
    ['private', false, 'public account|public accounts|public profiles|public'],
    [
      'hasEmail',
      true,
      'has e-mail|has email|with e-mail|with email|with an e-mail|with an email|e-mail address|email address|e-mail known|email known|e-mail|email|an e-mail address|an email address|contactable',
    ],
    ['openToGifting', true, 'open to gifting|open to gifts|open for gifting|gifted|open to seeding'],
    [
      'hasSponsored',
      true,
      'sponsored content|sponsored posts|paid posts|paid partnerships|ads|sponsorships|sponsored deals|brand deals|brand partnerships',
    ],
    ['affiliate', true, 'affiliate links|affiliate posts|affiliate codes|discount codes|affiliate'],
    ['officialArtist', true, 'official artist channel|official artist|official artists'],
    ['suppressed', true, 'suppressed|blocked'],
  ] as const
)
  .flatMap(([field, value, phrases]) =>
    phrases.split('|').map((phrase) => ({ words: phrase.split(' '), field, value })),
  )
  .sort((a, b) => b.words.length - a.words.length);

/** What others of the product know of a creator; `yes` is the filter, `no` the one under a negation. */
export const relationPhrases: readonly { words: string[]; fact: string }[] = (
  [
    [
      'contacted',
      'contacted yet|contacted before|contacted|written to|been contacted|been written to|wrote to|messaged|approached|yet contacted',
    ],
    [
      'worked_with',
      'worked with us before|worked with us|worked with you before|worked with you|worked with me|worked with before|previous collaborators|past collaborators|previous partners|past partners',
    ],
  ] as const
)
  .flatMap(([fact, phrases]) => phrases.split('|').map((phrase) => ({ words: phrase.split(' '), fact })))
  .sort((a, b) => b.words.length - a.words.length);

export const rivalWords = new Set(list('rival rivals competitor competitors competing'));
export const dealWords = new Set(
  list(
    'deal deals brand brands partnership partnerships post posts ad ads sponsorship sponsorships collab collabs collaboration collaborations work products paid promo promos content',
  ),
);

/** Age of an audience in years, by the buckets it is told in. */
export const ageBuckets: readonly { from: number; to: number; bucket: string }[] = [
  { from: 13, to: 17, bucket: '13-17' },
  { from: 18, to: 24, bucket: '18-24' },
  { from: 25, to: 34, bucket: '25-34' },
  { from: 35, to: 44, bucket: '35-44' },
  { from: 45, to: 64, bucket: '45-64' },
  { from: 65, to: Number.POSITIVE_INFINITY, bucket: '65-' },
];

export const audienceFields: Record<AudienceDimension, string> = {
  country: 'audience.country',
  state: 'audience.state',
  city: 'audience.city',
  age: 'audience.age',
  gender: 'audience.gender',
  engagersGender: 'audience.engagersGender',
  language: 'audience.language',
  interest: 'audience.interest',
};

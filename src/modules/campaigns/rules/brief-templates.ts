import { daysBetween } from '#kernel/time.ts';
import { type Brief, type BriefTemplate, briefSchema, type CampaignModel } from '../api.ts';
import { shiftBrief } from './shift-brief.ts';

/** The first day of the campaign the days of built-in templates are counted from. */
export const builtInAnchor = '2026-01-01';

interface BuiltIn {
  id: string;
  name: string;
  model: CampaignModel;
  summary: string;
  brief: Partial<Brief>;
}

const seeding: BuiltIn = {
  id: 'built-in.seeding',
  name: 'Gift without strings',
  model: 'product_seeding',
  summary: 'A product to try; posting is welcome and not owed',
  brief: {
    background:
      'Say who you are in two sentences, what the product is good for, and why you thought of this creator. Nobody owes a post for a gift.',
    keyMessages: ['What the product is for, in one idea', 'The one thing that sets it apart'],
    talkingPoints: ['Where it is made', 'What it is made of', 'How long it lasts'],
    dos: ['Try it for a week before you say anything', 'Say what you did not like as well'],
    donts: ['Do not post if you would not tell a friend'],
    captionGuidelines: ['Name the brand with its handle, once'],
    freedom: 'Whether you post, what you show and what you think of it are yours. We do not see it beforehand.',
    compensation: 'The product is a gift. There is no fee and no duty to post.',
    usageRights: 'We ask before we show anything of yours.',
    disclosure: 'A gift counts as a material connection: say that you got it free, where nobody can miss it.',
    dates: { respondBy: '2026-01-11', draftsBy: null, liveFrom: null, liveUntil: null },
  },
};

const sponsoredVideo: BuiltIn = {
  id: 'built-in.sponsored-video',
  name: 'Sponsored short video with stories',
  model: 'sponsored',
  summary: 'One short video and two stories with a link, drafts before they go live',
  brief: {
    background: 'Say who buys the product today, whom you want to reach now, and what they think of it so far.',
    keyMessages: ['What changes in a day with the product', 'Why it is worth its price'],
    talkingPoints: ['A number your team can prove', 'What others say of it'],
    dos: ['Show it in use within the first seconds', 'Put the link into the story on the same day'],
    donts: ['No claims about health or the planet that we have not written down here'],
    captionGuidelines: ['Name the brand with its handle', 'Name your code if you have one'],
    freedom: 'Story, place, tone, music and cut are yours. So is the wording.',
    deliverables: [
      { platform: 'instagram', format: 'reel', count: 1, title: 'The product in your day', dueOn: '2026-01-22' },
      { platform: 'instagram', format: 'story', count: 2, title: 'With the link', dueOn: '2026-01-24' },
    ],
    dates: { respondBy: '2026-01-07', draftsBy: '2026-01-18', liveFrom: '2026-01-22', liveUntil: '2026-02-05' },
    pay: { fee: null, goods: null, commissionShare: null, paidAfter: 'live', paidWithinDays: 30 },
    rights: [{ channels: ['brand_social', 'brand_website'], isPaid: false, territory: 'worldwide', days: 90 }],
    disclosure: 'The first words of the caption say that it is advertising, and the label of the platform is on.',
  },
};

const sponsoredReview: BuiltIn = {
  id: 'built-in.sponsored-review',
  name: 'Sponsored long review',
  model: 'sponsored',
  summary: 'One long video or article for goods that need explaining',
  brief: {
    background: 'Say which question people ask before they buy, and what they compare the product with.',
    keyMessages: ['Whom the product suits', 'Whom it does not suit'],
    talkingPoints: ['How it compares with what most people use', 'What it costs over a year'],
    dos: ['Use it for two weeks first', 'Say what you would change'],
    donts: ['Do not name others without having tried them'],
    captionGuidelines: ['Put the link into the first two lines of the description'],
    freedom: 'Your verdict is yours, also where it hurts. We only check facts.',
    deliverables: [{ platform: 'youtube', format: 'video', count: 1, title: 'After two weeks', dueOn: '2026-02-05' }],
    dates: { respondBy: '2026-01-10', draftsBy: '2026-01-29', liveFrom: '2026-02-05', liveUntil: '2026-02-26' },
    pay: { fee: null, goods: null, commissionShare: null, paidAfter: 'live', paidWithinDays: 30 },
    rights: [{ channels: ['brand_website', 'email'], isPaid: false, territory: 'worldwide', days: 180 }],
    disclosure:
      'Say in the video and in the first line of the description that it is paid, before the product is shown.',
  },
};

const ambassador: BuiltIn = {
  id: 'built-in.ambassador',
  name: 'Ambassador for three months',
  model: 'ambassadorship',
  summary: 'A piece a month, a code, and a share of the orders',
  brief: {
    background: 'Say what the months ahead bring: launches, seasons, what you would like to learn from the creator.',
    keyMessages: ['What you stand for as a brand', 'What is new this season'],
    talkingPoints: ['What is coming next month', 'What people ask our support'],
    dos: ['Use the product in your ordinary life', 'Tell us what your audience asks'],
    donts: ['No deals with the brands named in the contract while this runs'],
    captionGuidelines: ['Name your code, and that you earn from it'],
    freedom: 'When in the month, in which format and about what is yours. Propose ideas; we like being surprised.',
    deliverables: [
      { platform: 'instagram', format: 'reel', count: 1, title: 'First month', dueOn: '2026-01-31' },
      { platform: 'instagram', format: 'reel', count: 1, title: 'Second month', dueOn: '2026-02-28' },
      { platform: 'instagram', format: 'reel', count: 1, title: 'Third month', dueOn: '2026-03-31' },
    ],
    dates: { respondBy: '2026-01-10', draftsBy: null, liveFrom: '2026-01-15', liveUntil: '2026-03-31' },
    pay: { fee: null, goods: null, commissionShare: 0.1, paidAfter: 'live', paidWithinDays: 30 },
    rights: [
      { channels: ['brand_social', 'brand_website', 'email'], isPaid: false, territory: 'worldwide', days: 180 },
    ],
    disclosure: 'Every post says that you are an ambassador of the brand and earn from orders, in its first line.',
  },
};

const affiliate: BuiltIn = {
  id: 'built-in.affiliate',
  name: 'A link, a code, a share of the orders',
  model: 'affiliate',
  summary: 'No fee and no duty; what sells is shared',
  brief: {
    background: 'Say who buys the product, what they say of it a month later, and what an order is worth on average.',
    keyMessages: ['Whom the product suits', 'What your followers save with the code'],
    talkingPoints: ['What it costs', 'How long delivery takes', 'How it is given back'],
    dos: ['Use it before you recommend it', 'Put link and code where they are found weeks later'],
    donts: ['Do not bid on our name in search ads', 'Do not leave the code on coupon pages'],
    captionGuidelines: ['Name your code', 'Say that you earn from orders'],
    freedom: 'Whether, when, where and how you speak of it. Nothing is owed, and nothing is looked at beforehand.',
    compensation: 'A share of each order by your link or code, less what is given back. There is no fee.',
    dates: { respondBy: '2026-01-14', draftsBy: null, liveFrom: null, liveUntil: null },
    pay: { fee: null, goods: null, commissionShare: 0.1, paidAfter: 'live', paidWithinDays: 30 },
    disclosure: 'A link or code that you earn from is advertising: say so beside it, in the first line.',
  },
};

const contentOnly: BuiltIn = {
  id: 'built-in.ugc',
  name: 'Pieces for our own channels',
  model: 'ugc',
  summary: 'Three clips and five pictures with rights for ads; you do not post them',
  brief: {
    background: 'Say where the pieces will be shown, to whom, and which question of theirs each is to answer.',
    keyMessages: ['What it is like to use it', 'What changed by it'],
    talkingPoints: ['The first moment with it', 'The place at home where it stands'],
    dos: ['Film upright, in daylight', 'Leave a second before and after each take', 'Send the files as they are'],
    donts: ['No music you have no rights to', 'No faces of people who did not agree'],
    freedom: 'Story, words and place are yours. We choose which take we show.',
    deliverables: [
      { platform: 'instagram', format: 'reel', count: 3, title: 'Clip, upright', dueOn: '2026-01-22' },
      { platform: 'instagram', format: 'post', count: 5, title: 'Picture', dueOn: '2026-01-22' },
    ],
    dates: { respondBy: '2026-01-07', draftsBy: '2026-01-22', liveFrom: null, liveUntil: null },
    pay: { fee: null, goods: null, commissionShare: null, paidAfter: 'approved', paidWithinDays: 30 },
    rights: [
      {
        channels: ['brand_social', 'brand_website', 'email', 'marketplaces'],
        isPaid: true,
        territory: 'worldwide',
        days: 365,
      },
    ],
    usageRights: 'Counted from the day a piece is approved, since you do not post it.',
    disclosure: 'You post nothing, so there is nothing to label; where we show it as your opinion, we say it was paid.',
  },
};

const event: BuiltIn = {
  id: 'built-in.event',
  name: 'An evening together',
  model: 'event',
  summary: 'Invited as a guest; posting is welcome and not owed',
  brief: {
    background: 'Say what happens, where, who else comes, from when to when, and who is there for questions.',
    keyMessages: ['What the evening is for', 'What is shown there for the first time'],
    talkingPoints: ['Who made it', 'What can be tried on the spot'],
    dos: ['Tell us by when you come and what you cannot eat', 'Ask whoever is in the picture'],
    donts: ['Do not show what is marked as not yet out'],
    captionGuidelines: ['Name the brand with its handle, once'],
    freedom: 'Whether you post, what you show and what you think of it are yours.',
    compensation: 'You are our guest: entry, food and the way there. There is no fee and no duty to post.',
    dates: { respondBy: '2026-01-10', draftsBy: null, liveFrom: '2026-01-22', liveUntil: '2026-02-05' },
    disclosure: 'An invitation counts as a gift: say that you were invited, where nobody can miss it.',
  },
};

const builtIns: readonly BuiltIn[] = [
  seeding,
  sponsoredVideo,
  sponsoredReview,
  ambassador,
  affiliate,
  contentOnly,
  event,
];

/** Templates that come with the program; their days are those of a campaign that begins on `startsOn`. */
export function builtInTemplates(startsOn: string): BriefTemplate[] {
  return builtIns.map(({ brief, ...about }) => ({
    ...about,
    isBuiltIn: true,
    brief: shiftBrief(briefSchema.parse(brief), daysBetween(builtInAnchor, startsOn)),
    updatedAt: null,
  }));
}

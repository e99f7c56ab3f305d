/** What creators of each niche write about; invented. */
export interface NicheWords {
  bio: readonly string[];
  things: readonly string[];
  moments: readonly string[];
  tags: readonly string[];
}

export const nicheWords: Record<string, NicheWords> = {
  food: {
    bio: [
      'slow breakfasts and home baking',
      'sourdough, rye and patience',
      'a small kitchen, big porridge',
      'home barista, milk foam notes',
    ],
    things: [
      'overnight oats with stewed pears',
      'a rye loaf that finally rose',
      'porridge with brown butter',
      'oat drink for the first flat white',
      'a tray of cardamom buns',
      'lentil soup for the week',
      'plum cake from the freezer',
    ],
    moments: [
      'before the house wakes',
      'on a rainy Sunday',
      'between two school runs',
      'with the last of the honey',
      'after three failed attempts',
      'in ten minutes flat',
    ],
    tags: ['slowbreakfast', 'homebaking', 'porridge', 'sourdough', 'oatdrink', 'homebarista', 'breakfasttable'],
  },
  family: {
    bio: ['three children, one table', 'school mornings, honestly', 'family life with lists', 'twins, tea and tidying'],
    things: [
      'school-day breakfasts',
      'the lunch boxes',
      'our evening walk',
      'a quiet corner for homework',
      'the great sock sorting',
      'pancakes shaped like letters',
    ],
    moments: [
      'before the bus comes',
      'while it rains',
      'with everybody helping',
      'on the last day of term',
      'after a long week',
    ],
    tags: ['familytable', 'schoolmornings', 'slowparenting', 'lunchbox', 'kidsbreakfast'],
  },
  fashion: {
    bio: ['one coat, many seasons', 'second-hand first', 'small wardrobe, good wool', 'colours and long walks'],
    things: [
      'the green coat on the ferry',
      'a mended jumper',
      'linen for ten days',
      'boots resoled again',
      'my three-colour week',
      'a scarf from the flea market',
    ],
    moments: [
      'for a windy city',
      'before the first frost',
      'in morning light',
      'for a wedding in the rain',
      'with what I own',
    ],
    tags: ['slowfashion', 'secondhand', 'capsulewardrobe', 'mendedclothes', 'outfitnotes'],
  },
  travel: {
    bio: ['trains before planes', 'walks with a flask', 'harbours and small museums', 'weekends by rail'],
    things: [
      'the night train north',
      'a hut above the fog',
      'an island with one cafe',
      'breakfast on the platform',
      'the coast path in wind',
      'a library in an old mill',
    ],
    moments: [
      'in the off season',
      'with one small bag',
      'before the crowds',
      'on two trains and a ferry',
      'in slow light',
    ],
    tags: ['slowtravel', 'byrail', 'coastpath', 'weekendwalks', 'flaskandfog'],
  },
  beauty: {
    bio: [
      'five minutes, three products',
      'gentle skin, plain words',
      'refills and honest reviews',
      'skin notes from a pharmacist',
    ],
    things: [
      'a plain oat mask',
      'my winter hand cream',
      'the refill shelf',
      'sun care in spring',
      'three products I finished',
      'a soap that lasts',
    ],
    moments: ['before coffee', 'after a cold swim', 'for dry days', 'without a filter', 'in four weeks'],
    tags: ['gentleskin', 'refill', 'skincarenotes', 'oatmask', 'slowbeauty'],
  },
  fitness: {
    bio: ['slow miles, warm porridge', 'strength at home', 'cold water, warm oats', 'first marathon at forty'],
    things: [
      'an easy ten before work',
      'porridge after the hill',
      'my rest day',
      'kettlebells in the kitchen',
      'the first sea swim',
      'a plan that failed well',
    ],
    moments: ['in the dark', 'with no watch', 'after the storm', 'with the running club', 'before sunrise'],
    tags: ['slowmiles', 'strengthathome', 'coldwater', 'runnersbreakfast', 'restday'],
  },
  interior: {
    bio: ['a small flat, slowly', 'old wood, new paint', 'renting with care', 'shelves by hand'],
    things: [
      'the kitchen shelf',
      'a table from the skip',
      'the reading corner',
      'limewash in the hall',
      'our pantry labels',
      'a lamp I rewired',
    ],
    moments: ['on a small budget', 'in two weekends', 'with leftover paint', 'in winter light', 'without drilling'],
    tags: ['smallflat', 'slowhome', 'oldwood', 'pantryshelf', 'rentersdiy'],
  },
  pet: {
    bio: ['one whippet, many blankets', 'two rescue cats, one sofa', 'a hen called Duchess', 'walks with Biscuit'],
    things: [
      'the muddy walk',
      'a blanket fort',
      'the vet visit',
      'a new harness',
      'breakfast theft',
      'the window seat',
    ],
    moments: ['before breakfast', 'in the rain again', 'with zero regret', 'after bath day', 'at five in the morning'],
    tags: ['rescuedog', 'whippetlife', 'catsofcork', 'muddywalks', 'slowpets'],
  },
  lifestyle: {
    bio: ['ordinary days, well lit', 'letters, allotment, tea', 'small joys and lists', 'allotment number nine'],
    things: [
      'the allotment in May',
      'a letter I finally wrote',
      'garden breakfasts',
      'the market on foot',
      'a slow Sunday list',
      'seedlings on every sill',
    ],
    moments: [
      'with cold hands',
      'before the week begins',
      'in the last sun',
      'with the neighbours',
      'between two jobs',
    ],
    tags: ['allotment', 'smalljoys', 'slowliving', 'gardenbreakfast', 'ordinarydays'],
  },
};

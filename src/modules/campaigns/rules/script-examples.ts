import type { Brief } from '../api.ts';

/** Briefs written for the test of the script warning, each with the signs a careful reader sees in it. None is taken from a real campaign. */
export interface ScriptExample {
  name: string;
  brief: Partial<Brief>;
  /** Rules that should warn; empty for a brief that leaves room. */
  expected: readonly string[];
}

const many = (count: number, line: string) => Array.from({ length: count }, (_, index) => `${line} ${index + 1}`);

export const scriptExamples: readonly ScriptExample[] = [
  {
    name: 'a caption given whole',
    brief: {
      captionGuidelines: ['“I start every single day with Oatwhistle because it simply tastes better than milk!”'],
      freedom: 'Nothing',
    },
    expected: ['word-for-word'],
  },
  {
    name: 'a caption to copy, without quotation marks',
    brief: {
      captionGuidelines: ['Copy and paste this caption: Mornings taste better with Oatwhistle, link in bio'],
      freedom: 'The picture',
    },
    expected: ['dictated'],
  },
  {
    name: 'a sentence to be said in the video',
    brief: { keyMessages: ['Say exactly: it froths like milk'], freedom: 'The place' },
    expected: ['dictated'],
  },
  {
    name: 'timing by the second',
    brief: { dos: ['0:00-0:03 logo on screen', '0:03-0:08 pour the milk', 'Then smile'], freedom: 'Music' },
    expected: ['dictated'],
  },
  {
    name: 'timing in words',
    brief: {
      dos: ['In the first 3 seconds hold the bottle with the label to the camera', 'After 5 seconds turn it'],
      freedom: 'Music',
    },
    expected: ['dictated'],
  },
  {
    name: 'a wall of musts',
    brief: {
      dos: [
        'You must smile',
        'You must wear white',
        'You must film at noon',
        'You must name the price',
        'Show the pour',
      ],
      donts: ['Never sit', 'Never mention coffee shops'],
      freedom: 'Music',
    },
    expected: ['mostly-orders'],
  },
  {
    name: 'many musts among many wishes',
    brief: {
      dos: [
        'You must smile',
        'You must wear white',
        'You must film at noon',
        'You must name the price',
        'You must tag us',
        'You must thank us',
        'Show the pour',
        'Show a table',
        'Show hands',
      ],
      donts: ['Avoid logos of others', 'Avoid noise', 'Avoid captions over faces', 'Avoid filters'],
      freedom: 'Music',
    },
    expected: ['too-many-musts'],
  },
  {
    name: 'nine messages',
    brief: { keyMessages: many(9, 'An idea'), freedom: 'Story' },
    expected: ['too-many-messages'],
  },
  {
    name: 'sixteen rules',
    brief: { dos: many(9, 'Think of'), donts: many(7, 'Leave out'), freedom: 'Story' },
    expected: ['too-many-rules'],
  },
  {
    name: 'demands and no word on freedom',
    brief: { keyMessages: ['It froths'], dos: ['Show the pour', 'Show the label'], donts: ['No coffee shops'] },
    expected: ['nothing-left-free'],
  },
  {
    name: 'a novel',
    brief: { background: 'We began in a barn. '.repeat(160), freedom: 'All' },
    expected: ['too-long'],
  },
  {
    name: 'a whole script',
    brief: {
      background: 'Oat drink.',
      keyMessages: many(7, 'Message'),
      dos: ['Read out the text below', 'You must look into the camera', 'Always hold the bottle', 'Never laugh'],
      captionGuidelines: ['"Oatwhistle makes my slow mornings better, try it with my code today"'],
    },
    expected: ['word-for-word', 'dictated', 'too-many-messages', 'nothing-left-free'],
  },
  {
    name: 'German: eine Bildunterschrift im Ganzen',
    brief: {
      captionGuidelines: ['„Mein Morgen beginnt jeden Tag ganz in Ruhe mit Oatwhistle aus Wexford“'],
      freedom: 'Der Ort',
    },
    expected: ['word-for-word'],
  },
  {
    name: 'German: lauter Muss',
    brief: {
      dos: ['Du musst lächeln', 'Immer die Flasche halten', 'Auf keinen Fall sitzen', 'Zeig den Guss'],
      freedom: 'Musik',
    },
    expected: ['mostly-orders'],
  },
  {
    name: 'Spanish: todo obligatorio',
    brief: {
      dos: ['Debes sonreír', 'Siempre con la botella', 'Es obligatorio decir el precio', 'Muestra la taza'],
      freedom: 'Música',
    },
    expected: ['mostly-orders'],
  },
  {
    name: 'French: une phrase à dire',
    brief: { keyMessages: ['« Oatwhistle rend mes matins plus doux et mon café bien meilleur »'], freedom: 'Le lieu' },
    expected: ['word-for-word'],
  },
  {
    name: 'an open brief',
    brief: {
      background: 'Oatwhistle makes a barista oat drink in Wexford. It "froths like milk".',
      keyMessages: ['It froths like milk', 'Made in Wexford'],
      dos: ['Show the pour'],
      donts: ['Never make health claims'],
      freedom: 'Story, place and cut are yours.',
    },
    expected: [],
  },
  { name: 'an empty brief', brief: {}, expected: [] },
  {
    name: 'what the law needs, to the letter',
    brief: {
      keyMessages: ['For adults who like coffee'],
      dos: ['Show the pour'],
      donts: ['Never say that it cures anything'],
      disclosure: 'Write exactly “Werbung” as the very first word of the caption, before anything else at all',
      freedom: 'The rest',
    },
    expected: [],
  },
  {
    name: 'terms that must be exact',
    brief: {
      keyMessages: ['A slow morning'],
      usageRights: 'We must always ask before paid use, exactly as the contract says, no exceptions, mandatory.',
      compensation: 'You must send an invoice.',
      freedom: 'Everything you show',
    },
    expected: [],
  },
  {
    name: 'a product name in quotation marks and a short claim',
    brief: {
      background: 'The drink is called “Slow Oat Barista Extra Creamy”.',
      dos: ['Call it by its name'],
      freedom: 'The rest',
    },
    expected: [],
  },
  {
    name: 'a review that may hurt',
    brief: {
      keyMessages: ['Whom it suits', 'Whom it does not suit'],
      dos: ['Use it for two weeks first', 'Say what you would change', 'Answer questions below the post'],
      donts: ['Do not name others without having tried them'],
      freedom: 'Your verdict is yours, also where it hurts.',
    },
    expected: [],
  },
  {
    name: 'hours and days are no timing by the second',
    brief: {
      dos: ['Post between 8:00 and 10:00', 'Story within 48 h', 'A video of 20 to 45 seconds'],
      freedom: 'The rest',
    },
    expected: [],
  },
  {
    name: 'a wish with always in it',
    brief: {
      dos: ['Show where you always drink it', 'Use the cup you love', 'Tag us'],
      donts: ['No filters'],
      freedom: 'The rest',
    },
    expected: [],
  },
  {
    name: 'German: ein offenes Briefing',
    brief: {
      background: 'Oatwhistle macht Haferdrink für Baristas.',
      keyMessages: ['Schäumt wie Milch'],
      dos: ['Zeig deinen Morgen', 'Nenn unseren Namen einmal'],
      donts: ['Keine Aussagen zur Gesundheit'],
      freedom: 'Geschichte, Ort und Schnitt sind deine Sache.',
    },
    expected: [],
  },
];

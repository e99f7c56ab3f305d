import type { Token } from './read-caption.ts';

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));
/** A walk for charity, an athlete: what is sponsored there is no post. */
const charity = set(
  'walk walks run runs swim ride rides hike event athlete athletes child children kid silence row skydive',
);
/** What others pay for who advertise to nobody here: an event has sponsors, its visitors are none of their business. */
const events = set(
  'run race walk marathon festival event events tournament match league team club scholarship charity fundraiser concert gala parade conference meetup show match game awards',
);
const between = set('is was are were kindly proudly which generously being and');
/** Whom people call their sponsors in jest. */
const jests = set(
  'caffeine coffee espresso tea wine beer my mom mum mummy mama dad daddy papa parents grandma husband wife hubby boyfriend girlfriend me myself nobody no anxiety lack sleep insomnia chaos adhd',
);
const subjects = set(
  'i we you he she they who parents parent mom mum dad grandma grandpa husband wife friends friend family company employer',
);
const own = set('me us');
/** What one publishes: "@brand sponsored this video" tells readers. */
const published = set('post video reel story content episode vlog photo blog giveaway partnership tiktok');
const determiners = set('a an the this that these my our his her their your one');
const lookAhead = 4;
const lookBack = 4;

const isWord = (token: Token | undefined): token is Token => token?.kind === 'word';

/** Does "sponsored" at this token speak of something else than the post: a charity run, an event's sponsors, what somebody paid for, a jest? */
export function isEverydaySponsored(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (isWord(next) && charity.has(next.text)) return true;
  if (isWord(next) && next.text === 'by') return isJest(tokens[at + 2]) || isOfEvent(tokens, at);
  return isWord(next) && determiners.has(next.text) && isDeed(tokens, at);
}

const isJest = (whom: Token | undefined) => isWord(whom) && jests.has(whom.text);

function isOfEvent(tokens: readonly Token[], at: number): boolean {
  for (let back = at - 1; back >= Math.max(0, at - lookBack); back -= 1) {
    const token = tokens[back];
    if (!isWord(token)) return false;
    if (events.has(token.text)) return true;
    if (!between.has(token.text)) return false;
  }
  return false;
}

/** "My parents sponsored this trip": somebody did, who is no account, and what follows is nothing one publishes. */
function isDeed(tokens: readonly Token[], at: number): boolean {
  const subject = tokens[at - 1];
  if (!isWord(subject) || !subjects.has(subject.text)) return false;
  const object = tokens.slice(at + 1, at + 1 + lookAhead);
  return !object.some((token) => isWord(token) && (published.has(token.text) || own.has(token.text)));
}

/** "I wish this was #sponsored". */
export function isWished(tokens: readonly Token[], at: number): boolean {
  return tokens
    .slice(Math.max(0, at - lookBack), at)
    .some((token) => isWord(token) && /^wish(?:ed|es|ing)?$/u.test(token.text));
}

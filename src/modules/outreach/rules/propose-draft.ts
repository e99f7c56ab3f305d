/** A post a draft may speak of. */
export interface PostToPraise {
  id: string;
  url: string | null;
  /** ISO instant; null is not known. */
  postedAt: string | null;
  format: string | null;
  caption: string | null;
  isPaidLabel: boolean | null;
}

export interface ChosenPost {
  post: PostToPraise;
  excerpt: string;
  /** Words the post and the brand have in common. */
  shared: string[];
  how: string;
}

const ageDaysMax = 120;
const wordLettersMin = 4;
const stopWords = new Set(
  `with that this from have your about what when they them their then than were will would could should just like more most some also into over
   very here there these those because while where which every really being been after before still today love great best nice good`.split(
    /\s+/,
  ),
);
const paidWords = /#(ad|sponsored|anzeige|werbung|publicidad|pub|reklame)\b|paid partnership|gifted/i;

/**
 * The post a first mail speaks of: of those of the last 120 days with words of their own and not paid for, the one that shares most words with what the
 * brand says of itself; among equals the newest. Null when there is none: then there is nothing true to say.
 */
export function choosePost(posts: readonly PostToPraise[], about: string, now: Date): ChosenPost | null {
  const wanted = wordsOf(about);
  const oldest = now.getTime() - ageDaysMax * 86_400_000;
  const found = posts.flatMap((post) => {
    const caption = post.caption ?? '';
    const at = post.postedAt === null ? Number.NaN : Date.parse(post.postedAt);
    if (post.isPaidLabel === true || paidWords.test(caption) || !(at >= oldest) || at > now.getTime()) return [];
    const excerpt = firstSentence(caption);
    if (excerpt === null) return [];
    const shared = [...wordsOf(caption)].filter((word) => wanted.has(word)).sort();
    return [{ post, excerpt, shared, at }];
  });
  const [best] = found.sort(
    (a, b) => b.shared.length - a.shared.length || b.at - a.at || (a.post.id < b.post.id ? -1 : 1),
  );
  if (best === undefined) return null;
  const { post, excerpt, shared } = best;
  const how =
    shared.length > 0
      ? `Shares ${shared
          .slice(0, 5)
          .map((word) => `"${word}"`)
          .join(', ')} with what the brand says of itself`
      : 'The newest post with words of its own; it shares none with what the brand says of itself';
  return { post, excerpt, shared, how };
}

function wordsOf(text: string): Set<string> {
  const words =
    text
      .toLowerCase()
      .normalize('NFKC')
      .match(/\p{L}+/gu) ?? [];
  return new Set(words.filter((word) => Array.from(word).length >= wordLettersMin && !stopWords.has(word)));
}

/** The first sentence with at least three words, without hashtags, links and marks at its ends; at most 90 characters. */
function firstSentence(caption: string): string | null {
  for (const line of caption.split(/\n+/)) {
    const plain = line
      .replace(/https?:\/\/\S+/g, '')
      .replace(/[#@][\p{L}\p{N}_.]+/gu, '')
      .replace(/\p{Extended_Pictographic}|\uFE0F|\u200D/gu, '')
      .replace(/\s+/g, ' ')
      .trim();
    const sentence = (/^.*?[.!?…](?=\s|$)/.exec(plain)?.[0] ?? plain).replace(/[\s.!?…,;:–-]+$/, '').trim();
    if (sentence.split(' ').length < 3) continue;
    const letters = Array.from(sentence);
    if (letters.length <= 90) return sentence;
    const cut = letters.slice(0, 90).join('');
    return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 50)).trimEnd()} …`;
  }
  return null;
}

/** The draft as rules write it: plain, true, short; the person who approves it makes it their own. */
export function writeDraft(of: {
  greeting: string;
  excerpt: string;
  format: string | null;
  day: string;
  brand: string;
  pitch: string;
  campaign: string | null;
  sender: string | null;
}): { subject: string; text: string } {
  const what = of.format === null ? 'post' : of.format.toLowerCase();
  const lines = [
    `Hi ${of.greeting},`,
    `your ${what} of ${of.day} ("${of.excerpt}") is why I am writing.`,
    `I work with ${of.brand}.${of.pitch === '' ? '' : ` ${of.pitch}`}`,
    of.campaign === null
      ? 'Would you like to hear what we have in mind? A short answer is enough.'
      : `For "${of.campaign}" we are looking for a few people who make what you make. Would you like to hear more? A short answer is enough.`,
    `Best wishes${of.sender === null ? '' : `,\n${of.sender}`}`,
  ];
  return { subject: `Your ${what} and ${of.brand}`, text: lines.join('\n\n') };
}

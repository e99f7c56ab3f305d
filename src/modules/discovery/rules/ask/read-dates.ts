import { dayWords } from './lexicon.ts';
import { filterStep, keyAt, notOf, type Place, type Reader, skip } from './reading.ts';

const postedVerbs = new Set(['posted', 'posts', 'post', 'posting', 'active', 'published', 'uploaded', 'last']);
const silentVerbs = new Set(['inactive', 'silent', 'quiet', 'dormant']);
const refreshedVerbs = new Set(['refreshed', 'updated', 'imported']);
const fillers = new Set([
  'in',
  'within',
  'during',
  'since',
  'for',
  'over',
  'something',
  'anything',
  'post',
  'was',
  'is',
  'less',
  'than',
  'the',
]);
const soft = new Set(['recently', 'lately', 'regularly', 'often', 'frequently']);

/** "who posted this month", "active in the last 30 days", "not posted for 90 days", "refreshed within a week". */
export const readDate: Reader = ({ words, at, known, isNot }) => {
  const verb = keyAt(words, at);
  const isSilent = silentVerbs.has(verb);
  const field = refreshedVerbs.has(verb) ? 'refreshed' : 'lastPost';
  if (!postedVerbs.has(verb) && !isSilent && field === 'lastPost') return null;
  if (verb === 'last' && keyAt(words, at + 1) !== 'post') return null;
  const start = skip(words, at + 1, fillers);
  if (soft.has(keyAt(words, start)))
    return {
      to: start + 1,
      unclear: `“${keyAt(words, start)}” is no date. Write for example “posted in the last 30 days”.`,
    };
  const span = spanAt(words, start, known.today);
  if (span === null)
    return isSilent ? { to: at + 1, unclear: 'Say for how long, such as “inactive for 90 days”.' } : null;
  if (span.days < 1 || span.days > 3650) return { to: span.to, unclear: 'It takes 1 to 3650 days.' };
  const to = keyAt(words, span.to) === 'ago' ? span.to + 1 : span.to;
  return filterStep(to, { field, op: 'within', days: span.days, ...notOf(isNot !== isSilent) }, span.remark);
};

function spanAt(
  words: Place['words'],
  from: number,
  today: string,
): { days: number; to: number; remark: { remark?: string } } | null {
  const key = keyAt(words, from);
  if (key === 'today') return { days: 1, to: from + 1, remark: { remark: '“today” is read as the last 24 hours.' } };
  if (key === 'yesterday')
    return { days: 2, to: from + 1, remark: { remark: '“yesterday” is read as the last 2 days.' } };
  if (key === 'this') return thisSpan(keyAt(words, from + 1), from + 2, today);
  const at = skip(words, from, new Set(['last', 'past', 'previous', 'recent', 'a', 'an', 'one', 'at', 'least']));
  const word = words[at];
  if (word?.kind === 'number') {
    const unit = dayWords[keyAt(words, at + 1)];
    return unit === undefined || !Number.isInteger(word.value)
      ? null
      : { days: daysOf(word.value, unit), to: at + 2, remark: {} };
  }
  const unit = dayWords[keyAt(words, at)];
  if (unit === undefined || at === from) return null;
  return { days: unit, to: at + 1, remark: unit > 7 ? { remark: `That is read as the last ${unit} days.` } : {} };
}

function daysOf(count: number, unit: number): number {
  return unit === 30 && count % 12 === 0 ? (count / 12) * 365 : count * unit;
}

function thisSpan(
  unit: string,
  to: number,
  today: string,
): { days: number; to: number; remark: { remark?: string } } | null {
  const day = new Date(`${today}T00:00:00Z`);
  const since =
    unit === 'week'
      ? ((day.getUTCDay() + 6) % 7) + 1
      : unit === 'month'
        ? day.getUTCDate()
        : unit === 'year'
          ? Math.round((day.getTime() - Date.UTC(day.getUTCFullYear(), 0, 1)) / 86_400_000) + 1
          : null;
  if (since === null) return null;
  return {
    days: since,
    to,
    remark: { remark: `“this ${unit}” is the last ${since} ${since === 1 ? 'day' : 'days'}, up to today.` },
  };
}

import type { Contribution, MatchRow } from '#modules/discovery/api.ts';

const wordsShown = 5;
const partsShown = 3;

/** Why a creator stands where it does, in one line: the words it shares with the brief in quotes, then what else gave most. */
export function matchReason(row: MatchRow): string {
  return row.contributions
    .filter((one) => one.value !== null && one.points > 0)
    .toSorted((a, b) => b.points - a.points)
    .map(partOf)
    .filter((part) => part !== '')
    .slice(0, partsShown)
    .join(' · ');
}

function partOf(one: Contribution): string {
  const words = one.evidence.find((proof) => proof.kind === 'words' && one.signal === 'content');
  if (words === undefined) return one.line.replace(/\.$/, '').replace(/^Writes about /, '');
  const shared = words.text.split(', ').slice(0, wordsShown).join(', ');
  return `Writes of “${shared}”${words.n === null ? '' : ` in ${words.n} texts`}`;
}

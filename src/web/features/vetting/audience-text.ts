import type { BrandProfile } from '#modules/vetting/api.ts';

type Audience = BrandProfile['audience'];
type Dimension = keyof Audience;

const dimensions: readonly Dimension[] = ['country', 'state', 'city', 'age', 'gender', 'language', 'interest'];
const isDimension = (word: string): word is Dimension => dimensions.some((one) => one === word);

/** Wanted shares as lines a person edits: "country DE 60". */
export function audienceText(audience: Audience): string {
  return dimensions
    .flatMap((dimension) =>
      Object.entries(audience[dimension] ?? {}).map(
        ([value, share]) => `${dimension} ${value} ${Math.round(share * 1000) / 10}`,
      ),
    )
    .join('\n');
}

function readLine(line: string): { dimension: Dimension; value: string; share: number } | string {
  const match = /^(\S+)\s+(.+?)\s+(\d+(?:[.,]\d+)?)\s*%?$/.exec(line);
  const [, dimension = '', value = '', number = ''] = match ?? [];
  if (match === null) return `"${line}": write a dimension, a value and a share, such as country DE 60`;
  const known = dimension.toLowerCase();
  if (!isDimension(known)) return `"${dimension}" is none of ${dimensions.join(', ')}`;
  const share = Number(number.replace(',', '.')) / 100;
  if (share > 1) return `"${line}": a share is at most 100`;
  return { dimension: known, value, share };
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The first line that cannot be read, in words; null when all can. */
export function audienceFaults(text: string): string | null {
  for (const line of linesOf(text)) {
    const read = readLine(line);
    if (typeof read === 'string') return read;
  }
  return null;
}

export function readAudienceText(text: string): Audience {
  const audience: Audience = {};
  for (const line of linesOf(text)) {
    const read = readLine(line);
    if (typeof read === 'string') continue;
    audience[read.dimension] = { ...audience[read.dimension], [read.value]: read.share };
  }
  return audience;
}

/** The shape of a user name: all that is read of it. Null where the name is not known. */
export interface NameShape {
  nameLength: number | null;
  nameDigitShare: number | null;
  nameTrailingDigits: number | null;
  /** Underscores and dots. */
  nameSeparators: number | null;
  nameVowelShare: number | null;
  /** Different characters / characters: with the length, a measure of how random it looks. */
  nameDistinctShare: number | null;
  /** Changes between letters, digits and separators. */
  nameSwitches: number | null;
}

export const noName: NameShape = {
  nameLength: null,
  nameDigitShare: null,
  nameTrailingDigits: null,
  nameSeparators: null,
  nameVowelShare: null,
  nameDistinctShare: null,
  nameSwitches: null,
};

const nameCharactersMax = 100;

/** Measures of a user name (without its @). Characters beyond 100 are not read. */
export function shapeOfName(handle: string): NameShape {
  const characters = [...handle.toLowerCase()].slice(0, nameCharactersMax);
  const length = characters.length;
  if (length === 0) return noName;
  const count = (pattern: RegExp) => characters.filter((character) => pattern.test(character)).length;
  return {
    nameLength: length,
    nameDigitShare: count(/\p{Nd}/u) / length,
    nameTrailingDigits: /\p{Nd}*$/u.exec(characters.join(''))?.[0].length ?? 0,
    nameSeparators: count(/[._]/),
    nameVowelShare: count(/[aeiou]/) / length,
    nameDistinctShare: new Set(characters).size / length,
    nameSwitches: switchesIn(characters),
  };
}

/** Changes between letters, digits and separators along a name or its shape ("aaa000"). */
export function switchesIn(characters: readonly string[]): number {
  const kindOf = (character: string) =>
    /\p{Nd}/u.test(character) ? 'digit' : /[._]/.test(character) ? 'separator' : 'letter';
  return characters.filter((character, at) => at > 0 && kindOf(character) !== kindOf(characters[at - 1] ?? '')).length;
}

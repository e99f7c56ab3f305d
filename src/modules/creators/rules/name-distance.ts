const charactersMax = 100;

/** How far a display name is from the user name: edits / length of the longer, letters and digits only; 0 is the same, 1 nothing alike. */
export function nameDistance(handle: string, fullName: string): number {
  const a = plain(handle);
  const b = plain(fullName);
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 0 : 1;
  let row = b.map((_, j) => j + 1);
  a.forEach((left, i) => {
    let corner = i;
    let before = i + 1;
    row = row.map((above, j) => {
      before = Math.min(above + 1, before + 1, corner + (left === b[j] ? 0 : 1));
      corner = above;
      return before;
    });
  });
  return (row.at(-1) ?? a.length) / Math.max(a.length, b.length);
}

const plain = (text: string) =>
  [...text.normalize('NFKD').toLowerCase()]
    .filter((character) => /[\p{L}\p{Nd}]/u.test(character))
    .slice(0, charactersMax);

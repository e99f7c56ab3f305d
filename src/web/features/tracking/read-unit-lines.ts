/** Lines of "name, number" typed or pasted from a sheet; the number after the last comma, semicolon or tab. */
export function readUnitLines(text: string): { rows: { key: string; value: number | null }[]; problem: string | null } {
  const rows: { key: string; value: number | null }[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const border = Math.max(line.lastIndexOf(','), line.lastIndexOf(';'), line.lastIndexOf('\t'));
    const key = (border === -1 ? line : line.slice(0, border)).trim();
    const number = border === -1 ? '' : line.slice(border + 1).trim();
    const value = number === '' ? null : Number(number);
    if (key === '') return { rows, problem: `Line ${at + 1} names no unit.` };
    if (value !== null && !Number.isFinite(value))
      return { rows, problem: `Line ${at + 1}: "${number}" is no number. Write it with a point, such as 120.50.` };
    rows.push({ key, value });
  }
  return { rows, problem: null };
}

// How mail programs head what they quote.
const heads = [
  /^on .{4,200} wrote:\s*$/i,
  /^am .{4,200} schrieb.{0,120}:\s*$/i,
  /^le .{4,200} a écrit\s*:\s*$/i,
  /^el .{4,200} escribió\s*:\s*$/i,
  /^il .{4,200} ha scritto\s*:\s*$/i,
  /^op .{4,200} schreef.{0,120}:\s*$/i,
  /^-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale)\s*-{2,}\s*$/i,
  /^_{10,}\s*$/,
];

/** Parts what somebody wrote now from what their program quotes below it. Nothing is lost: the two joined are the whole. */
export function splitQuoted(body: string): { fresh: string; quoted: string } {
  const lines = body.split('\n');
  const at = lines.findIndex((line, index) => {
    const two = `${line.trim()} ${(lines[index + 1] ?? '').trim()}`;
    if (heads.some((head) => head.test(line.trim()) || head.test(two))) return true;
    return line.startsWith('>') && lines.slice(index).every((rest) => rest.startsWith('>') || rest.trim() === '');
  });
  if (at < 0) return { fresh: body, quoted: '' };
  return { fresh: lines.slice(0, at).join('\n').replace(/\n+$/, ''), quoted: lines.slice(at).join('\n') };
}

/** What stands between a mail of outreach and what is below each of them: who writes from where, and the way out. */
export const footerLine = '\n\n----\n';

/** Parts what was written to one creator from what stands below every mail. */
export function splitFooter(body: string): { fresh: string; quoted: string } {
  const at = body.lastIndexOf(footerLine);
  if (at < 0) return { fresh: body, quoted: '' };
  return { fresh: body.slice(0, at), quoted: body.slice(at + footerLine.length) };
}

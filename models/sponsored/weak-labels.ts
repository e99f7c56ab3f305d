import { readText } from '../../eval/read-rows.ts';
import { AppError } from '../../src/kernel/errors.ts';

export interface SponsoredRow {
  caption: string;
  /** The account that posted it; null where it is not known. Its captions stay together when parts are drawn. */
  handle: string | null;
  isSponsored: boolean;
}

/** Tags and phrases by which a post of a file without labels counts as sponsored. They are cut out before anything is scored. */
const labelling =
  /#(?:ad|ads|advert|advertisement|sponsored|sponsor|sp|spon|paid|paidpartnership|anzeige|werbung|publicidad|gifted)\b|\b(?:paid partnership|sponsored by|in paid partnership with)\b/i;

/** Posts with a caption of a file of JSON lines, labelled by their own disclosure. Errors: eval.no_file, eval.unknown_format, eval.bad_row. */
export async function readWeakLabels(path: string): Promise<SponsoredRow[]> {
  const rows: SponsoredRow[] = [];
  const lines = (await readText(path)).split('\n');
  lines.forEach((line, at) => {
    if (line.trim() === '') return;
    const post = parseLine(line, `${path}, line ${at + 1}`);
    if (typeof post.caption !== 'string' || post.caption.trim() === '') return;
    rows.push({
      caption: post.caption,
      handle: typeof post.handle === 'string' ? post.handle : null,
      isSponsored: labelling.test(post.caption),
    });
  });
  return rows;
}

function parseLine(line: string, where: string): { caption?: unknown; handle?: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  throw new AppError(
    'invalid',
    'eval.bad_row',
    `${where}: is not a JSON object. A post is {"handle": ..., "caption": ...} on a line of its own.`,
  );
}

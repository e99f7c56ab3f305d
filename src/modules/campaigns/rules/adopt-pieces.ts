interface Held {
  id: string;
  enrolmentId: string;
  platform: string;
  format: string;
  title: string;
  dueOn: string | null;
  briefLine: string | null;
  isSigned: boolean;
}

interface Line {
  enrolmentId: string;
  platform: string;
  format: string;
  title: string;
  dueOn: string | null;
  briefLine: string | null;
}

export interface Adopted<Row> {
  /** Signed pieces that stand for a line from now on. */
  adopt: { id: string; briefLine: string }[];
  /** Lines nothing stands for yet. */
  make: Row[];
}

const key = (of: Pick<Line, 'enrolmentId' | 'platform' | 'format'>) =>
  JSON.stringify([of.enrolmentId, of.platform, of.format.toLowerCase()]);

/**
 * Lines of a brief against the pieces that contracts made: a signed piece of the same creator, platform and format stands for a line rather than a
 * second one being made. First those of the line's own title, then of its day, then any; each for one line.
 */
export function adoptPieces<Row extends Line>(lines: readonly Row[], held: readonly Held[]): Adopted<Row> {
  const made = new Set(held.map((piece) => JSON.stringify([piece.enrolmentId, piece.briefLine])));
  const free = new Map<string, Held[]>();
  for (const piece of held) {
    if (!piece.isSigned || piece.briefLine !== null) continue;
    const alike = free.get(key(piece)) ?? [];
    alike.push(piece);
    free.set(key(piece), alike);
  }
  const adopt: Adopted<Row>['adopt'] = [];
  let open = lines.filter((line) => !made.has(JSON.stringify([line.enrolmentId, line.briefLine])));
  const likenesses: ((piece: Held, line: Row) => boolean)[] = [
    (piece, line) => piece.title.toLowerCase() === line.title.toLowerCase(),
    (piece, line) => line.dueOn !== null && piece.dueOn === line.dueOn,
    () => true,
  ];
  for (const isAlike of likenesses) {
    open = open.filter((line) => {
      const alike = free.get(key(line)) ?? [];
      const at = alike.findIndex((piece) => isAlike(piece, line));
      const [piece] = at < 0 ? [] : alike.splice(at, 1);
      if (piece === undefined || line.briefLine === null) return true;
      adopt.push({ id: piece.id, briefLine: line.briefLine });
      return false;
    });
  }
  return { adopt, make: open };
}

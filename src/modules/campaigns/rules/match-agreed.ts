import { type Platform, platformNames } from '#kernel/platform.ts';
import type { DeliverableState } from '../api.ts';

/** A line of signed terms: `count` pieces of a kind. */
export interface AgreedLine {
  contractId: string;
  platform: Platform;
  format: string;
  count: number;
  /** Empty: named after platform and format. */
  title: string;
  dueOn: string | null;
  /** Of a renewal, its first day: what was due or live before belongs to the contract before. */
  startsOn: string | null;
}

/** A piece a creator has on a campaign. */
export interface AgreedPiece {
  id: string;
  platform: string;
  format: string;
  title: string;
  dueOn: string | null;
  /** The day it went live. */
  liveOn: string | null;
  state: DeliverableState;
  /** The contract it is owed by, with the title and day signed last. */
  signed: { contractId: string; title: string | null; dueOn: string | null } | null;
  /** Why it is closed; null where a person cancelled it, or it is not. */
  closedReason: string | null;
}

export interface WantedPiece extends Omit<AgreedLine, 'count'> {
  /** Without its number. */
  baseTitle: string;
}

export interface AgreedPlan {
  create: WantedPiece[];
  /** Pieces that meet what is owed; `from` is the day one was due where that changes. */
  meet: { piece: AgreedPiece; wanted: WantedPiece }[];
  /** Owed no longer and not begun, or by a contract that ended. */
  close: AgreedPiece[];
  /** Owed no longer, begun. */
  keep: AgreedPiece[];
}

/**
 * Tells which pieces meet signed lines, which are missing and which nobody owes any more. A piece meets a line of its platform and format: first
 * one the contract has already, then one nobody owes yet; of these the one whose title and day are the line's. What a person cancelled stays
 * cancelled and still stands for its line; what an earlier version closed opens again before a new piece is made. The answer depends only on what
 * is signed and what there is, so that asking again after it was carried out changes nothing.
 * `contractIds` are all contracts in force, also those that name no pieces.
 */
export function matchAgreed(
  signed: { contractIds: readonly string[]; lines: readonly AgreedLine[] },
  pieces: readonly AgreedPiece[],
): AgreedPlan {
  const inForce = new Set(signed.contractIds);
  const left = new Set(pieces.filter((piece) => piece.signed !== null || piece.state !== 'cancelled'));
  const meet: AgreedPlan['meet'] = [];
  let open = signed.lines.flatMap(toPieces);
  for (const isBound of [true, false]) {
    for (const sameAs of likenesses) {
      const free = Map.groupBy(
        [...left].filter((piece) => (piece.signed !== null) === isBound).sort(begunFirst),
        (piece) => keyOf(piece, piece.signed?.contractId ?? null, sameAs.piece({ ...piece, ...piece.signed })),
      );
      open = open.filter((wanted) => {
        const alike = free.get(keyOf(wanted, isBound ? wanted.contractId : null, sameAs.wanted(wanted))) ?? [];
        const piece = alike.find((one) => left.has(one) && (isBound || isOfTerm(one, wanted.startsOn)));
        if (piece === undefined) return true;
        left.delete(piece);
        meet.push({ piece, wanted });
        return false;
      });
    }
  }
  const over = [...left].filter((piece) => piece.signed !== null && isOpen(piece));
  const isBegun = (piece: AgreedPiece) => piece.state !== 'planned' && inForce.has(piece.signed?.contractId ?? '');
  return { create: open, meet, close: over.filter((piece) => !isBegun(piece)), keep: over.filter(isBegun) };
}

function toPieces(line: AgreedLine): WantedPiece[] {
  const { count, ...kind } = line;
  const baseTitle = line.title === '' ? `${platformNames[line.platform]} ${line.format}` : line.title;
  return Array.from({ length: count }, (_, at) => ({
    ...kind,
    baseTitle,
    title: count > 1 ? `${baseTitle} ${at + 1}` : baseTitle,
  }));
}

function isOfTerm(piece: AgreedPiece, startsOn: string | null): boolean {
  if (startsOn === null) return true;
  const day = piece.dueOn ?? piece.liveOn;
  return day === null ? piece.state !== 'live' : day >= startsOn;
}

type Kind = Pick<AgreedPiece, 'platform' | 'format'>;

function keyOf(of: Kind, contractId: string | null, likeness: string): string {
  return JSON.stringify([of.platform, of.format.toLowerCase(), contractId, likeness]);
}

type Named = { title: string | null; dueOn: string | null };

const low = (...parts: (string | null)[]) => JSON.stringify(parts.map((part) => part?.toLowerCase() ?? null));

// From the closest to the least; the title of a line may carry the number of the piece or not.
const likenesses: readonly { piece: (piece: Named) => string; wanted: (wanted: WantedPiece) => string }[] = [
  { piece: (one) => low(one.title, one.dueOn), wanted: (one) => low(one.title, one.dueOn) },
  { piece: (one) => low(one.title, one.dueOn), wanted: (one) => low(one.baseTitle, one.dueOn) },
  { piece: (one) => low(one.title), wanted: (one) => low(one.title) },
  { piece: (one) => low(one.title), wanted: (one) => low(one.baseTitle) },
  { piece: (one) => low(one.dueOn), wanted: (one) => low(one.dueOn) },
  { piece: () => '', wanted: () => '' },
];

const ranks: Record<DeliverableState, number> = { live: 0, approved: 1, drafted: 2, planned: 3, cancelled: 4 };

function begunFirst(a: AgreedPiece, b: AgreedPiece): number {
  return ranks[a.state] - ranks[b.state] || (a.id < b.id ? -1 : 1);
}

function isOpen(piece: AgreedPiece): boolean {
  return piece.state !== 'live' && piece.state !== 'cancelled';
}

import { platformNames } from '#kernel/platform.ts';
import { addDays } from '#kernel/time.ts';
import type { ContractDeliverable, FeePart, Terms } from '../api/terms.ts';
import type { Obligation } from '../api.ts';
import { sayDeliverable } from './term-words.ts';

/** A piece of content of the enrolment as the campaign knows it. */
export interface MadePiece {
  platform: string;
  format: string;
  state: 'planned' | 'drafted' | 'approved' | 'live' | 'cancelled';
  /** The day it went live, in the workspace's time zone. */
  liveOn: string | null;
  /** The day it was approved last; null while it was not, or where that is not known. */
  approvedOn: string | null;
  /** Nobody posts it: it is delivered on the day it is approved. */
  isForBrand: boolean;
  /** The day it is due; null when none is set. */
  dueOn: string | null;
}

export interface ObligationInput {
  contractId: string;
  campaignId: string;
  enrolmentId: string;
  person: { id: string; name: string };
  terms: Terms;
  /** The day both had signed. */
  signedOn: string;
  pieces: readonly MadePiece[];
  feePaidOn: string | null;
  today: string;
}

/** Those of a span: by the day they are due, since late work stays work of its term, else by the day they went live; without either they belong to the newest contract. */
export function piecesWithin(
  pieces: readonly MadePiece[],
  of: { from: string | null; before: string | null },
): MadePiece[] {
  return pieces.filter((piece) => {
    const day = piece.dueOn ?? piece.liveOn;
    if (day === null) return of.before === null;
    return (of.from === null || day >= of.from) && (of.before === null || day < of.before);
  });
}

type Draft = Pick<Obligation, 'kind' | 'party' | 'title' | 'amount' | 'dueOn' | 'waitsFor'> & { isMet: boolean };

/**
 * What is owed by terms in force, with the day it is due where that is known, and what it waits for where it is not. Days are calendar days of the
 * workspace. Pieces count for a line of the terms when platform and format are the same.
 */
export function obligationsOf(input: ObligationInput): Obligation[] {
  const { contractId, campaignId, enrolmentId, person, today } = input;
  return [...pieceDuties(input), ...paymentDuties(input), ...ends(input)].map((draft, at) => ({
    id: `${contractId}:${at}`,
    contractId,
    campaignId,
    enrolmentId,
    person,
    kind: draft.kind,
    party: draft.party,
    title: draft.title,
    amount: draft.amount,
    dueOn: draft.dueOn,
    waitsFor: draft.waitsFor,
    state: draft.isMet ? 'met' : draft.dueOn !== null && draft.dueOn < today && isOwed(draft.kind) ? 'late' : 'open',
  }));
}

// What merely ends on a day is over then, not late.
function isOwed(kind: Obligation['kind']): boolean {
  return kind === 'draft' || kind === 'deliverable' || kind === 'payment';
}

function piecesFor(input: ObligationInput, line: ContractDeliverable): MadePiece[] {
  return input.pieces.filter(
    (piece) =>
      piece.platform === line.platform &&
      piece.format.toLowerCase() === line.format.toLowerCase() &&
      piece.state !== 'cancelled',
  );
}

function pieceDuties(input: ObligationInput): Draft[] {
  return input.terms.deliverables.flatMap((line) => {
    const pieces = piecesFor(input, line);
    const live = pieces.filter(isDelivered);
    const shown = pieces.filter((piece) => piece.state !== 'planned');
    const name = `${line.count} × ${platformNames[line.platform]} ${line.format}`;
    const post: Draft = {
      kind: 'deliverable',
      party: 'creator',
      title: sayDeliverable(line),
      amount: null,
      dueOn: line.dueOn,
      waitsFor: line.dueOn === null ? 'a day to be agreed' : null,
      isMet: live.length >= line.count,
    };
    const draft: Draft = {
      ...post,
      kind: 'draft',
      title: `Draft of ${name}`,
      dueOn: line.draftDueOn,
      waitsFor: null,
      isMet: shown.length >= line.count,
    };
    return [...(line.draftDueOn === null ? [] : [draft]), post, ...stays(input, line, live)];
  });
}

function stays(input: ObligationInput, line: ContractDeliverable, live: readonly MadePiece[]): Draft[] {
  if (line.staysDays === null) return [];
  const last = lastDay(live);
  const dueOn = live.length >= line.count && last !== null ? addDays(last, line.staysDays) : null;
  return [
    {
      kind: 'post_stays',
      party: 'creator',
      title: `${line.count} × ${platformNames[line.platform]} ${line.format} stays up until`,
      amount: null,
      dueOn,
      waitsFor: dueOn === null ? 'the posts to be live' : null,
      isMet: dueOn !== null && dueOn < input.today,
    },
  ];
}

function paymentDuties(input: ObligationInput): Draft[] {
  const { terms, feePaidOn } = input;
  if (terms.fee === null || BigInt(terms.fee.amountMinor) === 0n) return [];
  const { payment } = terms;
  const parts: readonly (Omit<FeePart, 'trigger'> & { trigger: FeePart['trigger'] | 'invoice' })[] =
    terms.feeParts.length > 0
      ? terms.feeParts
      : [{ label: 'Fee', amount: terms.fee, trigger: payment.trigger, on: null }];
  return parts.map((part) => {
    const happened = dayOf(input, part);
    const dueOn = happened === null ? null : part.trigger === 'date' ? happened : addDays(happened, payment.days);
    return {
      kind: 'payment',
      party: 'brand',
      title: part.label,
      amount: part.amount,
      dueOn,
      waitsFor: dueOn === null ? waits[part.trigger] : null,
      isMet: feePaidOn !== null,
    };
  });
}

const waits: Record<FeePart['trigger'] | 'invoice', string> = {
  signed: 'both signatures',
  draft_approved: 'all drafts to be approved',
  live: 'everything owed to be live',
  date: 'a day to be named',
  invoice: 'the creator’s invoice',
};

/** The day a part of the fee counts from; null while that has not happened. */
function dayOf(
  input: ObligationInput,
  part: { trigger: FeePart['trigger'] | 'invoice'; on: string | null },
): string | null {
  switch (part.trigger) {
    case 'signed':
      return input.signedOn;
    case 'date':
      return part.on;
    case 'live':
      return lastOfAll(input, deliveredOn);
    case 'draft_approved':
      return lastOfAll(input, (piece) =>
        piece.state === 'approved' || piece.state === 'live' ? (piece.approvedOn ?? deliveredOn(piece)) : null,
      );
    case 'invoice':
      return null;
  }
}

function isDelivered(piece: MadePiece): boolean {
  return piece.state === 'live' || (piece.isForBrand && piece.state === 'approved');
}

function deliveredOn(piece: MadePiece): string | null {
  if (piece.state === 'live') return piece.liveOn;
  return isDelivered(piece) ? piece.approvedOn : null;
}

/** The day that happened to the last piece owed; null while one is missing, or nothing is owed. */
function lastOfAll(input: ObligationInput, dayOfPiece: (piece: MadePiece) => string | null): string | null {
  const { deliverables } = input.terms;
  if (deliverables.length === 0) return null;
  const perLine = deliverables.map((line) => {
    const days = piecesFor(input, line).flatMap((piece) => dayOfPiece(piece) ?? []);
    return days.length >= line.count ? (days.sort().at(-1) ?? null) : null;
  });
  return perLine.includes(null)
    ? null
    : (perLine
        .filter((day) => day !== null)
        .sort()
        .at(-1) ?? null);
}

function lastDay(pieces: readonly MadePiece[]): string | null {
  return (
    pieces
      .flatMap((piece) => deliveredOn(piece) ?? [])
      .sort()
      .at(-1) ?? null
  );
}

function ends(input: ObligationInput): Draft[] {
  const { terms, signedOn, today } = input;
  const lastLive = lastDay(input.pieces);
  const end = (of: Pick<Draft, 'kind' | 'party' | 'title' | 'dueOn'> & { waitsFor: string }): Draft => ({
    ...of,
    amount: null,
    waitsFor: of.dueOn === null ? of.waitsFor : null,
    isMet: of.dueOn !== null && of.dueOn < today,
  });
  const rights = terms.usageRights.flatMap((right) => {
    if (right.days === null) return [];
    const from = right.startsAt === 'live' ? lastLive : right.startsAt === 'date' ? right.from : signedOn;
    const what = right.paid ? 'Paid and organic use' : 'Organic use';
    return [
      end({
        kind: 'rights_end',
        party: 'brand',
        title: `${what} of content ends`,
        dueOn: from === null ? null : addDays(from, right.days - 1),
        waitsFor: 'the posts to be live',
      }),
    ];
  });
  const exclusivity =
    terms.exclusivity === null
      ? []
      : [
          end({
            kind: 'exclusivity_end',
            party: 'creator',
            title: `Exclusivity in “${terms.exclusivity.category}” ends`,
            dueOn:
              lastOfAll(input, deliveredOn) === null || lastLive === null
                ? null
                : addDays(lastLive, terms.exclusivity.days),
            waitsFor: 'the last post to be live',
          }),
        ];
  const contract =
    terms.endsOn === null
      ? []
      : [end({ kind: 'contract_end', party: 'brand', title: 'The contract ends', dueOn: terms.endsOn, waitsFor: '' })];
  return [...rights, ...exclusivity, ...contract];
}

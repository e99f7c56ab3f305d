import { notLegalAdvice, type Section, type Side } from '../api.ts';
import { sayEvent, saySide } from './event-words.ts';

/** What the template of Typst sets. Text only. */
export interface ContractPage {
  title: string;
  author: string;
  kind: string;
  about: string;
  footer: string;
  /** Year, month, day of the document's date. */
  day: [number, number, number];
  sections: Section[];
  parties: { side: string; name: string; blank: string; signature: PageSignature | null }[];
  evidence: PageEvidence | null;
}

interface PageSignature {
  name: string;
  line: string;
  strokes: [number, number][][];
}

interface PageEvidence {
  about: string;
  document: PageRow[];
  signers: { heading: string; rows: PageRow[] }[];
  events: { at: string; text: string; note: string; from: string }[];
  closing: string;
}

interface PageRow {
  label: string;
  value: string;
}

export interface SignatureFacts {
  side: Side;
  name: string;
  role: string | null;
  method: string;
  strokes: [number, number][][];
  consent: string;
  seenHash: string;
  address: string;
  userAgent: string;
  at: Date;
}

export interface TrailFacts {
  kind: string;
  version: number;
  side: Side | 'system';
  by: string;
  note: string | null;
  address: string | null;
  documentHash: string | null;
  at: Date;
}

export interface PageInput {
  contractId: string;
  version: number;
  isAmendment: boolean;
  title: string;
  brandName: string;
  creatorName: string;
  madeAt: Date;
  sections: Section[];
  /** Null for the document to be signed. */
  sealed: { documentHash: string; signatures: SignatureFacts[]; trail: TrailFacts[]; at: Date } | null;
}

/** The document of a version; with `sealed`, signatures and evidence are in it. */
export function contractPage(input: PageInput): ContractPage {
  const { sealed, version } = input;
  const what = input.isAmendment ? 'Amended agreement' : 'Agreement';
  const day = sealed?.at ?? input.madeAt;
  return {
    title: input.title,
    author: input.brandName,
    kind: sealed === null ? what : `${what} · signed by both`,
    about: `Version ${version} of ${sayInstant(input.madeAt)} · ${input.contractId}`,
    footer: `${input.title}, version ${version} · ${notLegalAdvice.split('.')[0] ?? ''}.`,
    day: [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()],
    sections: input.sections,
    parties: [
      party(
        'For the brand',
        input.brandName,
        sealed?.signatures.find((one) => one.side === 'brand'),
      ),
      party(
        'The creator',
        input.creatorName,
        sealed?.signatures.find((one) => one.side === 'creator'),
      ),
    ],
    evidence: sealed === null ? null : evidenceOf(input, sealed),
  };
}

function party(side: string, name: string, signature: SignatureFacts | undefined): ContractPage['parties'][number] {
  const role = signature?.role === null || signature === undefined ? '' : `, ${signature.role}`;
  return {
    side,
    name,
    blank: 'To be signed electronically',
    signature:
      signature === undefined
        ? null
        : {
            name: signature.name,
            line: `${signature.name}${role}, ${sayInstant(signature.at)}`,
            strokes: signature.strokes,
          },
  };
}

function evidenceOf(input: PageInput, sealed: NonNullable<PageInput['sealed']>): PageEvidence {
  return {
    about:
      'Both parties signed by a simple electronic signature: each opened the document named here by a link or an account of their own, gave their name and agreed to sign exactly this document. What is written here was recorded when it happened.',
    document: [
      { label: 'Title', value: input.title },
      { label: 'Contract', value: `${input.contractId}, version ${input.version}` },
      { label: 'SHA-256 of the document', value: grouped(sealed.documentHash) },
    ],
    signers: sealed.signatures.map((one) => ({
      heading: `Signature of the ${saySide(one.side)}`,
      rows: [
        { label: 'Name', value: one.role === null ? one.name : `${one.name}, ${one.role}` },
        { label: 'Signed at', value: sayInstant(one.at) },
        { label: 'Way', value: one.method === 'drawn' ? 'Name drawn by hand on the screen' : 'Name typed' },
        { label: 'Network address', value: one.address },
        { label: 'Browser', value: one.userAgent },
        { label: 'SHA-256 of what was seen', value: grouped(one.seenHash) },
        { label: 'Agreed to', value: one.consent },
      ],
    })),
    events: sealed.trail.map((one) => ({
      at: sayInstant(one.at).replace(' UTC', ''),
      text: `${sayEvent(one.kind)} (version ${one.version}), ${saySide(one.side)}: ${one.by}`,
      note: [one.note, one.documentHash === null ? null : `SHA-256 ${one.documentHash.slice(0, 16)}…`]
        .filter((part) => part !== null)
        .join(' · '),
      from: one.address ?? '',
    })),
    closing:
      'This file is sealed by a digital signature over all of its bytes. A reader of PDF shows whether anything was changed since; the document that was signed is kept beside it and has the SHA-256 above.',
  };
}

/** 2026-11-23 09:41:05 UTC. */
export function sayInstant(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function grouped(hash: string): string {
  return (hash.match(/.{1,16}/g) ?? []).join(' ');
}

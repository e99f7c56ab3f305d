import { SignPdf } from '@signpdf/signpdf';
import { Signer } from '@signpdf/utils';
import forge from 'node-forge';
import { openedKey, type SigningKey } from './signing-key.ts';

// Room for the signature with its certificates, in bytes; a chain of four fits.
const signatureBytesMax = 12_288;
const bytesDigits = 10;

export interface SealOrder {
  key: SigningKey;
  /** Who seals, and why; any text, kept as UTF-16 by the norm. */
  name: string;
  reason: string;
  at: Date;
}

/**
 * Seals a PDF by a digital signature over all of it: PKCS#7 detached with SHA-256 (`adbe.pkcs7.detached`, ISO 32000-1, 12.8), appended as an
 * incremental update, so that what was set stays byte for byte and keeps its PDF/A. Any later change of a byte breaks it.
 * Takes PDFs with a plain table of cross references, as infra/pdf sets them.
 */
export async function sealPdf(pdf: Buffer, order: SealOrder): Promise<Buffer> {
  return new SignPdf().sign(withPlaceholder(pdf, order), new KeySigner(order.key), order.at);
}

/** Signs bytes as PKCS#7 (RFC 5652), with the certificate and its chain inside. */
class KeySigner extends Signer {
  readonly #key: SigningKey;

  constructor(key: SigningKey) {
    super();
    this.#key = key;
  }

  override sign(bytes: Buffer, signingTime?: Date): Promise<Buffer> {
    const { privateKey, own, certificates } = openedKey(this.#key);
    const signed = forge.pkcs7.createSignedData();
    signed.content = forge.util.createBuffer(bytes.toString('binary'));
    for (const certificate of certificates) signed.addCertificate(certificate);
    const { sha256, contentType, data, signingTime: timeOid, messageDigest } = forge.pki.oids;
    signed.addSigner({
      key: privateKey,
      certificate: own,
      digestAlgorithm: sha256 ?? '',
      authenticatedAttributes: [
        { type: contentType ?? '', value: data ?? '' },
        // The types ask for text; the library writes a date.
        { type: timeOid ?? '', value: (signingTime ?? new Date(0)) as unknown as string },
        { type: messageDigest ?? '' },
      ],
    });
    signed.sign({ detached: true });
    return Promise.resolve(Buffer.from(forge.asn1.toDer(signed.toAsn1()).getBytes(), 'binary'));
  }
}

/** The PDF with a field to sign: a new version of its catalogue and last page, and the signature still empty. */
function withPlaceholder(pdf: Buffer, order: SealOrder): Buffer {
  const text = pdf.toString('latin1');
  const trailer = text.slice(text.lastIndexOf('trailer'));
  const size = Number(required(/\/Size\s+(\d+)/, trailer));
  const root = Number(required(/\/Root\s+(\d+)\s+0\s+R/, trailer));
  const id = required(/(\/ID\s*\[[^\]]+\])/, trailer);
  const info = /\/Info\s+\d+\s+\d+\s+R/.exec(trailer)?.[0] ?? '';
  const previous = required(/startxref\s+(\d+)/, trailer);
  const pages = pageNumbers(text);
  const last = pages.at(-1);
  if (last === undefined) throw new Error('The PDF to seal has no page');
  const [field, signature] = [size, size + 1];
  const objects: [number, string][] = [
    [root, withEntry(objectOf(text, root), `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`)],
    [last, withAnnotation(objectOf(text, last), field)],
    // Flags 132: printed and locked, without a picture of its own.
    [
      field,
      `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /F 132 /Rect [0 0 0 0] /P ${last} 0 R /V ${signature} 0 R >>`,
    ],
    [signature, signatureDictionary(order)],
  ];
  return append(pdf, { objects, trailer: `/Size ${size + 2}\n/Root ${root} 0 R\n${info}\n${id}\n/Prev ${previous}` });
}

function signatureDictionary({ name, reason, at }: SealOrder): string {
  const star = `/${'*'.repeat(bytesDigits)}`;
  return `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached
/ByteRange [0 ${star} ${star} ${star}]
/Contents <${'0'.repeat(signatureBytesMax * 2)}>
/Name ${hexText(name)} /Reason ${hexText(reason)} /M (D:${dateOf(at)}) >>`;
}

function append(pdf: Buffer, update: { objects: [number, string][]; trailer: string }): Buffer {
  const parts = [pdf];
  let at = pdf.length;
  const add = (text: string) => {
    const bytes = Buffer.from(text, 'latin1');
    parts.push(bytes);
    at += bytes.length;
  };
  if (pdf.at(-1) !== 10) add('\n');
  const rows: string[] = [];
  for (const [number, body] of update.objects) {
    rows.push(`${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
    add(`${number} 0 obj\n${body}\nendobj\n`);
  }
  const start = at;
  add(`xref\n${rows.join('')}trailer\n<<\n${update.trailer}\n>>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

function objectOf(text: string, number: number): string {
  const start = text.indexOf(`\n${number} 0 obj`);
  if (start < 0) throw new Error(`The PDF to seal lacks its object ${number}`);
  return text.slice(text.indexOf('<<', start), text.indexOf('endobj', start)).trim();
}

/** Numbers of the page objects in the order they are written, which is the order of the pages. */
function pageNumbers(text: string): number[] {
  return [...text.matchAll(/\n(\d+) 0 obj\s*<<\s*\/Type\s*\/Page(?![a-zA-Z])/g)].map((match) => Number(match[1]));
}

function withEntry(dictionary: string, entry: string): string {
  return `<< ${entry}${dictionary.slice(2)}`;
}

function withAnnotation(page: string, field: number): string {
  return /\/Annots\s*\[/.test(page)
    ? page.replace(/\/Annots\s*\[/, `/Annots [${field} 0 R `)
    : withEntry(page, `/Annots [${field} 0 R]`);
}

// UTF-16 with its mark, as hexadecimal: no letter of it can end the string.
function hexText(text: string): string {
  return `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase()}>`;
}

function dateOf(at: Date): string {
  return `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

function required(pattern: RegExp, text: string): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`The PDF to seal lacks ${pattern.source}`);
  return found;
}

import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

/** A private key with its certificates as a PKCS#12 container. */
export interface SigningKey {
  container: Buffer;
  passphrase: string;
}

export interface CertificateFacts {
  subject: string;
  issuer: string;
  /** SHA-256 of the certificate, hex. */
  fingerprint: string;
  validFrom: Date;
  validUntil: Date;
}

export interface KeyWithFacts {
  key: SigningKey;
  facts: CertificateFacts;
}

const modulusBits = 2048;
const years = 10;

/** A new RSA key with a certificate signed by itself, for documents only: it proves that nothing changed, and nobody else vouches for the name. */
export async function makeSigningKey(of: { name: string; at: Date }): Promise<KeyWithFacts> {
  const pair = await promisify(generateKeyPair)('rsa', {
    modulusLength: modulusBits,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const privateKey = forge.pki.privateKeyFromPem(pair.privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(pair.publicKey);
  certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
  // A clock that runs a little behind shall not find the certificate not yet valid.
  certificate.validity.notBefore = new Date(of.at.getTime() - 86_400_000);
  certificate.validity.notAfter = new Date(of.at);
  certificate.validity.notAfter.setUTCFullYear(of.at.getUTCFullYear() + years);
  const name = [
    { name: 'commonName', value: shortName(of.name), valueTagClass: forge.asn1.Type.UTF8 },
    { name: 'organizationalUnitName', value: 'Document seal, self-signed', valueTagClass: forge.asn1.Type.UTF8 },
  ] as unknown as forge.pki.CertificateField[];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, nonRepudiation: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.sign(privateKey, forge.md.sha256.create());
  const passphrase = randomBytes(24).toString('base64url');
  const container = forge.pkcs12.toPkcs12Asn1(privateKey, [certificate], passphrase, { algorithm: 'aes256' });
  return {
    key: { container: Buffer.from(forge.asn1.toDer(container).getBytes(), 'binary'), passphrase },
    facts: factsOf(certificate),
  };
}

/** Why a container cannot seal, in words. */
export class UnfitKey extends Error {}

/** Opens a container brought along: it must hold one RSA key with its certificate, valid at that time. Error: UnfitKey. */
export function openSigningKey(key: SigningKey, at: Date): KeyWithFacts {
  const facts = factsOf(openedKey(key).own);
  if (facts.validUntil <= at)
    throw new UnfitKey(`Its certificate was valid until ${facts.validUntil.toISOString().slice(0, 10)}.`);
  if (facts.validFrom > at)
    throw new UnfitKey(`Its certificate is valid from ${facts.validFrom.toISOString().slice(0, 10)} on only.`);
  return { key, facts };
}

export interface OpenedKey {
  privateKey: forge.pki.rsa.PrivateKey;
  /** The certificate of the key. */
  own: forge.pki.Certificate;
  /** All certificates, its own among them. */
  certificates: forge.pki.Certificate[];
}

/** What a container holds. Error: UnfitKey. */
export function openedKey(key: SigningKey): OpenedKey {
  const p12 = openContainer(key);
  const privateKeys = [forge.pki.oids.pkcs8ShroudedKeyBag, forge.pki.oids.keyBag].flatMap((type) =>
    bagsOf(p12, type).flatMap((bag) =>
      bag.key === undefined || bag.key === null ? [] : [bag.key as forge.pki.rsa.PrivateKey],
    ),
  );
  const [privateKey] = privateKeys;
  if (privateKey === undefined || privateKeys.length !== 1) {
    throw new UnfitKey('It must hold exactly one RSA private key. Keys of other kinds are not read here.');
  }
  const certificates = bagsOf(p12, forge.pki.oids.certBag)
    .flatMap((bag) => (bag.cert === undefined || bag.cert === null ? [] : [bag.cert]))
    .map(readableNames);
  const own = certificates.find((certificate) =>
    (certificate.publicKey as forge.pki.rsa.PublicKey).n?.equals(privateKey.n),
  );
  if (own === undefined) throw new UnfitKey('It holds no certificate of its key.');
  return { privateKey, own, certificates };
}

// The library reads names as raw bytes of UTF-8 and encodes them once more when it writes the issuer; so they are decoded here.
function readableNames(certificate: forge.pki.Certificate): forge.pki.Certificate {
  for (const attribute of [...certificate.subject.attributes, ...certificate.issuer.attributes]) {
    if (
      attribute.valueTagClass !== (forge.asn1.Type.UTF8 as unknown as forge.asn1.Class) ||
      typeof attribute.value !== 'string'
    )
      continue;
    attribute.value = decodeUtf8(attribute.value);
  }
  return certificate;
}

function openContainer(key: SigningKey): forge.pkcs12.Pkcs12Pfx {
  let asn1: forge.asn1.Asn1;
  try {
    asn1 = forge.asn1.fromDer(forge.util.createBuffer(key.container.toString('binary')));
  } catch {
    throw new UnfitKey('It is no PKCS#12 container (.p12 or .pfx).');
  }
  try {
    return forge.pkcs12.pkcs12FromAsn1(asn1, false, key.passphrase);
  } catch {
    throw new UnfitKey('It does not open with this passphrase, or is no PKCS#12 container.');
  }
}

function bagsOf(p12: forge.pkcs12.Pkcs12Pfx, bagType: string | undefined): forge.pkcs12.Bag[] {
  if (bagType === undefined) return [];
  return p12.getBags({ bagType })[bagType] ?? [];
}

function factsOf(certificate: forge.pki.Certificate): CertificateFacts {
  const der = forge.asn1.toDer(forge.pki.certificateToAsn1(certificate)).getBytes();
  return {
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    fingerprint: forge.md.sha256.create().update(der).digest().toHex(),
    validFrom: certificate.validity.notBefore,
    validUntil: certificate.validity.notAfter,
  };
}

function nameOf(name: forge.pki.Certificate['subject']): string {
  return name.attributes
    .flatMap((attribute) => (typeof attribute.value === 'string' ? [attribute.value] : []))
    .join(', ')
    .slice(0, 300);
}

function decodeUtf8(text: string): string {
  try {
    return forge.util.decodeUtf8(text);
  } catch {
    return text;
  }
}

// Common names hold 64 letters at most (RFC 5280).
function shortName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim();
  return Array.from(plain === '' ? 'Rapport' : plain)
    .slice(0, 60)
    .join('');
}

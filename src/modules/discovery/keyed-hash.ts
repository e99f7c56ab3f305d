import { createHmac, hash } from 'node:crypto';

/** Hashes of one purpose in one workspace: of no use without this installation's secret, and never equal to those of another. */
export interface KeyedHash {
  /** 32 bytes. */
  bytes(text: string): Buffer;
  /** A whole number from 0 up to 2^53, spread evenly. */
  number(text: string): number;
}

/** `purpose` keeps, say, followers' hashes from being compared with customers'. */
export function keyedHash(secret: string, workspaceId: string, purpose: string): KeyedHash {
  const key = createHmac('sha256', createHmac('sha256', secret).update('discovery.hashes').digest())
    .update(`${workspaceId}\n${purpose}`)
    .digest('hex');
  // The key has a fixed length and stands first, and what is kept of the result is cut or compared as a whole.
  const bytes = (text: string) => hash('sha256', `${key}\n${text}`, 'buffer');
  return {
    bytes,
    number: (text) => {
      const digest = bytes(text);
      return (digest.readUInt32LE(0) & 0x1f_ffff) * 2 ** 32 + digest.readUInt32LE(4);
    },
  };
}

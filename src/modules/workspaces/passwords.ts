import { hash, verify } from '@node-rs/argon2';
import { invalidField } from './errors.ts';
import { passwordFault } from './rules/password-fault.ts';

// argon2id with OWASP's first choice of 2024: 19 MiB, two passes, one lane; 24 ms on a small machine. Algorithm 2 is argon2id.
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** False also for a hash that is none. */
export function passwordMatches(password: string, stored: string): Promise<boolean> {
  return verify(stored, password).catch(() => false);
}

/** Hash of a password good enough to keep. Error: workspaces.invalid at that field. */
export async function hashNewPassword(
  password: string,
  about: { field: string; email: string; name: string },
): Promise<string> {
  const fault = passwordFault(password, about);
  if (fault !== null) throw invalidField(about.field, fault);
  return hashPassword(password);
}

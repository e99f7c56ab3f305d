import type { Infra } from '#infra/module.ts';
import { seal, unseal } from '#infra/seal.ts';

const contextOf = (infra: Infra, endpointId: string) => ({
  secret: infra.secret,
  label: 'webhook-endpoint',
  owner: endpointId,
});

export function sealSecret(infra: Infra, endpointId: string, secret: string): Buffer {
  return seal(contextOf(infra, endpointId), secret);
}

/** The secrets that are valid now, the newest first; those sealed by another installation open no more and are left out. */
export function openSecrets(
  infra: Infra,
  of: { endpointId: string; secret: Buffer | null; previousSecret: Buffer | null; previousSecretUntil: Date | null },
): string[] {
  const isPreviousValid = of.previousSecretUntil !== null && of.previousSecretUntil > infra.clock.now();
  return [of.secret, isPreviousValid ? of.previousSecret : null].flatMap((sealed) => {
    const secret = sealed === null ? null : unseal(contextOf(infra, of.endpointId), sealed);
    return secret === null ? [] : [secret];
  });
}

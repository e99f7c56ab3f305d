import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

export const contractSettingsSchema = z
  .object({
    legalName: z.string().nullable().describe('The party in contracts; the workspace’s name when null'),
    legalAddress: z.string().nullable(),
    seal: z
      .object({
        source: z.enum(['own', 'brought']),
        subject: z.string(),
        issuer: z.string(),
        fingerprint: z.string().describe('SHA-256 of the certificate'),
        validFrom: z.string(),
        validUntil: z.string(),
      })
      .nullable()
      .describe('Null before the first contract is sealed: a certificate of the workspace’s own is made then'),
  })
  .meta({ id: 'ContractSettings' });
export type ContractSettings = z.infer<typeof contractSettingsSchema>;

export const getContractSettings = endpoint({
  name: 'contractSettings.get',
  method: 'GET',
  path: '/contract-settings',
  access: 'contracts:read',
  summary: 'The party the workspace is in contracts, and the certificate it seals them with',
  output: contractSettingsSchema,
});

export const saveContractSettings = endpoint({
  name: 'contractSettings.save',
  method: 'PUT',
  path: '/contract-settings',
  access: 'workspace:write',
  summary: 'Say under which name and address the workspace makes contracts',
  input: z.object({
    legalName: z.string().trim().min(1).max(200).nullable(),
    legalAddress: z.string().trim().min(1).max(500).nullable(),
  }),
  output: contractSettingsSchema,
});

export const bringCertificate = endpoint({
  name: 'contractSettings.certificate',
  method: 'PUT',
  path: '/contract-settings/certificate',
  access: 'workspace:write',
  summary: 'Seal with a certificate of one’s own (PKCS#12); kept sealed, never shown again',
  input: z.object({
    container: z.base64('The .p12 file as base64').max(200_000),
    passphrase: z.string().max(500),
  }),
  output: contractSettingsSchema,
});

export const dropCertificate = endpoint({
  name: 'contractSettings.dropCertificate',
  method: 'DELETE',
  path: '/contract-settings/certificate',
  access: 'workspace:write',
  summary: 'Forget the key; the next seal makes a new certificate of the workspace’s own. What is sealed stays valid',
  output: contractSettingsSchema,
});

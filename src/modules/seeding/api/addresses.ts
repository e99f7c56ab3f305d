import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';

const line = (max: number) => z.string().trim().max(max);

/** A postal address as it was typed. What each country needs is checked by the use case, which names the field. */
export const addressSchema = z
  .object({
    name: line(80).describe('Who receives it'),
    line1: line(100).describe('Street and number'),
    line2: line(100).default('').describe('Flat, floor, company'),
    city: line(80),
    region: line(80).default('').describe('State, province or prefecture, where the country needs one'),
    postcode: line(20).default(''),
    country: z.string().trim().toUpperCase().length(2, 'A two-letter code of a country, such as DE'),
    phone: line(30).default('').describe('For the carrier'),
  })
  .meta({ id: 'PostalAddress' });
export type PostalAddress = z.infer<typeof addressSchema>;

export const knownAddressSchema = z
  .object({
    address: addressSchema,
    givenBy: z.enum(['creator', 'member']),
    consentText: z.string(),
    consentedAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'KnownAddress' });
export type KnownAddress = z.infer<typeof knownAddressSchema>;

/** What a creator agrees to; stands beside the address with its date. */
export const addressConsent =
  'Keep my address to send me parcels of this brand. It goes to the shop and the carrier, and I can have it deleted at any time.';
/** What a member confirms who enters it. */
export const memberConsent = 'Entered by a member, who confirms that the creator gave the address for parcels.';

export const getAddress = endpoint({
  name: 'addresses.get',
  // Personal data for those who send parcels, not for everybody who may look: asked for as a change is, so that no page of another site can.
  method: 'POST',
  path: '/creators/:personId/address/read',
  access: 'campaigns:write',
  summary: 'Where a creator gets parcels, for those who may send one; null when they have not said',
  input: z.object({ personId: z.string().min(1).max(60) }),
  output: knownAddressSchema.nullable(),
});

export const saveAddress = endpoint({
  name: 'addresses.save',
  method: 'PUT',
  path: '/creators/:personId/address',
  access: 'campaigns:write',
  summary: 'Enter the address a creator gave by other ways; parcels that wait for one are told',
  input: z.object({
    personId: z.string().min(1).max(60),
    address: addressSchema,
    isConfirmed: z.literal(true, { error: 'Confirm that the creator gave the address for parcels' }),
  }),
  output: knownAddressSchema,
});

export const removeAddress = endpoint({
  name: 'addresses.remove',
  method: 'DELETE',
  path: '/creators/:personId/address',
  access: 'campaigns:write',
  summary: 'Delete the address of a creator, also from parcels that have arrived',
  input: z.object({ personId: z.string().min(1).max(60) }),
});

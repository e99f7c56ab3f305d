import {
  type ContractModel,
  contractModels,
  type Jurisdiction,
  jurisdictions,
  type Terms,
  type TermsInput,
  termsSchema,
} from '../api/terms.ts';
import type { ContractTemplate } from '../api.ts';
import { shippedClauses } from './clauses.ts';

const modelNames: Record<ContractModel, string> = {
  product_seeding: 'Product seeding',
  sponsored: 'Sponsored content',
  ambassadorship: 'Ambassador',
};
const placeNames: Record<Jurisdiction, string> = {
  US: 'United States',
  UK: 'United Kingdom',
  DE: 'Germany',
  FR: 'France',
  EU: 'European Union',
};

const labelOf: Record<Jurisdiction, string> = {
  US: '“Ad” or “#ad” among the first words of the caption; in a video also said or shown within the first seconds.',
  UK: '“Ad” at the very start of the caption, and on the picture of a story.',
  DE: '„Werbung“ or „Anzeige“ at the very start of the caption, and on the picture of a story.',
  FR: '« Publicité » or « Collaboration commerciale », on the picture or video and at the start of the caption.',
  EU: 'A word for advertising in the language of the post, at the very start of the caption.',
};

function termsOf(model: ContractModel, place: Jurisdiction): Terms {
  const gift =
    place === 'US'
      ? 'A thank-you to the brand for the gift among the first words, such as “Gifted by …”, with “#ad”.'
      : labelOf[place];
  const shared: TermsInput = { disclosure: model === 'product_seeding' ? gift : labelOf[place], cancelDays: 14 };
  switch (model) {
    case 'product_seeding':
      return termsSchema.parse({
        ...shared,
        product: { description: 'the product that the creator picks from the brand’s catalogue' },
        usageRights: [
          {
            channels: ['creator_account', 'brand_social'],
            paid: false,
            territory: 'worldwide',
            startsAt: 'live',
            days: 90,
          },
        ],
        payment: { days: 30, trigger: 'invoice' },
      } satisfies TermsInput);
    case 'sponsored':
      return termsSchema.parse({
        ...shared,
        payment: { days: 30, trigger: 'live' },
        revisionsMax: 2,
        autoApproveAfterBusinessDays: 5,
        usageRights: [
          {
            channels: ['creator_account', 'brand_social', 'brand_website'],
            paid: false,
            territory: 'worldwide',
            startsAt: 'live',
            days: 180,
          },
        ],
        morality: true,
      } satisfies TermsInput);
    case 'ambassadorship':
      return termsSchema.parse({
        ...shared,
        payment: { days: 14, trigger: 'live' },
        revisionsMax: 1,
        autoApproveAfterBusinessDays: 3,
        usageRights: [
          {
            channels: ['creator_account', 'brand_social', 'brand_website', 'email'],
            paid: true,
            territory: 'worldwide',
            startsAt: 'live',
            days: 365,
          },
        ],
        exclusivity: { category: 'products that compete with the brand’s', days: 30 },
        morality: true,
        cancelDays: 30,
      } satisfies TermsInput);
  }
}

/** One template for each model and jurisdiction. */
export const shippedTemplates: readonly ContractTemplate[] = jurisdictions.flatMap((jurisdiction) =>
  contractModels.map((model) => ({
    id: `${model.replaceAll('_', '-')}-${jurisdiction.toLowerCase()}`,
    version: 1,
    name: `${modelNames[model]}, ${placeNames[jurisdiction]}`,
    isOwn: false,
    model,
    jurisdiction,
    clauseIds: shippedClauses
      .filter((clause) => clause.models.includes(model) && clause.jurisdictions.includes(jurisdiction))
      .map((clause) => clause.id),
    terms: termsOf(model, jurisdiction),
    savedBy: null,
    savedAt: null,
  })),
);

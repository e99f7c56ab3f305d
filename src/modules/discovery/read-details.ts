import type { Infra } from '#infra/module.ts';
import { type CreatorDocument, readCreatorDocuments } from '#modules/creators/index.ts';
import type { HitDetails } from './api.ts';

/** What the index does not give back of creators: prices with their origin, audiences with their sample. */
export async function readDetails(
  infra: Infra,
  asked: { workspaceId: string; personIds: readonly string[] },
): Promise<{ rows: HitDetails[] }> {
  const documents = await infra.db.inWorkspace(asked.workspaceId, (tx) =>
    readCreatorDocuments(tx, asked.workspaceId, [...asked.personIds]),
  );
  return { rows: documents.map(toDetails) };
}

function toDetails(document: CreatorDocument): HitDetails {
  const { credibility } = document.facts;
  return {
    personId: document.personId,
    prices: document.prices.map((price) => ({
      format: price.format,
      currency: price.currency,
      lowMinor: String(price.lowMinor),
      highMinor: String(price.highMinor),
      origin: price.origin,
    })),
    audiences: document.profiles.flatMap(({ profileId, audience, provenance }) => {
      if (audience === null) return [];
      const origin = provenance.audience ?? provenance['*'] ?? null;
      return [
        {
          profileId,
          n: audience.n,
          source: origin?.source ?? null,
          at: origin?.at ?? null,
          credibility: audience.credibility,
          shares: sharesOf(audience.distributions),
        },
      ];
    }),
    medians: document.profiles.map((profile) => ({
      profileId: profile.profileId,
      likes: median(profile.medianLikes, profile.medianPosts?.likes),
      comments: median(profile.medianComments, profile.medianPosts?.comments),
      views: median(profile.medianViews, profile.medianPosts?.views),
      engagementRate: median(profile.medianEngagementRate, profile.medianPosts?.engagementRate),
    })),
    credibility: typeof credibility === 'number' ? credibility : null,
  };
}

function median(value: number | null, n: number | null | undefined) {
  return value === null ? null : { value, n: n ?? null };
}

function sharesOf(distributions: object): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(distributions).flatMap(([dimension, shares]: [string, unknown]) =>
      shares === null || typeof shares !== 'object' ? [] : [[dimension, numbersOf(shares)]],
    ),
  );
}

function numbersOf(shares: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(shares).filter((one): one is [string, number] => typeof one[1] === 'number'),
  );
}

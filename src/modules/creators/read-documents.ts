import type { Tx } from '#infra/db/database.ts';
import { dayMs } from '#kernel/time.ts';
import type { CreatorDocument, DocumentPrice, ProfileDocument } from './creator-document.ts';
import { type PersonRow, type PostTextRow, type ProfileRow, selectDocumentRows } from './queries/creator-documents.ts';
import type { StoredPrice } from './queries/prices.ts';
import type { ProfileContent } from './rules/content-from-posts.ts';
import { newestAt } from './rules/merge-fields.ts';
import { affiliateDays } from './rules/paid-posts.ts';
import { bandFor, priceBandCurrency } from './rules/price-bands.ts';
import { adultShareOf, readAudience } from './rules/read-audience.ts';
import { homeOf, type LocateTown, postPlaceOf } from './rules/stated-places.ts';

const captionCharsMax = 4000;
const minorPerUnit = 100;

/** What the parts of a document were read as. */
interface DocumentParts {
  profiles: ProfileRow[];
  facts: Record<string, unknown>;
  texts: Map<string, PostTextRow>;
  prices: StoredPrice[];
  locate: LocateTown;
  nowMs: number;
}

/** Documents of the persons that exist, in id order. */
export async function readDocuments(
  tx: Tx,
  wanted: { workspaceId: string; personIds: string[]; locate: LocateTown; nowMs: number },
): Promise<CreatorDocument[]> {
  const { workspaceId, personIds, locate, nowMs } = wanted;
  if (personIds.length === 0) return [];
  const rows = await selectDocumentRows(tx, workspaceId, personIds);
  const profilesOf = Map.groupBy(rows.profiles, (profile) => profile.person_id);
  const pricesOfPerson = Map.groupBy(rows.prices, (price) => price.personId);
  return rows.persons.map((person) =>
    toDocument(person, {
      profiles: profilesOf.get(person.id) ?? [],
      facts: rows.facts.get(person.id) ?? {},
      texts: rows.texts,
      prices: pricesOfPerson.get(person.id) ?? [],
      locate,
      nowMs,
    }),
  );
}

/** Puts a creator's rows together into the document that discovery indexes. */
function toDocument(person: PersonRow, parts: DocumentParts): CreatorDocument {
  const texts = parts.profiles.flatMap((profile) => parts.texts.get(profile.id) ?? []);
  const contents = parts.profiles.flatMap((profile) => profile.content ?? []);
  return {
    personId: person.id,
    name: person.name,
    profiles: parts.profiles.map((profile) => toProfile(profile, parts.nowMs)),
    country: person.country,
    region: person.region,
    city: person.city,
    languages: person.languages,
    niches: person.niches,
    tags: person.tags,
    hasEmail: person.has_email,
    ownerId: person.owner_id,
    hashtags: words(texts.flatMap((text) => text.hashtags)),
    mentions: words(texts.flatMap((text) => text.mentions)),
    captions: bounded(texts.flatMap((text) => text.captions)),
    facts: parts.facts,
    contacts: contactsOf(person),
    sponsors: [...new Set(contents.flatMap((content) => content.sponsors))],
    interests: person.interests,
    declaredGender: person.gender,
    declaredAge: person.age,
    isOpenToGifting: person.is_open_to_gifting,
    isSuppressed: parts.facts.suppressed === true,
    home: homeOf(person, parts.locate),
    postPlaces: contents.flatMap((content) => content.places.map((place) => postPlaceOf(place, parts.locate))),
    formats: [...new Set(contents.flatMap((content) => content.formats))],
    prices: pricesOf(parts.profiles, parts.prices),
    createdAt: person.created_at.toISOString(),
    updatedAt: person.updated_at.toISOString(),
  };
}

function contactsOf(person: PersonRow): string[] {
  const kinds = person.contacts.map((contact) => contact.slice(0, contact.indexOf(':')));
  if (person.has_email) kinds.push('email');
  if (person.has_phone) kinds.push('phone');
  if (person.has_website) kinds.push('website');
  return [...new Set(kinds)].sort();
}

/** Prices stated, and the published band of each account for those who ask for estimates; an open band counts by its lower end. */
function pricesOf(profiles: readonly ProfileRow[], stored: readonly StoredPrice[]): DocumentPrice[] {
  const prices = stored.map(({ format, currency, amountMinor, origin }): DocumentPrice => {
    const minor = Number(amountMinor);
    return { format, currency, lowMinor: minor, highMinor: minor, origin };
  });
  for (const profile of profiles) {
    const band = bandFor(profile.platform, toNumber(profile.followers));
    if (band === null) continue;
    prices.push({
      format: band.format,
      currency: priceBandCurrency,
      lowMinor: band.low * minorPerUnit,
      highMinor: (band.high ?? band.low) * minorPerUnit,
      origin: 'estimate',
    });
  }
  return prices;
}

function toProfile(row: ProfileRow, nowMs: number): ProfileDocument {
  return {
    profileId: row.id,
    platform: row.platform,
    handle: row.handle,
    url: row.url,
    displayName: row.display_name,
    bio: row.bio,
    category: row.category,
    website: row.website,
    accountType: row.account_type,
    isVerified: row.is_verified,
    isPrivate: row.is_private,
    isOfficialArtist: row.is_official_artist,
    followers: toNumber(row.followers),
    following: toNumber(row.following),
    postCount: toNumber(row.post_count),
    avgLikes: row.avg_likes,
    avgComments: row.avg_comments,
    avgViews: row.avg_views,
    avgShares: row.avg_shares,
    avgSaves: row.avg_saves,
    engagementRate: row.engagement_rate,
    lastPostAt: row.last_post_at?.toISOString() ?? null,
    growth: row.growth,
    likesGrowth: row.likes_growth,
    viewsGrowth: row.views_growth,
    ...contentFigures(row.content, nowMs),
    audience: audienceOf(row.audience),
    refreshedAt: newestAt(row.provenance),
    provenance: row.provenance,
  };
}

function contentFigures(content: ProfileContent | null, nowMs: number) {
  const affiliateAt = content?.affiliateAt ?? null;
  const isRecent = affiliateAt !== null && nowMs - Date.parse(affiliateAt) <= affiliateDays * dayMs;
  const sponsored = content?.sponsored ?? null;
  return {
    medianLikes: content?.medianLikes?.value ?? null,
    medianComments: content?.medianComments?.value ?? null,
    medianViews: content?.medianViews?.value ?? null,
    medianEngagements: content?.medianEngagements?.value ?? null,
    medianEngagementRate: content?.medianEngagementRate?.value ?? null,
    medianPosts: {
      likes: content?.medianLikes?.n ?? null,
      comments: content?.medianComments?.n ?? null,
      views: content?.medianViews?.n ?? null,
      engagementRate: content?.medianEngagementRate?.n ?? null,
    },
    postsPerWeek: content?.postsPerWeek?.value ?? null,
    avgDurationS: content?.avgDurationS?.value ?? null,
    sponsoredPosts: sponsored?.posts ?? null,
    sponsoredShare: sponsored === null ? null : sponsored.posts / sponsored.n,
    isAffiliate: content === null || content.captions === 0 ? null : isRecent,
  };
}

function audienceOf(stored: unknown): ProfileDocument['audience'] {
  const audience = readAudience(stored);
  if (audience === null) return null;
  const { share, isCompliant } = adultShareOf(audience);
  return {
    distributions: audience.distributions,
    credibility: audience.credibility ?? null,
    adultShare: share,
    isLdaCompliant: isCompliant,
    n: audience.n ?? null,
  };
}

const toNumber = (value: bigint | null) => (value === null ? null : Number(value));

function words(joined: string[]): string[] {
  return [...new Set(joined.flatMap((text) => text.split(' ')))];
}

function bounded(captions: string[]): string[] {
  let chars = 0;
  return captions.filter((caption) => {
    chars += caption.length;
    return chars <= captionCharsMax;
  });
}

import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError, notFound } from '#kernel/errors.ts';
import { currencyExponent } from '#kernel/money.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { CreatorPrice, listPrices, Person, removePrice, setPrice } from './api.ts';
import { emitChanged } from './emit-changes.ts';
import { lockCreators } from './queries/known-creators.ts';
import { deletePrice, replacePrice, selectPrices } from './queries/prices.ts';
import { getPerson } from './read-creators.ts';
import { handPrefix } from './rules/merge-fields.ts';
import { bandFor, priceBandCurrency, priceBandSource, priceBandYear } from './rules/price-bands.ts';

type Prices = { rows: CreatorPrice[] };

/** Prices of a creator; with estimates also the published band for the size of each account. Error: not_found. */
export async function pricesOf(infra: Infra, call: Call<typeof listPrices>): Promise<Prices> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => {
    const person = await getPerson(tx, call.workspaceId, call.input.personId);
    const { rows } = await readPrices(tx, call.workspaceId, person);
    return { rows: call.input.estimates ? [...rows, ...bandsOf(person)] : rows };
  });
}

/** States a price, in place of the one of the same profile, format, currency and origin. Errors: not_found, money.unknown_currency, request.invalid. */
export async function statePrice(infra: Infra, call: Call<typeof setPrice>): Promise<Prices> {
  const { workspaceId, input } = call;
  currencyExponent(input.price.currency);
  const now = infra.clock.now();
  if (input.price.amountMinor.startsWith('-')) throw invalid('price', 'A price is not negative.');
  if (input.at !== undefined && Date.parse(input.at) > now.getTime())
    throw invalid('at', `${input.at} is still to come. Give the date of the statement.`);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockCreators(tx, workspaceId);
    const person = await getPerson(tx, workspaceId, input.personId);
    const profile = person.profiles.find((one) => input.profileId === undefined || one.id === input.profileId);
    if (profile === undefined) throw notFound('profile');
    const price = {
      profileId: profile.id,
      format: input.format ?? null,
      currency: input.price.currency,
      amountMinor: BigInt(input.price.amountMinor),
      origin: input.origin,
      source: input.source ?? `${handPrefix}${call.actor.name}`,
      observedAt: new Date(input.at ?? now).toISOString(),
    };
    await replacePrice(tx, workspaceId, price);
    await tell(infra, tx, {
      call,
      personId: person.id,
      action: 'creator.price_stated',
      changes: { ...input.price, format: price.format, origin: price.origin },
    });
    return readPrices(tx, workspaceId, person);
  });
}

/** Takes back a price. Error: not_found when there is none of that profile, format, currency and origin. */
export async function takeBackPrice(infra: Infra, call: Call<typeof removePrice>): Promise<Prices> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await lockCreators(tx, workspaceId);
    const person = await getPerson(tx, workspaceId, input.personId);
    if (!person.profiles.some((one) => one.id === input.profileId)) throw notFound('profile');
    const { profileId, currency, origin } = input;
    const format = input.format ?? null;
    if (!(await deletePrice(tx, workspaceId, { profileId, format, currency, origin }))) throw notFound('price');
    await tell(infra, tx, {
      call,
      personId: person.id,
      action: 'creator.price_removed',
      changes: { currency, format, origin },
    });
    return readPrices(tx, workspaceId, person);
  });
}

async function tell(
  infra: Infra,
  tx: Tx,
  told: {
    call: Pick<Call<typeof setPrice>, 'workspaceId' | 'actor' | 'requestId'>;
    personId: string;
    action: string;
    changes: Record<string, unknown>;
  },
): Promise<void> {
  const { call, personId, action, changes } = told;
  const { workspaceId, actor, requestId } = call;
  await emitChanged(infra, tx, { workspaceId, personIds: [personId] });
  await recordAudit(tx, {
    workspaceId,
    actor,
    requestId,
    action,
    subjectKind: 'creator',
    subjectId: personId,
    changes,
  });
}

async function readPrices(tx: Tx, workspaceId: string, person: Person): Promise<Prices> {
  const stored = await selectPrices(tx, workspaceId, [person.id]);
  const rows = stored.map(({ profileId, platform, format, currency, amountMinor, origin, source, observedAt }) => {
    const money = { amountMinor: String(amountMinor), currency };
    return { profileId, platform, format, low: money, high: money, origin, source, at: observedAt.toISOString() };
  });
  return { rows };
}

function bandsOf(person: Person): CreatorPrice[] {
  return person.profiles.flatMap((profile): CreatorPrice[] => {
    const band = bandFor(profile.platform, profile.followers);
    if (band === null) return [];
    const money = (whole: number) => ({
      amountMinor: String(whole * 10 ** currencyExponent(priceBandCurrency)),
      currency: priceBandCurrency,
    });
    return [
      {
        profileId: profile.id,
        platform: profile.platform,
        format: band.format,
        low: money(band.low),
        high: band.high === null ? null : money(band.high),
        origin: 'estimate',
        source: priceBandSource,
        at: priceBandYear,
      },
    ];
  });
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid', 'request.invalid', message, [{ field, message }]);
}

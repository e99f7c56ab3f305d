import { z } from 'zod';
import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import type { Platform } from '#kernel/platform.ts';
import {
  findPersonsWithFact,
  findSuppressedPersons,
  type PersonCard,
  readPersonCards,
} from '#modules/creators/index.ts';
import { type CampaignModel, campaignModelTraits, type Refused, type Stage } from './api.ts';
import { campaignsError } from './errors.ts';
import { insertEnrolments, lockEnrolmentsOfPersons, setRemoved, setStage } from './queries/roster.ts';
import { type ChangeFrame, type RosterChange, recordRosterChanges } from './record-change.ts';

export interface EnrolOrder {
  call: ChangeFrame;
  campaignId: string;
  /** Where goods are sent, those who are to be sent nothing cannot come in. */
  model: CampaignModel;
  stages: readonly Stage[];
  personIds: readonly string[];
  /** The account to run on, where one was named. */
  profileOf: ReadonlyMap<string, string>;
  platform?: Platform | undefined;
  /** Name of a stage; the first when undefined. */
  stage: string | undefined;
  feeMinor: bigint | null;
  productCostMinor: bigint | null;
}

export interface Enrolled {
  added: string[];
  restored: string[];
  unchanged: number;
  refused: Refused[];
}

/** Puts persons on a campaign that the caller holds. Removed ones come back; unknown, opted-out and, for seeding, do-not-gift ones are named, not enrolled. Error: unknown_stage. */
export async function enrol(infra: Infra, tx: Tx, order: EnrolOrder): Promise<Enrolled> {
  const { call, campaignId } = order;
  const { workspaceId } = call;
  const stage = findStage(order.stages, order.stage);
  const { welcome, refused } = await sortOut(infra, tx, order);
  const personIds = welcome.map((card) => card.personId);
  const present = await lockEnrolmentsOfPersons(tx, workspaceId, { campaignId, personIds });
  const presentIds = new Set(present.map((row) => row.person_id));
  const at = infra.clock.now();

  const removed = present.filter((row) => row.removed_at !== null);
  const removedIds = removed.map((row) => row.id);
  if (removedIds.length > 0) {
    await setRemoved(tx, workspaceId, { ids: removedIds, reason: null, at: null });
    await setStage(tx, workspaceId, { ids: removedIds, stage: stage.name, at });
  }
  const restored = removed.map((row) => ({
    enrolmentId: row.id,
    personId: row.person_id,
    fromStage: row.stage,
    toStage: stage.name,
  }));
  await recordRosterChanges(infra, tx, { call, campaignId, what: 'restored', rows: restored });

  const rows = welcome
    .filter((card) => !presentIds.has(card.personId))
    .map((card, index) => ({
      // A millisecond apart: the roster keeps the order in which they were named.
      id: newId('enrolment', at.getTime() + index),
      personId: card.personId,
      profileId: choseProfile(card, order),
    }));
  const { feeMinor, productCostMinor } = order;
  const added =
    rows.length === 0
      ? []
      : await insertEnrolments(tx, workspaceId, {
          campaignId,
          rows,
          stage: stage.name,
          feeMinor,
          productCostMinor,
          addedBy: call.actor.id,
          at,
        });
  const isAdded = new Set(added);
  const changes = {
    ...(feeMinor === null ? {} : { feeMinor }),
    ...(productCostMinor === null ? {} : { productCostMinor }),
  };
  const news: RosterChange[] = rows
    .filter((row) => isAdded.has(row.id))
    .map((row) => ({ enrolmentId: row.id, personId: row.personId, toStage: stage.name, changes: asText(changes) }));
  await recordRosterChanges(infra, tx, { call, campaignId, what: 'added', rows: news });
  return { added, restored: removedIds, unchanged: welcome.length - added.length - removedIds.length, refused };
}

function asText(changes: Record<string, bigint>): Record<string, string> {
  return Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, value.toString()]));
}

/** The stage of that name, the first when none is named. Error: unknown_stage. */
export function findStage(stages: readonly Stage[], name: string | undefined): Stage {
  const stage = name === undefined ? stages[0] : stages.find((one) => one.name === name);
  if (stage !== undefined) return stage;
  const message = `The campaign has no stage "${name ?? ''}". It has ${stages.map((one) => one.name).join(', ')}.`;
  throw campaignsError('unknown_stage', message, [{ field: 'stage', message }]);
}

async function sortOut(
  infra: Infra,
  tx: Tx,
  order: EnrolOrder,
): Promise<{ welcome: PersonCard[]; refused: Refused[] }> {
  const asked = [...new Set(order.personIds)];
  const cards = await readPersonCards(tx, order.call.workspaceId, asked);
  const suppressed = await findSuppressedPersons(infra, tx, [...cards.values()]);
  const flagged = await findPersonsWithFact(tx, order.call.workspaceId, {
    personIds: [...cards.values()].map((card) => card.personId),
    name: 'do_not_work_reason',
  });
  const barred = campaignModelTraits[order.model].sendsGoods
    ? await findPersonsWithFact(tx, order.call.workspaceId, {
        personIds: [...cards.values()].map((card) => card.personId),
        name: 'do_not_gift',
      })
    : new Map<string, unknown>();
  const welcome = new Map<string, PersonCard>();
  const refused: Refused[] = [];
  for (const id of asked) {
    const card = cards.get(id);
    if (card === undefined) refused.push({ who: id, reason: 'unknown', message: `There is no creator ${id} here.` });
    else if (suppressed.has(card.personId))
      refused.push({
        who: card.name,
        reason: 'suppressed',
        message: `${card.name} asked not to be contacted, so they cannot join a campaign.`,
      });
    else if (flagged.has(card.personId))
      refused.push({
        who: card.name,
        reason: 'do_not_work',
        message: `${card.name} is flagged as not to work with: ${String(flagged.get(card.personId))}. Lift the flag on their page first.`,
      });
    else if (barred.has(card.personId))
      refused.push({
        who: card.name,
        reason: 'do_not_gift',
        message: `${card.name} is on the do-not-gift list: ${sayBarred(barred.get(card.personId))}. Take them off it to send them something again.`,
      });
    // Two ids of one merged person are one creator.
    else welcome.set(card.personId, card);
  }
  return { welcome: [...welcome.values()], refused };
}

const barredFact = z.object({ words: z.string() });

/** Why somebody is to be sent nothing, as the list states it. */
function sayBarred(fact: unknown): string {
  const read = barredFact.safeParse(fact);
  return read.success ? read.data.words.replace(/^./, (first) => first.toLowerCase()) : 'no reason is known';
}

function choseProfile(card: PersonCard, order: EnrolOrder): string | null {
  const named = order.profileOf.get(card.personId);
  const isTheirs = card.profiles.some((profile) => profile.profileId === named);
  if (named !== undefined && isTheirs) return named;
  const onPlatform =
    order.platform === undefined ? undefined : card.profiles.find((profile) => profile.platform === order.platform);
  return (onPlatform ?? card.profiles[0])?.profileId ?? null;
}

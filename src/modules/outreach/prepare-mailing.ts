import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { findCampaign, listEnrolments } from '#modules/campaigns/index.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import { type PreviewRow, type Step, stepSchema } from './api.ts';
import { checkSteps } from './check-steps.ts';
import { outreachError } from './errors.ts';
import { type MailboxRow, selectMailbox } from './queries/mailboxes.ts';
import { selectBusy } from './queries/runs.ts';
import { selectSequence } from './queries/templates.ts';
import { selectThreadsWaiting } from './queries/waiting.ts';
import { readHouse } from './read-hours.ts';
import { readReach } from './read-reach.ts';
import { footerOf, readValues, type Writing, writeSteps } from './write-mail.ts';

export interface MailingAsked {
  personIds: string[];
  sequenceId?: string | undefined;
  steps?: Step[] | undefined;
  campaignId?: string | undefined;
  mailboxId?: string | undefined;
}

export interface PreparedRow extends PreviewRow {
  enrolmentId: string | null;
}

export interface Prepared {
  rows: PreparedRow[];
  blockers: string[];
  mailbox: MailboxRow | null;
  steps: Step[];
  name: string | null;
  stopPhases: string[] | null;
}

/**
 * Who of the creators can be written to and what they would get. Errors: not_found for campaign, sequence, mailbox; outreach.unknown_creator,
 * bad_template.
 */
export async function prepareMailing(
  infra: Infra,
  tx: Tx,
  of: MailingAsked & { workspaceId: string; show: number },
): Promise<Prepared> {
  const { workspaceId } = of;
  const what = await readSteps(tx, of);
  const house = await readHouse(tx, workspaceId);
  if (of.campaignId !== undefined && (await findCampaign(tx, workspaceId, of.campaignId)) === null)
    throw notFound('campaign');
  const mailbox = (await selectMailbox(tx, workspaceId, { id: of.mailboxId ?? null })) ?? null;
  if (mailbox === null && of.mailboxId !== undefined) throw notFound('mailbox');
  const blockers = blockersOf(mailbox, house.settings.postal_address);
  const personIds = [...new Set(of.personIds)];
  const cards = await readPersonCards(tx, workspaceId, personIds);
  const unknown = personIds.filter((id) => !cards.has(id));
  if (unknown.length > 0)
    throw outreachError(
      'unknown_creator',
      `${unknown.length} of the creators are not here (any more): ${unknown[0]}.`,
      [
        ...unknown
          .slice(0, 20)
          .map((id) => ({ field: 'personIds', message: `${id} is not a creator of this workspace` })),
      ],
    );
  // Two ids of one merged person are one creator.
  const kept = [...new Map([...cards.values()].map((card) => [card.personId, card])).values()];
  const keptIds = kept.map((card) => card.personId);
  const reach = await readReach(infra, tx, { workspaceId, personIds: keptIds });
  const busy = await selectBusy(tx, workspaceId, keptIds);
  const waiting = await selectThreadsWaiting(tx, workspaceId, keptIds);
  const enrolmentOf = await readEnrolments(infra, tx, of);
  const writing: Writing | null = mailbox === null ? null : { house, mailbox, campaignId: of.campaignId ?? null };
  const values = writing === null ? new Map() : await readValues(tx, workspaceId, { ...writing, personIds: keptIds });
  const footer = writing === null ? '' : footerOf(writing, `${infra.config.publicUrl}/app/unsubscribe/…`);
  const rows = kept.map((card, index): PreparedRow => {
    const one = reach.get(card.personId);
    const written = writeSteps(what.steps, values.get(card.personId) ?? {}, footer);
    const runs = busy.get(card.personId);
    const problems = [
      ...(one?.problems ?? ['Is not here any more']),
      ...(runs === undefined ? [] : [`Gets "${runs}" at this time`]),
      ...(waiting.has(card.personId) ? ['Waits for an answer: write in that conversation'] : []),
      ...(writing === null ? [] : written.problems),
    ];
    return {
      personId: card.personId,
      name: card.name,
      to: one?.to ?? null,
      problems,
      messages: index < of.show ? written.messages : null,
      enrolmentId: enrolmentOf.get(card.personId) ?? null,
    };
  });
  return { rows, blockers, mailbox, ...what };
}

async function readSteps(
  tx: Tx,
  of: MailingAsked & { workspaceId: string },
): Promise<{ steps: Step[]; name: string | null; stopPhases: string[] | null }> {
  if ((of.sequenceId === undefined) === (of.steps === undefined))
    throw outreachError('bad_value', 'Name a sequence, or give the mail itself.', [
      { field: 'sequenceId', message: 'Either sequenceId or steps' },
    ]);
  if (of.steps !== undefined) {
    checkSteps(of.steps);
    return { steps: of.steps, name: null, stopPhases: null };
  }
  const row = await selectSequence(tx, of.workspaceId, of.sequenceId ?? '');
  if (row === undefined) throw notFound('sequence');
  return { steps: stepSchema.array().parse(row.steps), name: row.name, stopPhases: row.stop_phases };
}

function blockersOf(mailbox: MailboxRow | null, postalAddress: string | null): string[] {
  const blockers: string[] = [];
  if (mailbox === null) blockers.push('No mailbox is connected. Connect one in the settings of outreach');
  else if (mailbox.state === 'broken')
    blockers.push(`${mailbox.address} is not let in by its server: ${mailbox.fault}`);
  else if (mailbox.state === 'paused') blockers.push(`${mailbox.address} is paused`);
  if (postalAddress === null)
    blockers.push(
      'Your postal address is missing. The law asks for it below such mails (CAN-SPAM); enter it in the settings of outreach',
    );
  return blockers;
}

async function readEnrolments(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId?: string | undefined },
): Promise<Map<string, string>> {
  if (of.campaignId === undefined) return new Map();
  const enrolments = await listEnrolments(tx, of.workspaceId, { campaignId: of.campaignId, clock: infra.clock });
  return new Map(enrolments.map((one) => [one.person.id, one.id]));
}

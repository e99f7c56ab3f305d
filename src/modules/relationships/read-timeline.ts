import type { Call } from '#infra/http/call.ts';
import type { MailState } from '#infra/mail/rows.ts';
import type { Infra } from '#infra/module.ts';
import { formatAmount, fromMoneyJson, type MoneyJson } from '#kernel/money.ts';
import { platformNames } from '#kernel/platform.ts';
import { listWorkOfPerson, type WorkOnCampaign } from '#modules/campaigns/index.ts';
import {
  type Again,
  type Flag,
  type getTimeline as getEndpoint,
  type Incident,
  type TimelineEntry,
  timelineMax,
} from './api.ts';
import { getCreator } from './find-creator.ts';
import { presentFlags } from './flags.ts';
import { presentIncidents } from './present-incidents.ts';
import { selectFlags, selectIncidents } from './queries/incidents.ts';
import { selectMessagesAbout } from './queries/managers.ts';
import { selectNotes } from './queries/notes.ts';
import { readPastWork } from './read-relationship.ts';
import { readOpinions } from './save-opinion.ts';

const perKindMax = 500;
const shortMax = 200;
const opinionWords: Record<Again, string> = {
  yes: 'Would work with again',
  maybe: 'Might work with again',
  no: 'Would not work with again',
};
const mailWords: Record<MailState, string> = {
  queued: 'Mail waits to be sent',
  sending: 'Mail is being sent',
  sent: 'Mail sent',
  failed: 'Mail not sent: it failed',
  off: 'Mail not sent: no way of sending is set up',
  refused: 'Mail not sent: it was held back',
};

/** What happened between us and a creator, newest first. Error: not_found. */
export async function readTimeline(infra: Infra, call: Call<typeof getEndpoint>): Promise<TimelineEntry[]> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { personId } = await getCreator(tx, workspaceId, input.personId);
    const work = await listWorkOfPerson(tx, workspaceId, { personId, clock: infra.clock });
    const incidents = await selectIncidents(tx, workspaceId, { personId, limit: perKindMax, after: null });
    const flags = await selectFlags(tx, workspaceId, { personIds: [personId], withLifted: true, limit: perKindMax });
    const entries = [
      ...work.flatMap(entriesOfWork),
      ...(await selectNotes(tx, workspaceId, personId)).map((note) =>
        entry('note', note.written_at, { title: 'Note', detail: short(note.body), by: note.author_name }),
      ),
      ...(await readOpinions(tx, workspaceId, personId)).map((opinion) =>
        entry('opinion', new Date(opinion.at), {
          title: opinionWords[opinion.again],
          detail: opinion.reason,
          by: opinion.by,
          campaign: opinion.campaign,
        }),
      ),
      ...(await presentIncidents(tx, workspaceId, incidents)).flatMap(entriesOfIncident),
      ...(await presentFlags(tx, workspaceId, flags)).flatMap(entriesOfFlag),
      ...(await selectMessagesAbout(tx, workspaceId, personId)).map((message) =>
        entry('message', message.sent_at, {
          title: `Wrote to ${message.name}`,
          detail: `${message.subject}${message.others === 0 ? '' : `, with ${message.others} more`}${message.mail_state === 'off' ? ' (no mail went out)' : ''}`,
          by: message.sent_by,
        }),
      ),
      ...(await infra.mail.list(tx, workspaceId, { personId, limit: perKindMax })).map((mail) =>
        entry('message', mail.sentAt ?? mail.createdAt, {
          title: mailWords[mail.state],
          detail: mail.subject,
        }),
      ),
      ...(await readPastWork(tx, workspaceId, personId)).map((row) => entryOfPast(row)),
    ];
    const kinds = input.kinds === undefined ? null : new Set(input.kinds);
    return entries
      .filter((one) => kinds === null || kinds.has(one.kind))
      .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
      .slice(0, timelineMax);
  });
}

function entry(
  kind: TimelineEntry['kind'],
  at: Date,
  rest: Partial<Omit<TimelineEntry, 'kind' | 'at'>> & { title: string },
): TimelineEntry {
  const empty = { isDay: false, detail: null, by: null, campaign: null, url: null };
  return { ...empty, ...rest, kind, at: at.toISOString() };
}

const dayEntry: typeof entry = (kind, at, rest) => ({ ...entry(kind, at, rest), isDay: true });

function entriesOfIncident(incident: Incident): TimelineEntry[] {
  const { campaign, kindLabel, answer, outcome } = incident;
  const side = incident.about === 'creator' ? 'their side' : 'our side';
  const title = `Incident, ${side}: ${kindLabel}`;
  const entries = [
    entry('incident', new Date(incident.openedAt), {
      title,
      detail: incident.summary,
      by: incident.openedBy,
      campaign,
    }),
  ];
  if (answer !== null)
    entries.push(
      entry('incident', new Date(answer.at), {
        title: `Answered: ${kindLabel}`,
        detail: answer.text,
        by: answer.by,
        campaign,
      }),
    );
  if (outcome !== null) {
    const what = outcome.outcome === 'upheld' ? 'Upheld' : 'Dismissed';
    entries.push(
      entry('incident', new Date(outcome.at), {
        title: `${what}: ${kindLabel}`,
        detail: outcome.reason,
        by: outcome.by,
        campaign,
      }),
    );
  }
  return entries;
}

function entriesOfFlag(flag: Flag): TimelineEntry[] {
  const { lifted } = flag;
  const set = entry('flag', new Date(flag.setAt), { title: 'Do not work with', detail: flag.reason, by: flag.setBy });
  if (lifted === null) return [set];
  const title = 'May be worked with again';
  return [set, entry('flag', new Date(lifted.at), { title, detail: lifted.reason, by: lifted.by })];
}

function entriesOfWork(one: WorkOnCampaign): TimelineEntry[] {
  const campaign = { id: one.campaign.id, name: one.campaign.name };
  const { enrolment } = one;
  const story = one.story.flatMap((step) => {
    const title = sayStep(step);
    if (title === null) return [];
    const detail = step.kind === 'removed' ? enrolment.removedReason : null;
    return [entry('roster', step.at, { title, detail, campaign, by: step.by_name })];
  });
  const briefs = one.briefs.flatMap((brief) => [
    entry('brief', brief.first_sent_at, { title: `Brief sent, version ${brief.version}`, campaign, by: brief.sent_by }),
    ...(brief.acknowledged_at === null
      ? []
      : [entry('brief', brief.acknowledged_at, { title: `Confirmed the brief, version ${brief.version}`, campaign })]),
  ]);
  const posts = one.pieces.flatMap((piece) =>
    piece.state === 'live' && piece.live_at !== null
      ? [
          entry('post', piece.live_at, {
            title: `Live: ${piece.title}`,
            detail: `${nameOf(piece.platform)} ${piece.format}`,
            campaign,
            url: piece.live_url,
          }),
        ]
      : [],
  );
  const payments =
    enrolment.feePaidOn === null
      ? []
      : [
          dayEntry('payment', dayStart(enrolment.feePaidOn), {
            title: enrolment.fee === null ? 'Paid' : `Paid ${say(enrolment.fee)}`,
            campaign,
          }),
        ];
  return [...story, ...briefs, ...posts, ...payments];
}

function sayStep(step: WorkOnCampaign['story'][number]): string | null {
  switch (step.kind) {
    case 'added':
      return 'Came on the roster';
    case 'restored':
      return 'Back on the roster';
    case 'removed':
      return 'Taken off the roster';
    case 'moved':
      return `Moved to ${step.to_label ?? 'another stage'}`;
    case 'changed':
      return null;
  }
}

function entryOfPast(row: Awaited<ReturnType<typeof readPastWork>>[number]): TimelineEntry {
  const day = row.postedOn ?? row.paidOn ?? row.dueOn;
  const money = row.paid ?? row.fee;
  const parts = [row.status, money === null ? null : say(money), row.note].filter((part) => part !== null);
  const rest = {
    title: row.campaignName,
    detail: parts.length === 0 ? row.source : `${parts.join(', ')} (${row.source})`,
    url: row.postUrl,
  };
  return day === null ? entry('imported', new Date(row.importedAt), rest) : dayEntry('imported', dayStart(day), rest);
}

function dayStart(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function nameOf(platform: string): string {
  const names: Record<string, string> = platformNames;
  return names[platform] ?? platform;
}

function say(money: MoneyJson): string {
  return `${formatAmount(fromMoneyJson(money))} ${money.currency}`;
}

function short(text: string): string {
  return text.length > shortMax ? `${text.slice(0, shortMax - 3)}...` : text;
}

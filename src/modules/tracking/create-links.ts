import { randomInt } from 'node:crypto';
import type { Tx } from '#infra/db/database.ts';
import type { Actor, Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { recordAudits } from '#modules/workspaces/index.ts';
import type {
  createLink as createLinkEndpoint,
  createRosterLinks as createRosterLinksEndpoint,
  Link,
  Utm,
} from './api.ts';
import { trackingError } from './errors.ts';
import type { LinkTable } from './link-table.ts';
import { presentLinks } from './present-links.ts';
import { notifyLinks } from './queries/link-table.ts';
import { enrolmentsWithLink, insertLinks, type NewLink, selectLinksById } from './queries/links.ts';
import {
  type ExtrasInput,
  type Guard,
  type LinkHome,
  noExtras,
  openGuard,
  readDomain,
  readExtras,
} from './read-extras.ts';
import { resolveRoster, resolveSubject, type Subject } from './resolve-subject.ts';
import { buildTarget, defaultUtm, fillUtm, mergeUtm } from './rules/destination.ts';
import { readSlug, suggestSlug } from './rules/slug.ts';

const triesMax = 6;
const insertRowsMax = 1000;

/** A link to be made for a subject. */
export interface LinkWish {
  subject: Subject;
  destination: string;
  /** Chosen by a person; made from the creator's name when null. */
  slug: string | null;
  utm: Utm;
  expiresAt: Date | null;
  /** A host of the workspace that serves links; the installation's when left out. */
  domain?: string | null;
  extras?: ExtrasInput;
}

export interface Maker {
  workspaceId: string;
  actor: Actor;
  requestId: string | null;
}

/** Makes one link. Errors: tracking.bad_destination, bad_slug, slug_taken, bad_expiry, not_found. */
export async function createLink(infra: Infra, table: LinkTable, call: Call<typeof createLinkEndpoint>): Promise<Link> {
  const { input, workspaceId } = call;
  const { link, id } = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const subject = await resolveSubject(infra, tx, workspaceId, input);
    const wish = {
      subject,
      destination: input.destination,
      slug: input.slug ?? null,
      utm: input.utm,
      expiresAt: readExpiry(infra, input.expiresAt),
      domain: input.domain,
      extras: input,
    };
    const [made] = await makeLinks(infra, tx, call, [wish]);
    const [present] = await presentLinks(infra, tx, workspaceId, await selectLinksById(tx, workspaceId, [made ?? '']));
    if (present === undefined || made === undefined) throw notFound('link');
    return { link: present, id: made };
  });
  await table.refresh([id]);
  return link;
}

/** Makes a link for each creator of a campaign who has none. Errors: tracking.no_destination, bad_destination, not_found. */
export async function createRosterLinks(
  infra: Infra,
  table: LinkTable,
  call: Call<typeof createRosterLinksEndpoint>,
): Promise<{ created: number; existing: number; links: Link[] }> {
  const { input, workspaceId } = call;
  const answer = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const roster = await resolveRoster(infra, tx, {
      workspaceId,
      campaignId: input.campaignId,
      enrolmentIds: input.enrolmentIds,
    });
    const served = await enrolmentsWithLink(tx, workspaceId, input.campaignId);
    const open = roster.filter((subject) => subject.enrolmentId !== null && !served.has(subject.enrolmentId));
    const destination = input.destination ?? roster[0]?.landingUrl;
    if (open.length > 0 && (destination === undefined || destination === null)) {
      throw trackingError('no_destination', 'The campaign has no landing page. Say where the links lead.', [
        { field: 'destination', message: 'Needed while the campaign has no landing page.' },
      ]);
    }
    const expiresAt = readExpiry(infra, input.expiresAt);
    const ids = await makeLinks(
      infra,
      tx,
      call,
      open.map((subject) => ({
        subject,
        destination: destination ?? '',
        slug: null,
        utm: input.utm,
        expiresAt,
        domain: input.domain,
        extras: { tags: input.tags },
      })),
    );
    const links = await presentLinks(infra, tx, workspaceId, await selectLinksById(tx, workspaceId, ids));
    return { created: links.length, existing: roster.length - open.length, links };
  });
  await table.refresh(answer.links.map((link) => link.id));
  return answer;
}

/** Makes links in this transaction and returns their ids in the order of the wishes. For other modules too. */
export async function makeLinks(infra: Infra, tx: Tx, maker: Maker, wishes: readonly LinkWish[]): Promise<string[]> {
  const guard = await openGuard(tx, maker.workspaceId);
  const homes = new Map<string | null, LinkHome | null>();
  const drafts: NewLink[] = [];
  for (const wish of wishes) {
    const host = wish.domain ?? null;
    if (!homes.has(host)) homes.set(host, await readDomain(tx, maker.workspaceId, host));
    drafts.push(await draft(infra, maker, { wish, guard, home: homes.get(host) ?? null }));
  }
  let open = drafts;
  for (let attempt = 1; open.length > 0; attempt += 1) {
    const inserted = new Set<string>();
    for (let at = 0; at < open.length; at += insertRowsMax) {
      for (const id of await insertLinks(tx, maker.workspaceId, open.slice(at, at + insertRowsMax))) inserted.add(id);
    }
    open = open.filter((link) => !inserted.has(link.id));
    for (const link of open) {
      const wish = wishes[drafts.indexOf(link)];
      if (wish === undefined || wish.slug !== null || attempt >= triesMax) {
        throw trackingError(
          'slug_taken',
          `"${link.slug}" is taken, or looks like a link that is. Choose another slug.`,
          [{ field: 'slug', message: 'Taken' }],
        );
      }
      Object.assign(link, spell(suggestSlug(nameOf(wish.subject), random, 4 + attempt)));
    }
  }
  await recordAudits(
    tx,
    drafts.map((link) => ({
      workspaceId: maker.workspaceId,
      actor: maker.actor,
      requestId: maker.requestId,
      action: 'link.created',
      subjectKind: 'link',
      subjectId: link.id,
      changes: { slug: { to: link.slug }, destination: { to: link.destination } },
    })),
  );
  const ids = drafts.map((link) => link.id);
  await notifyLinks(tx, ids);
  return ids;
}

async function draft(
  infra: Infra,
  maker: Maker,
  of: { wish: LinkWish; guard: Guard; home: LinkHome | null },
): Promise<NewLink> {
  const { wish, guard } = of;
  const { subject } = wish;
  const destination = guard(wish.destination, 'destination');
  const utm = mergeUtm(defaultUtm(subject), fillUtm(wish.utm, subject));
  return {
    id: newId('link', infra.clock.now().getTime()),
    ...spell(wish.slug ?? suggestSlug(nameOf(subject), random), of.home?.keepsCase),
    domain: of.home?.host ?? null,
    destination,
    target: buildTarget(destination, utm),
    campaignId: subject.campaignId,
    enrolmentId: subject.enrolmentId,
    personId: subject.personId,
    utm,
    expiresAt: wish.expiresAt,
    createdBy: maker.actor.id,
    extras: wish.extras === undefined ? noExtras : await readExtras(guard, wish.extras, { before: noExtras, utm }),
  };
}

function nameOf(subject: Subject): string {
  return subject.handle ?? subject.name ?? subject.campaignName ?? '';
}

function spell(text: string, keepsCase = false): { slug: string; skeleton: string } {
  const verdict = readSlug(text, keepsCase);
  if (!verdict.ok) throw trackingError('bad_slug', verdict.message, [{ field: 'slug', message: verdict.message }]);
  return { slug: verdict.slug, skeleton: verdict.skeleton };
}

/** Error: tracking.bad_expiry for a time that has passed. */
export function readExpiry(infra: Infra, text: string | null): Date | null {
  if (text === null) return null;
  const at = new Date(text);
  if (at > infra.clock.now()) return at;
  throw trackingError('bad_expiry', `${text} has passed. Name a time in the future, or leave it out.`, [
    { field: 'expiresAt', message: 'This time has passed.' },
  ]);
}

export function random(): number {
  return randomInt(2 ** 32) / 2 ** 32;
}

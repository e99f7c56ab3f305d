import type { Tx } from '#infra/db/database.ts';
import { findCampaign } from '#modules/campaigns/index.ts';
import { getPersons, listPostsOf } from '#modules/creators/index.ts';
import { mergeFieldWords, type Step } from './api.ts';
import type { MailboxRow } from './queries/mailboxes.ts';
import type { House } from './read-hours.ts';
import { firstNameOf } from './rules/first-name.ts';
import { footerLine } from './rules/split-quoted.ts';
import { type FieldValues, oneLine, readTemplate, renderTemplate } from './rules/template.ts';

export interface Writing {
  house: House;
  mailbox: MailboxRow;
  campaignId: string | null;
}

const excerptChars = 80;
const postsEach = 5;
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const regions = new Intl.DisplayNames(['en'], { type: 'region' });

/** What the fields stand for, by creator. A few statements, however many. */
export async function readValues(
  tx: Tx,
  workspaceId: string,
  of: Writing & { personIds: readonly string[] },
): Promise<Map<string, FieldValues>> {
  const persons = await getPersons(tx, workspaceId, of.personIds);
  const mains = [...persons.values()].flatMap((person) => person.profiles[0]?.id ?? []);
  const posts = await listPostsOf(tx, workspaceId, { profileIds: mains, limitEach: postsEach });
  const campaign = of.campaignId === null ? null : await findCampaign(tx, workspaceId, of.campaignId);
  return new Map(
    [...persons].map(([id, person]) => {
      const [main] = person.profiles;
      const caption = (posts.get(main?.id ?? '') ?? []).find((post) => (post.caption ?? '').trim() !== '')?.caption;
      return [
        id,
        {
          first_name: firstNameOf(person.name),
          name: person.name,
          handle: main === undefined ? null : `@${main.handle}`,
          platform: main === undefined ? null : platformName(main.platform),
          followers: main?.followers == null ? null : compact.format(main.followers),
          niche: person.niches[0] ?? null,
          city: person.city,
          country: person.country === null ? null : (regions.of(person.country) ?? person.country),
          last_post: caption == null ? null : excerptOf(caption),
          campaign: campaign?.name ?? null,
          brand: of.house.brand,
          pitch: of.house.settings.pitch,
          sender_name: of.mailbox.sender_name,
        },
      ];
    }),
  );
}

function platformName(platform: string): string {
  const names: Record<string, string> = { tiktok: 'TikTok', youtube: 'YouTube', blog: 'your blog' };
  return names[platform] ?? `${platform[0]?.toUpperCase()}${platform.slice(1)}`;
}

/** The first words of a caption, without hashtags at its end, cut at a word. */
export function excerptOf(caption: string): string | null {
  const plain = oneLine(caption.split('\n')[0] ?? '').replace(/(\s*[#@][\p{L}\p{N}_.]+)+\s*$/u, '');
  if (plain === '') return null;
  const letters = Array.from(plain);
  if (letters.length <= excerptChars) return plain;
  const cut = letters.slice(0, excerptChars).join('');
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), 40)).trimEnd()} …`;
}

export type Written = { ok: true; subject: string; text: string } | { ok: false; problems: string[] };

/** One step for one creator, without what stands below it. `firstSubject`: that of the thread, for steps that answer in it. */
export function writeStep(step: Step, values: FieldValues, firstSubject: string | null): Written {
  const subject = step.subject === null ? null : renderTemplate(readTemplate(step.subject).parts, values);
  const body = renderTemplate(readTemplate(step.body).parts, values);
  const missing = [...new Set([...(subject?.missing ?? []), ...body.missing])];
  if (missing.length > 0 || body.text === null || subject?.text === null) {
    return {
      ok: false,
      problems: missing.map(
        (field) => `{{${field}}} is not known (${mergeFieldWords[field].toLowerCase()}), and has no fallback`,
      ),
    };
  }
  const line = oneLine(subject?.text ?? `Re: ${(firstSubject ?? '').replace(/^(re:\s*)+/i, '')}`).slice(0, 400);
  return { ok: true, subject: line, text: body.text };
}

/** All steps for one creator, as they will go out. */
export function writeSteps(
  steps: readonly Step[],
  values: FieldValues,
  footer: string,
): { messages: { subject: string; text: string }[] | null; problems: string[] } {
  const messages: { subject: string; text: string }[] = [];
  const problems = new Set<string>();
  for (const step of steps) {
    const written = writeStep(step, values, messages[0]?.subject ?? '');
    if (written.ok) messages.push({ subject: written.subject, text: `${written.text}${footer}` });
    else for (const problem of written.problems) problems.add(problem);
  }
  return problems.size > 0 ? { messages: null, problems: [...problems] } : { messages, problems: [] };
}

/** What stands below a mail of outreach: signature, who writes from where, and the way out (CAN-SPAM, 15 U.S.C. 7704(a)(3) and (5)). */
export function footerOf({ house, mailbox }: Writing, unsubscribeUrl: string): string {
  const signature = mailbox.signature === '' ? '' : `\n\n-- \n${mailbox.signature}`;
  const from = `${house.brand}, ${oneLine(house.settings.postal_address ?? '')}`;
  return `${signature}${footerLine}${from}\nNo more mails from us: ${unsubscribeUrl}\n`;
}

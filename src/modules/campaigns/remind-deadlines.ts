import type { Tx } from '#infra/db/database.ts';
import type { Infra } from '#infra/module.ts';
import { newId } from '#kernel/id.ts';
import { dayIn } from '#kernel/time.ts';
import { findSuppressedPersons, mailPortalLink, readAddressees, readPersonCards } from '#modules/creators/index.ts';
import { getWorkspace, listAllWorkspaces } from '#modules/workspaces/index.ts';
import { deadlineReminded } from './events.ts';
import { insertReminders, type NewReminder, selectDueReminders, setReminderMail } from './queries/deadlines.ts';
import { writeReminder } from './rules/write-reminder.ts';

/** Nobody is reminded in the night. */
const firstHour = 6;
const rowsPerStatement = 2000;
const linkDays = 30;

/** Makes the reminders due in every workspace where the day has begun. Doing it again makes none twice. */
export async function remindDeadlines(infra: Infra): Promise<number> {
  let made = 0;
  for (const { id } of await infra.db.asSystem(listAllWorkspaces)) made += await remindWorkspace(infra, id);
  return made;
}

/** The same for one workspace: reminders of open deadlines of its live campaigns, each once for each of the days its campaign reminds on. */
async function remindWorkspace(infra: Infra, workspaceId: string): Promise<number> {
  return infra.db.asSystem(async (tx) => {
    const now = infra.clock.now();
    const workspace = await getWorkspace(tx, workspaceId);
    if (hourIn(workspace.timeZone, now) < firstHour) return 0;
    const today = dayIn(workspace.timeZone, now);
    const due = await selectDueReminders(tx, workspaceId, today);
    let made = 0;
    for (let from = 0; from < due.length; from += rowsPerStatement) {
      const reminders = due
        .slice(from, from + rowsPerStatement)
        .map((row): NewReminder => ({ id: newId('reminder', now.getTime()), row }));
      const inserted = new Set(await insertReminders(tx, workspaceId, { reminders, day: today, at: now }));
      const news = reminders.filter((reminder) => inserted.has(reminder.id));
      await emitReminded(infra, tx, { workspaceId, news });
      await writeToCreators(infra, tx, { workspaceId, workspaceName: workspace.name, today, news });
      made += news.length;
    }
    return made;
  });
}

function hourIn(timeZone: string, instant: Date): number {
  return Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(instant));
}

async function emitReminded(infra: Infra, tx: Tx, of: { workspaceId: string; news: readonly NewReminder[] }) {
  const { workspaceId } = of;
  await infra.outbox.emitAll(
    tx,
    of.news.map(({ id, row }) => ({
      workspaceId,
      name: deadlineReminded,
      payload: {
        campaignId: row.campaign_id,
        enrolmentId: row.enrolment_id,
        personId: row.person_id,
        ...(row.kind === 'content' ? { deliverableId: row.subject_id } : {}),
        reminderId: id,
        kind: row.kind,
        dueOn: row.due_on,
        daysLeft: String(row.days),
      },
    })),
  );
}

interface Writing {
  workspaceId: string;
  workspaceName: string;
  today: string;
  news: readonly NewReminder[];
}

/** One mail a creator, campaign and day, however many things are due; nobody is written to who objected or has no address. */
async function writeToCreators(infra: Infra, tx: Tx, of: Writing): Promise<void> {
  const { workspaceId, today } = of;
  const wanted = of.news.filter(({ row }) => row.writes_to_creators);
  if (wanted.length === 0) return;
  const personIds = [...new Set(wanted.map(({ row }) => row.person_id))];
  const cards = await readPersonCards(tx, workspaceId, personIds);
  const suppressed = await findSuppressedPersons(infra, tx, [...cards.values()]);
  const addressees = await readAddressees(tx, workspaceId, personIds);
  const groups = Map.groupBy(wanted, ({ row }) => `${row.campaign_id} ${row.person_id}`);
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { campaign_id: campaignId, campaign_name: campaign, person_id: askedId } = first.row;
    const personId = cards.get(askedId)?.personId;
    const to = addressees.get(askedId);
    if (personId === undefined || to === undefined || to.email === null || suppressed.has(personId)) continue;
    const things = group.map(({ row }) => ({ title: row.title, dueOn: row.due_on, days: row.days }));
    const { mailId } = await mailPortalLink(infra, tx, {
      workspaceId,
      personId,
      madeBy: 'Reminder',
      path: '/',
      days: linkDays,
      brand: of.workspaceName,
      to,
      key: `deadline:${campaignId}:${personId}:${today}`,
      ...writeReminder({ brand: of.workspaceName, campaign, things }),
    });
    if (mailId !== null) await setReminderMail(tx, workspaceId, { ids: group.map((one) => one.id), mailId });
  }
}

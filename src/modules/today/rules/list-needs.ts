import type { OpenWork } from '#kernel/open-work.ts';
import { daysBetween } from '#kernel/time.ts';
import { type Need, type NeedKind, needKinds, type Tier, tiers } from '../api.ts';
import type { Campaign, OpenThings, Person, Work } from './open-things.ts';
import { plural, sayNames, sayShortDay } from './say.ts';
import { tierOf, verbOf, workId } from './weigh-work.ts';

/** Size of a need among its like, and what it is ordered by in the end. */
interface Weighed {
  need: Need;
  weight: number;
}

export const soonDays = 7;
export const unlikelyGap = 0.25;

/** Everything open as things that need somebody, the most costly to leave first: by tier, then by kind, then by size, then by id. */
export function listNeeds(open: OpenThings): Need[] {
  const weighed = [
    ...open.pausedLinks.map(pausedLink),
    ...open.brokenLinks.map(brokenLink),
    ...open.turned.map(creatorTurned),
    ...byCampaign(open.goals.toSorted((a, b) => Number(b.isMain) - Number(a.isMain) || b.gap - a.gap)).map(goalsBehind),
    ...open.unknownCodes.map(unknownCode),
    ...byCampaign(open.drafts).map((work) => draftsWait(work, open.today)),
    ...byCampaign(open.overdue).map((work) => deliverablesLate(work, open.today)),
    ...byCampaign(open.waiting).map(creatorsWait),
    ...open.ending.map((one) => resultsMissing(one, open.today)),
    ...open.matches.map(newMatches),
    ...open.imports.map(importErrors),
    ...[...Map.groupBy(open.work, ({ work }) => groupOf(work)).values()].map((rows) => openWork(rows, open.today)),
  ];
  return weighed.toSorted(byCostOfLeaving).map(({ need }) => need);
}

function byCostOfLeaving(a: Weighed, b: Weighed): number {
  const tier = tiers.indexOf(a.need.tier) - tiers.indexOf(b.need.tier);
  if (tier !== 0) return tier;
  const kind = needKinds.indexOf(a.need.kind) - needKinds.indexOf(b.need.kind);
  if (kind !== 0) return kind;
  return b.weight - a.weight || (a.need.id < b.need.id ? -1 : 1);
}

function byCampaign<Row extends { campaign: Campaign }>(rows: readonly Row[]): [Row, ...Row[]][] {
  return [...Map.groupBy(rows, (row) => row.campaign.id).values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [[first, ...rest] as [Row, ...Row[]]],
  );
}

interface Parts {
  id: string;
  tier: Tier;
  title: string;
  detail: string;
  people?: readonly Person[];
  due: string;
  action: { label: string; path: string; search?: Record<string, string> };
}

const facesShown = 3;

function weigh(kind: NeedKind, weight: number, parts: Parts): Weighed {
  const people = [...new Map((parts.people ?? []).map((person) => [person.id, person])).values()].slice(0, facesShown);
  const action = { ...parts.action, search: parts.action.search ?? {} };
  return { need: { ...parts, id: `${kind}:${parts.id}`, kind, people, action }, weight };
}

/** Where a day stands against today: its tier and what is said of it. */
function whenDue(dueOn: string | null, today: string): { tier: Tier; due: string } {
  if (dueOn === null) return { tier: 'soon', due: '' };
  const days = daysBetween(today, dueOn);
  if (days < 0) return { tier: 'late', due: `${plural(-days, 'day')} late` };
  if (days === 0) return { tier: 'today', due: 'today' };
  return { tier: 'soon', due: days === 1 ? 'tomorrow' : sayShortDay(dueOn) };
}

function pausedLink(link: OpenThings['pausedLinks'][number]): Weighed {
  return weigh('paused_link', link.hits, {
    id: link.id,
    tier: 'now',
    title: `${plural(link.hits, 'visit')} met a paused link`,
    detail: [`/${link.slug}`, link.person?.name, link.campaign?.name, 'last 7 days'].filter(Boolean).join(' · '),
    people: link.person === null ? [] : [link.person],
    due: 'now',
    action: { label: 'Resume link', path: '/tracking', search: { q: link.slug } },
  });
}

function brokenLink(link: OpenThings['brokenLinks'][number]): Weighed {
  return weigh('broken_link', 0, {
    id: link.id,
    tier: 'now',
    title: `/${link.slug} leads to a page that is not there`,
    detail: [link.problem, link.person?.name].filter(Boolean).join(' · '),
    people: link.person === null ? [] : [link.person],
    due: 'now',
    action: { label: 'Mend link', path: '/tracking', search: { q: link.slug } },
  });
}

function creatorTurned(of: OpenThings['turned'][number]): Weighed {
  const isRejected = of.verdict === 'reject';
  const before = of.before === null || of.before === 'not_enough_data' ? '' : `, it said ${of.before} before`;
  return weigh('creator_turned', isRejected ? 1 : 0, {
    id: of.person.id,
    tier: isRejected ? 'now' : 'soon',
    title: `${of.person.name}’s report now says ${of.verdict}`,
    detail: `On ${of.campaign.name}${before}`,
    people: [of.person],
    due: isRejected ? 'now' : '',
    action: { label: 'Read report', path: `/creators/${of.person.id}` },
  });
}

type GoalsOfCampaign = [OpenThings['goals'][number], ...OpenThings['goals'][number][]];

/** One thing a campaign: its main goal, or the one furthest away, with the names of the others. */
function goalsBehind([first, ...others]: GoalsOfCampaign): Weighed {
  const isNear = first.daysLeft <= soonDays;
  const more = others.length === 0 ? '' : ` · also ${sayNames(others.map((goal) => goal.label.toLowerCase()))}`;
  return weigh('goal_behind', (first.isMain ? 1 : 0) + first.gap, {
    id: first.campaign.id,
    tier: first.isMissed ? 'late' : isNear ? 'today' : 'soon',
    title: titleOfGoal(first),
    detail: `${first.says}${more}`,
    due: first.isMissed
      ? `${plural(-first.daysLeft, 'day')} ago`
      : first.daysLeft === 0
        ? 'today'
        : `${plural(first.daysLeft, 'day')} left`,
    action: { label: 'See results', path: `/campaigns/${first.campaign.id}/results` },
  });
}

function titleOfGoal(goal: OpenThings['goals'][number]): string {
  const name = goal.campaign.name;
  if (goal.isMissed) return `${name} missed its goal: ${goal.label.toLowerCase()}`;
  const far = goal.gap >= unlikelyGap ? 'far ' : '';
  return `${goal.label} of ${name} ${goal.isCeiling ? `is ${far}above its goal` : `runs ${far}behind its line`}`;
}

function unknownCode(of: OpenThings['unknownCodes'][number]): Weighed {
  return weigh('unknown_code', of.orders, {
    id: of.code,
    tier: 'today',
    title: `${plural(of.orders, 'order')} used ${of.code}, a code nobody has`,
    detail: `${of.says}, credited to nobody by that code · last 30 days`,
    due: '',
    action: { label: 'Give code', path: '/tracking/codes', search: { q: of.code } },
  });
}

function draftsWait(work: [Work, ...Work[]], today: string): Weighed {
  const [first] = work;
  const { tier, due } = whenDue(first.dueOn, today);
  return weigh('draft_waits', work.length, {
    id: first.campaign.id,
    tier,
    title: work.length === 1 ? `${first.person.name}’s draft waits for you` : `${work.length} drafts wait for you`,
    detail: `${first.campaign.name} · ${work.length === 1 ? first.title : sayNames(work.map(({ person }) => person.name))}`,
    people: work.map(({ person }) => person),
    due,
    action: {
      label: work.length === 1 ? 'Review draft' : 'Review drafts',
      path: `/campaigns/${first.campaign.id}/content`,
      search: { state: 'drafted' },
    },
  });
}

function deliverablesLate(work: [Work, ...Work[]], today: string): Weighed {
  const [first] = work;
  const { due } = whenDue(first.dueOn, today);
  return weigh('deliverable_late', work.length, {
    id: first.campaign.id,
    tier: 'late',
    title:
      work.length === 1 ? `${first.person.name} is late with ${first.title}` : `${work.length} deliverables are late`,
    detail: `${first.campaign.name}${work.length === 1 ? '' : ` · ${sayNames(work.map(({ person }) => person.name))}`}`,
    people: work.map(({ person }) => person),
    due,
    action: { label: 'Chase', path: `/campaigns/${first.campaign.id}/content`, search: { late: 'true' } },
  });
}

function creatorsWait(rows: [OpenThings['waiting'][number], ...OpenThings['waiting'][number][]]): Weighed {
  const [first] = rows;
  const over = first.days - first.patienceDays;
  return weigh('creator_waits', rows.length, {
    id: first.campaign.id,
    tier: 'late',
    title:
      rows.length === 1
        ? `${first.person.name} waits for you: ${first.task}`
        : `${rows.length} creators wait for you too long`,
    detail: `${first.campaign.name} · ${rows.length === 1 ? `for ${plural(first.days, 'day')}` : sayNames(rows.map(({ person }) => person.name))}`,
    people: rows.map(({ person }) => person),
    due: `${plural(over, 'day')} late`,
    action: { label: 'Answer', path: `/campaigns/${first.campaign.id}/roster`, search: { waitsFor: 'late' } },
  });
}

function resultsMissing(of: OpenThings['ending'][number], today: string): Weighed {
  const { tier, due } = whenDue(of.endsOn, today);
  const isOver = tier === 'late';
  return weigh('results_missing', of.without, {
    id: of.campaign.id,
    tier,
    title: `${of.campaign.name} ${isOver ? 'is over' : 'ends'}, ${plural(of.without, 'post')} without results`,
    detail: `${of.live - of.without} of ${plural(of.live, 'live post')} have any`,
    due: isOver ? due : due === 'today' ? 'today' : `ends ${due}`,
    action: { label: 'Enter results', path: `/campaigns/${of.campaign.id}/content`, search: { state: 'live' } },
  });
}

function newMatches(of: OpenThings['matches'][number]): Weighed {
  return weigh('new_matches', of.creators, {
    id: of.searchId,
    tier: 'open',
    title: `${plural(of.creators, 'new creator')} for “${of.searchName}”`,
    detail: of.days === 0 ? 'Found today by a saved search' : `Found by a saved search, ${plural(of.days, 'day')} ago`,
    due: '',
    action: { label: 'See them', path: `/discover/new/${of.noticeId}` },
  });
}

/** Tasks stand for themselves; of the rest, what is alike in one campaign and due on one day is one need. */
function groupOf(work: OpenWork): string {
  if (work.kind === 'task.open') return workId(work);
  return [work.kind, work.campaignId ?? '', work.dueOn ?? ''].join('|');
}

function openWork(rows: OpenThings['work'][number][], today: string): Weighed {
  const [first, ...others] = rows;
  if (first === undefined) throw new Error('a group has at least one row');
  const { tier, due } = tierOf(first.work, today);
  const [path = '/', search = ''] = first.work.path.split('?');
  return weigh('work', rows.length, {
    id: others.length === 0 ? workId(first.work) : groupOf(first.work),
    tier,
    title: others.length === 0 ? first.work.title : `${first.work.title}, and ${others.length} more like it`,
    detail: first.work.detail ?? '',
    people: rows.flatMap(({ person }) => person ?? []),
    due,
    action: {
      label: others.length === 0 ? verbOf(first.work) : 'See them',
      path: others.length === 0 ? path : '/tasks',
      search: others.length === 0 ? Object.fromEntries(new URLSearchParams(search)) : {},
    },
  });
}

function importErrors(run: OpenThings['imports'][number]): Weighed {
  return weigh('import_errors', run.errors, {
    id: run.id,
    tier: 'open',
    title: `${plural(run.errors, 'row')} of ${run.fileName} ${run.errors === 1 ? 'was' : 'were'} left out`,
    detail: 'Each says what is wrong and can be downloaded',
    due: '',
    action: { label: 'Mend rows', path: '/creators/import', search: { run: run.id } },
  });
}

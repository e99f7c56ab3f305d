import { type RawBuilder, sql } from 'kysely';

/** What a touch must satisfy to stand on the path of an order, by its campaign; the row without a campaign holds for all others. */
export interface TouchRule {
  campaignId: string | null;
  firstDays: number;
  repeatDays: number;
  codeGraceDays: number;
  hasCodes: boolean;
  hasLinks: boolean;
}

export interface OrderTouchQuery {
  workspaceId: string;
  /** First and last day of the orders, both included, in `timeZone` (IANA name). */
  from: string;
  to: string;
  timeZone: string;
  /** Only touches of this campaign; all when left out. */
  campaignId?: string | undefined;
  rules: readonly TouchRule[];
}

/**
 * All touches that count for the paid orders of a period, as rows (conversion_id, net_minor, currency, ordered_at, at, kind, tie, person_id, campaign_id): a set for other
 * statements to group, so that millions of clicks need no round trip. `kind` is 0 for a click and 1 for a code, which comes after every click; on the
 * path of an order touches stand by at, kind and tie, the last descending. It keeps the same borders as the decision of a single order, and a test holds the two together.
 */
export function orderTouchRows(query: OrderTouchQuery): RawBuilder<unknown> {
  const { workspaceId, from, to, timeZone } = query;
  const ofCampaign = query.campaignId === undefined ? sql`true` : sql`l.campaign_id = ${query.campaignId}`;
  const general = query.rules.find((rule) => rule.campaignId === null);
  if (general === undefined) throw new Error('One rule must hold for everything that has no rule of its own.');
  const own = query.rules.filter((rule) => rule.campaignId !== null);
  // Joined only where a campaign goes its own way, since the join is paid for with each touch.
  const ownRules = sql`left join jsonb_to_recordset(${JSON.stringify(own)}::jsonb) as r ("campaignId" text, "firstDays" int, "repeatDays" int, "codeGraceDays" int,
    "hasCodes" boolean, "hasLinks" boolean) on r."campaignId" = l.campaign_id`;
  const join = own.length === 0 ? sql`` : ownRules;
  const ruled = (column: keyof TouchRule) =>
    own.length === 0
      ? sql`${sql.lit(general[column])}`
      : sql`coalesce(r.${sql.ref(column)}, ${sql.lit(general[column])})`;
  const period = sql`o.workspace_id = ${workspaceId} and o.state = 'paid'
    and o.ordered_at >= (${from}::date)::timestamp at time zone ${timeZone} and o.ordered_at < (${to}::date + 1)::timestamp at time zone ${timeZone}`;
  // Hardly any order has one, and each is found by its key.
  const excluded = (person: RawBuilder<unknown>, click: RawBuilder<unknown> | null) =>
    sql`exists (select from touch_exclusion x where x.workspace_id = ${workspaceId} and x.conversion_id = o.id and x.person_id = ${person}
      and (x.click_id = '' ${click === null ? sql`` : sql`or x.click_id = ${click}`}))`;
  const order = sql`o.id as conversion_id, o.amount_minor - o.refunded_minor as net_minor, o.currency, o.ordered_at`;
  return sql`
    select ${order}, least(k.clicked_at, o.ordered_at) as at, 0 as kind, k.click_id as tie, l.person_id, l.campaign_id
    from conversion o
    cross join lateral unnest(o.click_ids) as n (click_id)
    join click k on k.workspace_id = ${workspaceId} and k.click_id = n.click_id and k.day = ${dayOfClick(sql`n.click_id`)}
    join (select l.id, l.person_id, l.campaign_id from link l where l.workspace_id = ${workspaceId} and ${ofCampaign} offset 0) as l on l.id = k.link_id
    ${join}
    where ${period} and (k.drop_reason is null or k.drop_reason = 'duplicate') and (l.person_id is not null or l.campaign_id is not null)
      and ${ruled('hasLinks')} and k.clicked_at <= o.ordered_at + interval '5 minutes'
      and not ${excluded(sql`l.person_id`, sql`n.click_id`)}
      and k.clicked_at >= o.ordered_at - make_interval(hours => 24 * case when o.is_new_customer is false then ${ruled('repeatDays')} else ${ruled('firstDays')} end)
    union all
    select ${order}, o.ordered_at, 1, to_char(c.at, 'FM0000'), l.person_id, l.campaign_id
    from conversion o
    cross join lateral unnest(o.code_keys) with ordinality as c (code_key, at)
    join discount_code l on l.workspace_id = ${workspaceId} and l.code_key = c.code_key and ${ofCampaign}
    ${join}
    where ${period} and l.person_id is not null and not ${excluded(sql`l.person_id`, null)} and ${ruled('hasCodes')} and (l.starts_at is null or o.ordered_at >= l.starts_at)
      and (l.ends_at is null or o.ordered_at <= l.ends_at + make_interval(hours => 24 * ${ruled('codeGraceDays')}))`;
}

/** The day written in a click id (click-id.ts), so that each id is looked for in one partition. Of text that is no click id, a day on which there is none. */
function dayOfClick(id: RawBuilder<unknown>): RawBuilder<unknown> {
  const digit = (at: number) =>
    sql`(strpos('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(${id}, ${sql.lit(at)}, 1)) - 1)`;
  return sql`date '1970-01-01' + (${digit(1)} * 1024 + ${digit(2)} * 16 + ${digit(3)} / 4)`;
}

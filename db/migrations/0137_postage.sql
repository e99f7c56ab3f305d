-- What the parcels of a creator on a campaign cost to send, told by seeding: beside the goods, part of the campaign's costs.
-- Null while nothing was sent or the postage of a parcel is not known. The assumed part is what no parcel was entered with: the plan's rate.
alter table enrolment add column postage_minor bigint check (postage_minor >= 0);
alter table enrolment add column postage_assumed_minor bigint not null default 0 check (postage_assumed_minor >= 0);

-- Parcels of before, by the same rule as `seeding/queries/postage.ts`.
update enrolment e set postage_minor = sums.minor, postage_assumed_minor = sums.assumed_minor
from (
  select s.workspace_id, s.enrolment_id,
    case when bool_or(s.cost_minor is null and p.shipping_cost_minor is null) then null else sum(coalesce(s.cost_minor, p.shipping_cost_minor)) end::bigint as minor,
    coalesce(sum(p.shipping_cost_minor) filter (where s.cost_minor is null), 0)::bigint as assumed_minor
  from shipment s
  left join seeding_plan p on p.workspace_id = s.workspace_id and p.campaign_id = s.campaign_id
  where s.state in ('ordered', 'packed', 'shipped', 'delivered', 'returned', 'lost')
  group by s.workspace_id, s.enrolment_id
) sums
where e.workspace_id = sums.workspace_id and e.id = sums.enrolment_id;

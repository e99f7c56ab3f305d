-- A brief kept to start other campaigns from. Its days are those of a campaign that began on `anchor_on`, and move with the one it is used for.
create table brief_template (
  workspace_id text not null references workspace (id) on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 120),
  model text not null check (model in ('product_seeding', 'sponsored', 'ambassadorship')),
  anchor_on date not null,
  brief jsonb not null,
  created_by text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index brief_template_name on brief_template (workspace_id, lower(name));
select enable_workspace_policies('brief_template');

-- Pictures uploaded for mood boards. One that no brief and no template names is collected after a week.
create table brief_image (
  workspace_id text not null references workspace (id) on delete cascade,
  file_id text not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  primary key (workspace_id, file_id)
);
create index brief_image_oldest on brief_image (uploaded_at);
select enable_workspace_policies('brief_image');

-- What one creator is told otherwise than the others.
create table brief_override (
  workspace_id text not null,
  enrolment_id text not null,
  override jsonb not null,
  changed_by text not null,
  changed_at timestamptz not null,
  primary key (workspace_id, enrolment_id),
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
select enable_workspace_policies('brief_override');

-- What was sent to a creator, as it read for them. `part_hash` tells one text from another: a version that changes nothing for a creator is not sent anew.
create table brief_receipt (
  workspace_id text not null,
  id text not null,
  campaign_id text not null,
  enrolment_id text not null,
  version int not null,
  part_hash text not null,
  shown jsonb not null,
  sent_by text not null,
  first_sent_at timestamptz not null,
  sent_at timestamptz not null,
  times int not null default 1,
  -- Counts the sendings of an enrolment: the highest is what the creator has now, also where two happened at one moment.
  sent_no int not null,
  mail text not null check (mail in ('queued', 'off', 'no_address')),
  opened_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, enrolment_id, part_hash),
  foreign key (workspace_id, campaign_id) references campaign (workspace_id, id) on delete cascade,
  foreign key (workspace_id, enrolment_id) references enrolment (workspace_id, id) on delete cascade
);
-- Serves the state of the brief for every creator of a campaign.
create index brief_receipt_campaign on brief_receipt (workspace_id, campaign_id);
select enable_workspace_policies('brief_receipt');

-- Who agreed to which text, when and from where. Inserts only.
create table brief_acknowledgement (
  workspace_id text not null,
  id text not null,
  receipt_id text not null,
  enrolment_id text not null,
  person_id text not null,
  version int not null,
  part_hash text not null,
  name text not null,
  ip text not null,
  user_agent text not null,
  acknowledged_at timestamptz not null,
  primary key (workspace_id, id),
  unique (workspace_id, receipt_id),
  foreign key (workspace_id, receipt_id) references brief_receipt (workspace_id, id) on delete cascade
);
-- Serves the newest of an enrolment.
create index brief_acknowledgement_enrolment on brief_acknowledgement (workspace_id, enrolment_id, acknowledged_at desc);
select enable_workspace_policies('brief_acknowledgement');
revoke update on brief_acknowledgement from rapport_app;

-- What a creator writes about, as the content encoder sees it: int8 vector, topics learnt from texts. Made in the background from the document.
create table creator_vector (
  workspace_id text not null,
  person_id text not null,
  -- The encoder, with its version: vectors of two encoders cannot be compared.
  model text not null,
  dims int not null check (dims between 0 and 4096 and dims % 16 = 0),
  -- One step of a byte: the component is scale * byte. Null bytes: too few words the encoder knows.
  scale real not null,
  bytes bytea,
  texts int not null,
  words int not null,
  words_known int not null,
  -- [{topic, share, words}], largest first.
  topics jsonb not null default '[]',
  source_hash bytea not null,
  made_at timestamptz not null,
  primary key (workspace_id, person_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade,
  check (bytes is null or octet_length(bytes) = dims)
);
select enable_workspace_policies('creator_vector');

-- Creators whose vector and topics wait to be made; a row goes when they are. A crash loses nothing.
create table creator_content_due (
  workspace_id text not null references workspace (id) on delete cascade,
  person_id text not null,
  marked_at timestamptz not null default now(),
  primary key (workspace_id, person_id)
);
select enable_workspace_policies('creator_content_due');

-- Accounts a creator mentions in its newest posts: "mentions brands like yours".
create table creator_mention (
  workspace_id text not null,
  mention text not null,
  person_id text not null,
  primary key (workspace_id, mention, person_id),
  foreign key (workspace_id, person_id) references person (workspace_id, id) on delete cascade
);
-- Serves the mentions of a creator.
create index creator_mention_person on creator_mention (workspace_id, person_id);
select enable_workspace_policies('creator_mention');

insert into creator_content_due (workspace_id, person_id) select workspace_id, id from person where merged_into is null;

-- What a contact is to the workspace, where a person, a file or an application said so; told from what happened where this is null.
alter table person add column contact_type text check (contact_type in ('influencer', 'prospect', 'manager', 'application'));

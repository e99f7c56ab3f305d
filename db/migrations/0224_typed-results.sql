-- Figures a person typed from a picture of insights: who, and from which picture. They count less than what was measured, more than an estimate.
alter table content_result add column typed_by text;
alter table content_result add column picture_file_id text;
alter table content_result add constraint content_result_typed check ((typed_by is null) = (picture_file_id is null));

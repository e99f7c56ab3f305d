-- After many rows of one workspace came in at once, the planner still takes the table for what it was and that workspace for empty; joins then
-- take minutes until autovacuum looks. Only an owner may analyze, hence a function of the owner's.
create function analyze_table(target regclass) returns void language plpgsql security definer set search_path = public as $$
begin
  if not exists (select 1 from pg_class where oid = target and relnamespace = 'public'::regnamespace) then
    raise exception 'no such table: %', target;
  end if;
  execute format('analyze %s', target);
end $$;
revoke execute on function analyze_table(regclass) from public;
grant execute on function analyze_table(regclass) to rapport_app, rapport_system;

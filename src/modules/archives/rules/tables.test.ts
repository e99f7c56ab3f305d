import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { readWorkspaceTables, type WorkspaceTable } from '../queries/catalogue.ts';
import oldest from './oldest-shape.json' with { type: 'json' };
import { columnsInArchive, planTable } from './plan-table.ts';
import { carried, defaults, goneColumns, goneTables, leftOut, memberPart, onlyToRead } from './tables.ts';

/** Columns whose name or type may hide a secret and that an archive carries, with the reason. */
const harmless: Record<string, string> = {
  'application_page.invite_code': 'shown to every member; opens a form, not data',
  'click.prefix_hash': 'of a salt that is forgotten after two days',
  'click.visitor_hash': 'of a salt that is forgotten after two days',
  'comment_class.signature': 'of the words of a public comment',
  'conversion.customer_hash': 'tells customers apart; nobody can be found by it',
  'shop.sealed_as': 'says only for which purpose a key was sealed',
  'till_event.customer_hash': 'tells customers apart; nobody can be found by it',
  'customer.email_hash': 'to read only',
  'customer.handle_hashes': 'to read only',
  'customer.key_hash': 'to read only',
  'follower_set.hashes': 'to read only',
  'import_run.file_hash': 'of a file that is not here',
  'contract_version.sealed_at': 'of a sealed PDF',
  'contract_version.sealed_file_id': 'of a sealed PDF',
  'contract_version.sealed_hash': 'of a sealed PDF',
  'contract_version.sealed_standard': 'of a sealed PDF',
  'link.password_hash': 'of a word that visitors share; without it the link would stand open',
  'link_domain.token': 'stands in public DNS',
  'mail_out.is_secret': 'says only that the text is left out',
  'mailbox.token_url': 'an address',
  'order_intake.body': 'an order as it came in',
  'order_source.previous_secret_until': 'a time',
  'profile.source_row_hash': 'of a row of a file',
  'search_history.question_hash': 'of a question that stands beside it',
  'vetting_report.packed': 'the report; readable in the archive',
  'vetting_report.text_hash': 'of the report',
  'webhook_endpoint.previous_secret_until': 'a time',
};

describe('every table of a workspace', () => {
  let test: TestDatabase;
  let tables: WorkspaceTable[];
  let references: { from: string; to: string }[];

  beforeAll(async () => {
    test = await openTestDatabase();
    const client = new pg.Client({ connectionString: test.adminUrl });
    await client.connect();
    tables = await readWorkspaceTables(client);
    const found = await client.query<{ from: string; to: string }>(
      `select distinct conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint where contype = 'f'`,
    );
    references = found.rows;
    await client.end();
  });
  afterAll(() => test.drop());

  it('is carried by an archive, only to read, or left out with a reason: say in rules/tables.ts what becomes of a new one', () => {
    const lists = [Object.keys(carried), Object.keys(onlyToRead), Object.keys(leftOut), [memberPart]].flat();
    expect(new Set(lists).size).toBe(lists.length);
    expect([...lists].sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it('refers to nothing that an import would not have', () => {
    const loose = references.filter(({ from, to }) => from in carried && (to in leftOut || to in onlyToRead));
    expect(loose).toEqual([]);
  });

  it('has no column that may be a secret without a word on it: a secret of its table, or harmless for a reason', () => {
    const odd = tables.flatMap(({ name, columns }) =>
      name in leftOut || name === memberPart
        ? []
        : columnsInArchive(columns, carried[name] ?? {})
            .filter(
              (column) =>
                column.type === 'bytea' ||
                column.type === 'bytea[]' ||
                /secret|token|password|passphrase|sealed|credential|private_key|invite_code/.test(column.name),
            )
            .map((column) => `${name}.${column.name}`),
    );
    expect(odd.filter((column) => harmless[column] === undefined)).toEqual([]);
  });

  it('names only columns that are there in its rules', () => {
    const unknown = tables.flatMap(({ name, columns }) => {
      const { secrets = {}, shown = {}, changed = {} } = carried[name] ?? {};
      const known = new Set(columns.map((column) => column.name));
      return [secrets, shown, changed].flatMap((rules) => Object.keys(rules).filter((column) => !known.has(column)));
    });
    expect(unknown).toEqual([]);
  });

  it('takes in the rows of the oldest archive there is: what a change of version adds, drops or renames needs a word in rules/tables.ts', () => {
    const shape = Object.entries(oldest).map(([name, columns]): [string, string[]] => [name, columns.split(' ')]);
    const today = new Map(tables.map((table) => [table.name, table]));
    const faults: string[] = [];
    for (const [name, archived] of shape) {
      const table = today.get(name);
      if (table === undefined) {
        if (goneTables[name] === undefined) faults.push(`${name} is gone`);
        continue;
      }
      const plan = planTable({ name, table: carried[name] ?? {}, today: table.columns, archived });
      if (typeof plan === 'string') faults.push(plan);
    }
    expect(faults).toEqual([]);
    expect(Object.keys(goneColumns).filter((name) => !(name in oldest))).toEqual([]);
    expect(Object.keys(defaults).filter((name) => !(name in carried))).toEqual([]);
  });
});

describe('a part of another version', () => {
  const column = (name: string, more: Partial<WorkspaceTable['columns'][number]> = {}) => ({
    name,
    type: 'text',
    isRequired: false,
    hasDefault: false,
    isGenerated: false,
    isNumbered: false,
    ...more,
  });
  const today = [
    column('workspace_id', { isRequired: true }),
    column('id', { isRequired: true }),
    column('newer_with_default', { isRequired: true, hasDefault: true }),
    column('newer_and_optional'),
    column('computed', { isGenerated: true }),
    column('counted', { isRequired: true, isNumbered: true }),
  ];

  it('leaves what is newer to its default, and never writes what is computed or whose workspace it is', () => {
    const plan = planTable({ name: 'person', table: {}, today, archived: ['id', 'counted'] });
    expect(plan).toEqual({ columns: ['id'], values: ['r."id"'] });
  });

  it('is refused by the column that is not known, and by the one that is needed and has nothing to stand for it', () => {
    expect(planTable({ name: 'person', table: {}, today, archived: ['id', 'strange'] })).toMatch(
      /person has the column strange/,
    );
    const needed = [...today, column('needed', { isRequired: true })];
    expect(planTable({ name: 'person', table: {}, today: needed, archived: ['id'] })).toMatch(/person has no needed/);
  });
});

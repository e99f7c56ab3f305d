import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { isKnownCurrency, parseAmount, toMoneyJson } from '#kernel/money.ts';
import { listEnrolments } from '#modules/campaigns/index.ts';
import { findProfilesByHandle } from '#modules/creators/index.ts';
import { getWorkspace } from '#modules/workspaces/index.ts';
import type { FileAnswer, importCodes as importEndpoint } from './api.ts';
import { type CodeTerms, makeCodes } from './create-codes.ts';
import { addError, readUpload, startAnswer, type Table } from './import-file.ts';
import { findCodes } from './queries/codes.ts';
import { resolveSubject, type Subject } from './resolve-subject.ts';
import { readCode } from './rules/code.ts';
import { readInstantCell } from './rules/read-dirty-cell.ts';

const codeColumns = {
  code: ['code', 'discount code', 'coupon', 'coupon code', 'promo code', 'voucher', 'name'],
  creator: ['creator', 'handle', 'username', 'instagram', 'influencer', 'affiliate', 'account'],
  percent: ['percent', 'percentage', 'discount percent', 'discount'],
  amount: ['amount', 'value', 'fixed amount'],
  currency: ['currency', 'currency code'],
  startsAt: ['starts at', 'start', 'start date', 'valid from'],
  endsAt: ['ends at', 'end', 'end date', 'expires', 'valid until'],
  limit: ['usage limit', 'limit', 'max uses'],
} as const;
type CodeField = keyof typeof codeColumns;

/** Imports codes a shop has already. Codes that exist stay as they are. Errors: tracking.bad_file, not_found. */
export async function importCodes(infra: Infra, call: Call<typeof importEndpoint>): Promise<FileAnswer> {
  const { input, workspaceId } = call;
  const table = await readUpload<CodeField>(call.request, codeColumns, ['code']);
  const answer = startAnswer();
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    const { timeZone } = await getWorkspace(tx, workspaceId);
    const roster =
      input.campaignId === undefined
        ? []
        : await listEnrolments(tx, workspaceId, { campaignId: input.campaignId, clock: infra.clock });
    for (const [index, cells] of table.rows.entries()) {
      answer.read += 1;
      const row = table.rowNumber(index);
      const read = readRow(table, cells, timeZone);
      if (!read.ok) {
        addError(answer, { row, ...read });
        continue;
      }
      if ((await findCodes(tx, workspaceId, [read.key])).size > 0) {
        answer.unchanged += 1;
        continue;
      }
      const enrolmentId = roster.find(
        (enrolment) => enrolment.profile?.handle.toLowerCase() === read.handle?.replace(/^@/, '').toLowerCase(),
      )?.id;
      const subject =
        enrolmentId === undefined
          ? await findSubject(infra, tx, { workspaceId, campaignId: input.campaignId, handle: read.handle })
          : await resolveSubject(infra, tx, workspaceId, { enrolmentId });
      if (subject === null) {
        addError(answer, {
          row,
          field: 'creator',
          message: `No creator has the handle "${read.handle}". Import the creator first, or leave the cell empty.`,
        });
        continue;
      }
      try {
        await makeCodes(infra, tx, call, [{ subject, code: read.code, pattern: '', terms: read.terms }]);
        answer.created += 1;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        addError(answer, { row, field: error.details[0]?.field ?? 'code', message: error.message });
      }
    }
  });
  return answer;
}

async function findSubject(
  infra: Infra,
  tx: Tx,
  of: { workspaceId: string; campaignId: string | undefined; handle: string | null },
): Promise<Subject | null> {
  if (of.handle === null) return resolveSubject(infra, tx, of.workspaceId, { campaignId: of.campaignId });
  const [profile] = await findProfilesByHandle(tx, of.workspaceId, { handle: of.handle });
  return profile === undefined
    ? null
    : resolveSubject(infra, tx, of.workspaceId, { campaignId: of.campaignId, personId: profile.personId });
}

type ReadRow =
  | { ok: true; code: string; key: string; handle: string | null; terms: CodeTerms }
  | { ok: false; field: string; message: string };

function readRow(table: Table<CodeField>, cells: readonly string[], timeZone: string): ReadRow {
  const cell = (field: CodeField) => {
    const at = table.columns[field];
    return at === undefined ? '' : (cells[at] ?? '').trim();
  };
  const code = readCode(cell('code'));
  if (!code.ok) return { ok: false, field: 'code', message: code.message };
  const dates = { startsAt: null as string | null, endsAt: null as string | null };
  for (const field of ['startsAt', 'endsAt'] as const) {
    if (cell(field) === '') continue;
    const at = readInstantCell(cell(field), { timeZone });
    if (!at.ok) return { ok: false, field, message: at.message };
    dates[field] = at.value;
  }
  if (dates.startsAt !== null && dates.endsAt !== null && dates.endsAt <= dates.startsAt)
    return { ok: false, field: 'endsAt', message: 'Must lie after the start.' };
  const limit = cell('limit');
  if (limit !== '' && !/^[1-9]\d{0,8}$/.test(limit))
    return { ok: false, field: 'limit', message: `"${limit}" is no whole number.` };
  const worth = readWorth({
    percent: cell('percent'),
    amount: cell('amount'),
    currency: cell('currency').toUpperCase(),
  });
  if (!worth.ok) return worth;
  return {
    ok: true,
    code: code.code,
    key: code.key,
    handle: cell('creator') === '' ? null : cell('creator'),
    terms: { ...worth.terms, ...dates, usageLimit: limit === '' ? null : Number(limit) },
  };
}

type Worth =
  | { ok: true; terms: Pick<CodeTerms, 'kind' | 'percent' | 'amount'> }
  | { ok: false; field: string; message: string };

function readWorth(cells: { percent: string; amount: string; currency: string }): Worth {
  if (cells.amount !== '') {
    if (!isKnownCurrency(cells.currency))
      return { ok: false, field: 'currency', message: `"${cells.currency}" is no ISO 4217 currency code.` };
    try {
      const amount = parseAmount(cells.amount, cells.currency);
      return { ok: true, terms: { kind: 'fixed', amount: toMoneyJson(amount) } };
    } catch (error) {
      return { ok: false, field: 'amount', message: error instanceof Error ? error.message : 'Not an amount.' };
    }
  }
  if (cells.percent === '') return { ok: true, terms: { kind: 'free_shipping' } };
  const percent = Number(cells.percent.replace('%', '').replace(',', '.').trim());
  if (!(percent > 0 && percent <= 100))
    return { ok: false, field: 'percent', message: `"${cells.percent}" is no share between 0 and 100.` };
  return { ok: true, terms: { kind: 'percent', percent } };
}

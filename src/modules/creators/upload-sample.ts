import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import type { Platform } from '#kernel/platform.ts';
import { keepSample, refuseFuture } from './add-follower-sample.ts';
import {
  type SampledAccount,
  type SampleUpload,
  sampledRowsMax,
  sampleErrorsMax,
  type uploadAudienceSample,
} from './api.ts';
import { detectFile } from './files/detect-file.ts';
import { badFile } from './files/file-error.ts';
import { fileNameOf, importFilePath, removeFile, storeUpload } from './files/import-files.ts';
import { type FileRow, openRows } from './files/read-rows.ts';
import { getPerson } from './read-creators.ts';
import { mapSampleRow, type SampleReading } from './rules/map-sample-row.ts';
import { decideDateOrder } from './rules/parse-date.ts';
import { decideDecimalMark } from './rules/parse-number.ts';
import { knownHeadings, planSample, type SampleTarget } from './rules/sample-columns.ts';

type UploadCall = Call<typeof uploadAudienceSample>;

/**
 * Keeps a sample of an audience from a file. Rows that cannot be read are named and left out; when none can, nothing is kept. The file itself is
 * not kept. Errors: creators.bad_file, request.invalid, not_found.
 */
export async function uploadSample(infra: Infra, call: UploadCall): Promise<SampleUpload> {
  const { personId, profileId, kind, method, isDryRun } = call.input;
  const { workspaceId, actor, requestId } = call;
  const takenAt = call.input.takenAt ?? infra.clock.now().toISOString();
  refuseFuture(infra, takenAt);
  const platform = await platformOf(infra, { workspaceId, personId, profileId });
  const path = importFilePath(infra.config.dataDir, newId('importRun'));
  await storeUpload(call.request.body, path);
  try {
    const found = await readSample(path, { platform, takenAt });
    const { accounts, ...answer } = found;
    const isKept = !isDryRun && accounts.length > 0;
    const source = call.input.source ?? fileNameOf(call.request).slice(0, 120);
    const sample = { personId, profileId, kind, takenAt, source, method, accounts };
    const kept = isKept ? await keepSample(infra, { workspaceId, actor, requestId }, sample) : null;
    return { profileId, kind, takenAt: kept?.takenAt ?? takenAt, isKept, kept: accounts.length, ...answer };
  } finally {
    await removeFile(path);
  }
}

async function platformOf(
  infra: Infra,
  of: { workspaceId: string; personId: string; profileId: string },
): Promise<Platform> {
  return infra.db.inWorkspace(of.workspaceId, async (tx) => {
    const person = await getPerson(tx, of.workspaceId, of.personId);
    const profile = person.profiles.find((one) => one.id === of.profileId);
    if (profile === undefined) throw notFound('profile');
    return profile.platform;
  });
}

interface SampleFile extends Pick<SampleUpload, 'read' | 'repeated' | 'errorsTotal' | 'errors' | 'columns'> {
  accounts: SampledAccount[];
}

async function readSample(path: string, of: { platform: Platform; takenAt: string }): Promise<SampleFile> {
  const { columns, batches } = await openRows(path, await detectFile(path));
  const targets = planSample(columns);
  if (targets.every((target) => target === null))
    throw badFile(
      `No column says anything of an account: found ${columns.slice(0, 12).join(', ') || 'none'}. Known headings are ${knownHeadings()}.`,
    );
  const rows: FileRow[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > sampledRowsMax)
      throw badFile(
        `The sample has more than ${sampledRowsMax} rows. Draw a smaller one at random: 1,000 accounts tell a share to within 4 points.`,
      );
  }
  return mapRows(rows, { ...readingOf(rows, targets), ...of }, columns);
}

/** How numbers and dates are written, told from all rows. */
function readingOf(
  rows: readonly FileRow[],
  targets: (SampleTarget | null)[],
): Pick<SampleReading, 'targets' | 'decimal' | 'dateOrder'> {
  const textsOf = (wanted: readonly SampleTarget[]) =>
    rows.flatMap((row) =>
      'problem' in row
        ? []
        : targets.flatMap((target, at) => {
            const cell = row.cells[at];
            return target !== null && wanted.includes(target) && typeof cell === 'string' && cell !== '' ? [cell] : [];
          }),
    );
  return {
    targets,
    decimal: decideDecimalMark(textsOf(['followers', 'following', 'posts'])),
    dateOrder: decideDateOrder(textsOf(['madeAt'])) ?? 'day-first',
  };
}

function mapRows(rows: readonly FileRow[], reading: SampleReading, columns: string[]): SampleFile {
  const accounts: SampledAccount[] = [];
  const errors: SampleUpload['errors'] = [];
  const seen = new Set<string>();
  let errorsTotal = 0;
  let repeated = 0;
  const fail = (row: number, field: string, message: string) => {
    errorsTotal += 1;
    if (errors.length < sampleErrorsMax) errors.push({ row, field, message });
  };
  for (const row of rows) {
    if ('problem' in row) {
      fail(row.row, '', row.problem);
      continue;
    }
    const mapped = mapSampleRow(row.cells, reading);
    if (!mapped.ok) {
      for (const { field, message } of mapped.errors) {
        const at = field === '' ? -1 : reading.targets.indexOf(field);
        fail(row.row, columns[at] ?? field, message);
      }
      continue;
    }
    const key = mapped.account.handle?.toLowerCase();
    if (key !== undefined && seen.has(key)) {
      repeated += 1;
      continue;
    }
    if (key !== undefined) seen.add(key);
    accounts.push(mapped.account);
  }
  const planned = columns.map((column, at) => ({ column, target: reading.targets[at] ?? null }));
  return { accounts, read: rows.length, repeated, errorsTotal, errors, columns: planned };
}

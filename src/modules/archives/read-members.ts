import { z } from 'zod';
import type { Archive } from '#infra/archive/read-archive.ts';
import type { Tx } from '#infra/db/database.ts';
import { archivesError } from './errors.ts';
import { readPart } from './load-part.ts';
import type { Manifest } from './manifest.ts';
import { peopleByEmail } from './queries/arrive.ts';
import { memberPart } from './rules/tables.ts';

const membersMax = 10_000;

const lineSchema = z.object({
  id: z.string().max(60),
  user_id: z.string().max(60),
  email: z.string().max(320),
  name: z.string().max(200),
  role: z.enum(['owner', 'admin', 'manager', 'analyst', 'finance', 'viewer']),
  created_at: z.iso.datetime({ offset: true }),
});

export interface ArchivedMember {
  id: string;
  /** Where the archive comes from. */
  userId: string;
  /** Of whom has the same e-mail here; null when nobody has. */
  hereId: string | null;
  name: string;
  email: string;
  role: string;
  createdAt: string;
}

/** The members of an archive, with who of them is known on this installation. Error: bad_row. */
export async function readMembers(
  tx: Tx,
  { archive, manifest }: { archive: Archive; manifest: Manifest },
): Promise<ArchivedMember[]> {
  const part = manifest.parts.find((one) => one.name === memberPart);
  if (part === undefined) return [];
  const found: z.infer<typeof lineSchema>[] = [];
  for await (const { first, lines } of readPart(archive, part)) {
    for (const [at, line] of lines.entries()) {
      const parsed = lineSchema.safeParse(parse(line));
      const row = first + at;
      if (!parsed.success || row > membersMax) {
        const what = parsed.success
          ? `more than ${membersMax} members`
          : `${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`;
        throw archivesError('bad_row', `${part.path}, line ${row}: ${what}. Nothing was written.`, [
          { field: part.name, row, message: what },
        ]);
      }
      found.push(parsed.data);
    }
  }
  const here = await peopleByEmail(
    tx,
    found.map((one) => one.email.toLowerCase()),
  );
  return found.map(({ id, user_id, email, name, role, created_at }) => ({
    id,
    userId: user_id,
    hereId: here.get(email.toLowerCase()) ?? null,
    name,
    email,
    role,
    createdAt: created_at,
  }));
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

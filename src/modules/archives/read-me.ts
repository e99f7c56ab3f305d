import { version } from '#infra/version.ts';
import { archiveDays } from './api/exports.ts';

/** What stands first in every archive, for whoever finds it. */
export function readMe(name: string, createdAt: string): string {
  return `Everything the workspace "${name}" owned at ${createdAt}, written by Rapport ${version}.

Read it without Rapport: this is a plain tar file. tables/<table>.ndjson.gz holds one JSON object a line (gunzip, then any
reader of JSON lines). Amounts of money are whole numbers of the smallest unit (cents) in the column <name>_minor, beside
their currency; they and all other numbers beyond 15 digits are written as text. Times are ISO 8601 in UTC, days
YYYY-MM-DD, bytes hexadecimal behind \\x. Ids tie the tables together: person_id of a profile is the id of a person.
tables/stored_file.ndjson.gz names each file; its content lies at files/<first two of the hash>/<SHA-256>, pictures of
creators at media/. manifest.json says what is here, how many rows, and what is not and why. SHA256SUMS holds the hash of
every member: tar -xf FILE && sha256sum -c SHA256SUMS

Make it a workspace again on another installation, of this version or a later one: Settings, Workspace data, or
  npm run -s rapport -- workspaces import FILE

Passwords, keys and links that let somebody in are not here. All else is, personal data of creators included: keep it as
safe as the workspace itself. The server keeps its own copy for ${archiveDays} days.
`;
}

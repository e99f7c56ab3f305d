/** What an archive could not bring, counted. */
export interface LeftBehind {
  secrets: readonly { table: string; column: string; rows: number }[];
  rowsOf: Readonly<Record<string, number>>;
  unknownMembers: number;
  renamedLinks: number;
  newSources: number;
  missingFiles: number;
  objectors: number;
}

/** What a person has to do in a workspace that was taken in, in plain sentences. */
export function toDoAfter(left: LeftBehind): string[] {
  const secret = (table: string, column: string) =>
    left.secrets.find((one) => one.table === table && one.column === column)?.rows ?? 0;
  const rows = (table: string) => left.rowsOf[table] ?? 0;
  const lines: [number, string][] = [
    [secret('connection', 'credentials'), 'Enter the keys of N connections to platforms again: Settings, Connections.'],
    [
      secret('mailbox', 'sealed'),
      'Enter the passwords of N mailboxes again; what waits to be written is sent from then on.',
    ],
    [secret('shop', 'credentials'), 'Enter the keys of N shops again.'],
    [
      secret('order_source', 'secret'),
      'Make new signing secrets for N order sources and put them into the shops that send.',
    ],
    [left.newSources, 'N order sources have a new address: put it into the shops that send.'],
    [secret('webhook_endpoint', 'secret'), 'Give N webhooks new secrets and switch them on.'],
    [
      secret('contract_settings', 'key_sealed'),
      'Contracts are sealed with a new key from now on; bring your certificate again if you had one. What is sealed stays valid.',
    ],
    [
      rows('automation'),
      'Automations that were on are paused: switch them on when the workspace they come from acts no more.',
    ],
    [
      rows('guest_link'),
      'Links for people outside have ended: share lists, reports and drafts anew. Creators get new portal links with the next mail.',
    ],
    [
      rows('link'),
      'Short links work here at the address of this installation; links in posts lead to the one they come from for as long as it runs.',
    ],
    [left.renamedLinks, 'N short links have another ending here, since theirs is taken: see the list.'],
    [rows('link_domain'), 'Point the DNS records of your own domains here and check them: N domains.'],
    [left.unknownMembers, 'N members are not known here: invite them.'],
    [
      rows('customer') + rows('follower_set'),
      'Upload files of customers and followers again: they are known by hashes that only the old installation can make.',
    ],
    [left.objectors, 'N creators objected to being kept on this installation and were not taken in.'],
    [left.missingFiles, 'N files were gone already where the archive was made.'],
  ];
  return lines.filter(([count]) => count > 0).map(([count, text]) => text.replace('N', count.toLocaleString('en')));
}

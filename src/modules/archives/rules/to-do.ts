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
    [
      secret('connection', 'credentials'),
      'Enter the keys of connections to platforms (N) again: Settings, Connections.',
    ],
    [
      secret('mailbox', 'sealed'),
      'Enter the passwords of mailboxes (N) again; what waits to be written is sent from then on.',
    ],
    [secret('shop', 'credentials'), 'Enter the keys of shops (N) again: Settings, Shops.'],
    [
      secret('order_source', 'secret'),
      'Make new signing secrets for order sources (N) and put them into the shops that send.',
    ],
    [left.newSources, 'Order sources that have a new address (N): put it into the shops that send.'],
    [secret('webhook_endpoint', 'secret'), 'Give webhooks (N) new secrets and switch them on.'],
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
    [left.renamedLinks, 'Short links that have another ending here, since theirs is taken (N): see the list.'],
    [rows('link_domain'), 'Point the DNS records of your own domains (N) here and check them.'],
    [left.unknownMembers, 'Members who are not known here (N): invite them.'],
    [
      rows('customer') + rows('follower_set'),
      'Upload files of customers and followers again: they are known by hashes that only the old installation can make.',
    ],
    [left.objectors, 'Creators who objected to being kept on this installation (N) were not taken in.'],
    [left.missingFiles, 'Files that were gone already where the archive was made: N.'],
  ];
  return lines.filter(([count]) => count > 0).map(([count, text]) => text.replace(/\bN\b/, count.toLocaleString('en')));
}

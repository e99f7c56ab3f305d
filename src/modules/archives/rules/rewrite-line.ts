const idText = /"([a-z]{2,6}_[0-9a-hjkmnp-tv-z]{22})"/g;
const portalToken = /\brpp_[\w-]{43}\b/g;

/**
 * Puts other ids in the place of some: people who have another id here, and what is unique over the whole installation. A text of JSON is replaced only where it is
 * the id as a whole; ids hold 65 random bits, so no other text reads like one.
 */
export function replaceIds(line: string, ids: ReadonlyMap<string, string>): string {
  if (ids.size === 0) return line;
  return line.replace(idText, (whole, id: string) => {
    const other = ids.get(id);
    return other === undefined ? whole : `"${other}"`;
  });
}

/** The secret of a link into the portal, wherever a text quotes one, goes; that there was one stays. */
export function withoutPortalTokens(line: string): string {
  return line.includes('rpp_') ? line.replace(portalToken, 'rpp_left-out') : line;
}

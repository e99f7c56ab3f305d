/** True when a host, or one it lies below, is on the list; an empty list allows all. */
export function isAllowedHost(host: string, list: readonly string[]): boolean {
  return list.length === 0 || list.some((name) => host === name || host.endsWith(`.${name}`));
}

/** The address of a path below /app. Whatever it says, it stays on this site: no link can lead elsewhere after sign-in. */
export function pathInApp(path: string): string {
  return `/app/${path.replace(/^[/\\]+/, '')}`;
}

/** One commenter as one key: platform and handle in lower case without @. Null when the data name nobody. */
export function authorKeyOf(platform: string, handle: string | null): string | null {
  const bare = bareHandle(handle);
  return bare === '' ? null : `${platform}:${bare}`;
}

/** The handle behind a key. */
export function handleOf(authorKey: string): string {
  return authorKey.slice(authorKey.indexOf(':') + 1);
}

export function bareHandle(handle: string | null): string {
  return (handle ?? '').replace(/^[\s@]+|[\s@]+$/g, '').toLowerCase();
}

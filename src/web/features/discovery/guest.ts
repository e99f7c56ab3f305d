const keyName = 'rapport.guest-key';
const nameName = 'rapport.guest-name';

/** Random text by which this browser's votes are known again; it is sent to this server only. */
export function guestKey(): string {
  const kept = read(keyName);
  if (kept !== null && kept.length >= 16) return kept;
  const made = [...crypto.getRandomValues(new Uint8Array(24))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  write(keyName, made);
  return made;
}

export function guestName(): string {
  return read(nameName) ?? '';
}

export function keepGuestName(name: string): void {
  write(nameName, name);
}

// A browser that keeps nothing still shows the list; its votes count as another guest's next time.
function read(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // Nothing to be done: see above.
  }
}

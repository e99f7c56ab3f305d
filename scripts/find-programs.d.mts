/** Absolute path of a program in PATH or the system's own folders, null when there is none. */
export function findProgram(name: string): string | null;
/** A Chromium that playwright-core can drive: CHROMIUM_PATH, one in PATH, an app, or one Playwright downloaded; else null. */
export function findChromium(): string | null;

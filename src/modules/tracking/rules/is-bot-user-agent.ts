import { isbot } from 'isbot';

// Page testers and screenshot services that isbot 5.2.3 takes for people; none of them is in a list of browsers.
const missed = /GTmetrix|Miniature\.io|\bYLT\b|ClamAV\//;

/**
 * True for crawlers, previews, scanners and programs. An absent or empty user agent is no browser either.
 * In-app browsers (Instagram, TikTok, YouTube) are people.
 */
export function isBotUserAgent(userAgent: string): boolean {
  return userAgent === '' || isbot(userAgent) || missed.test(userAgent);
}

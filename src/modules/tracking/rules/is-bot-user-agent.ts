import { isbot } from 'isbot';

// Page testers and screenshot services that isbot 5.2.3 takes for people; none of them is in a list of browsers.
const missed = /GTmetrix|Miniature\.io|\bYLT\b|ClamAV\//;

// The YouTube apps open links under the name of the app itself, which reads like a program's.
const apps = /^com\.google\.(?:android|ios)\.youtube\//;

/**
 * True for crawlers, previews, scanners and programs. An absent or empty user agent is no browser either.
 * In-app browsers (Instagram, TikTok, YouTube) are people.
 */
export function isBotUserAgent(userAgent: string): boolean {
  if (userAgent === '') return true;
  return !apps.test(userAgent) && (isbot(userAgent) || missed.test(userAgent));
}

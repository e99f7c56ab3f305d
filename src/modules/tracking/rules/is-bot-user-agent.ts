import { isbot } from 'isbot';

// A scanner of pages that isbot 5.2.3 takes for a person. GTmetrix, YLT and Miniature.io stay people: lists of browsers hold the very
// same texts as lists of crawlers do, and a person dropped costs a creator money where a page tester counted costs a click.
const missed = /ClamAV\//;

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

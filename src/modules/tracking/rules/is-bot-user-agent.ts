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

export type AgentKind = 'person' | 'bot' | 'preview' | 'scanner';

// Fetchers that draw the card below a shared link, and those that look into links of mails; both are bots, with a name of their own.
const previews =
  /facebookexternalhit|facebookcatalog|meta-externalfetcher|Twitterbot|Slackbot|Slack-ImgProxy|WhatsApp\/|TelegramBot|Discordbot|LinkedInBot|Pinterestbot|Pinterest\/0|SkypeUriPreview|redditbot|Viber|LINE-URL|kakaotalk-scrap|vkShare|Iframely|Embedly|MastodonBot|Mastodon\/|Bluesky|Snap URL Preview|Google-PageRenderer|TeamsBot|microsoftpreview|BitlyBot/i;
const scanners =
  /Barracuda|Mimecast|Proofpoint|Symantec|MessageLabs|FireEye|Trend ?Micro|Sophos|ESET|ClamAV|Avast|Cyren|Vade|Forcepoint|Websense|IronPort|SafeLinks|Office 365 ATP|urlscan|VirusTotal|Netcraft|PhishTank|CheckPhish|GoogleSafeBrowsing|Palo Alto|Expanse/i;

/** What asks: a person, the fetcher of a link's preview, a scanner of mails and addresses, or another program. */
export function agentKindOf(userAgent: string): AgentKind {
  if (!isBotUserAgent(userAgent)) return 'person';
  if (previews.test(userAgent)) return 'preview';
  return scanners.test(userAgent) ? 'scanner' : 'bot';
}

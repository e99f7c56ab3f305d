export type Device = 'phone' | 'tablet' | 'computer' | 'other';

export const systems = ['ios', 'android', 'windows', 'mac', 'linux', 'other'] as const;
export type SystemName = (typeof systems)[number];

export interface Agent {
  device: Device;
  system: SystemName;
  /** Family of the browser, or the app whose built-in browser it is. */
  browser: string;
}

// First match wins: apps name the engine they are built on, browsers name those they imitate.
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bInstagram\b/, 'Instagram app'],
  [/BytedanceWebview|musical_ly|\bTikTok\b|trill_|aweme/i, 'TikTok app'],
  [/\bFB(?:AN|AV|_IAB)\b|\[FB/, 'Facebook app'],
  [/\bPinterest\b/, 'Pinterest app'],
  [/\bSnapchat\b/, 'Snapchat app'],
  [/\bcom\.google\.android\.youtube\b|\bYouTube\b/i, 'YouTube app'],
  [/\bLinkedInApp\b/, 'LinkedIn app'],
  [/\bTwitter\b/, 'X app'],
  [/\bWhatsApp\b/, 'WhatsApp'],
  [/\bGSA\//, 'Google app'],
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera\b|\bOPiOS\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bDuckDuckGo\//, 'DuckDuckGo'],
  [/\bCriOS\/|\bChrome\/|\bChromium\//, 'Chrome'],
  [/\bSafari\/|\bAppleWebKit\//, 'Safari'],
];

/** Operating system of a user agent. An iPad that asks for desktop pages calls itself a Mac and is taken for one. */
export function systemOf(userAgent: string): SystemName {
  if (/\b(?:iPhone|iPad|iPod)\b|\bcom\.google\.ios\./.test(userAgent)) return 'ios';
  if (/\bAndroid\b|\bcom\.google\.android\./.test(userAgent)) return 'android';
  if (/\bWindows\b/.test(userAgent)) return 'windows';
  if (/\bMacintosh\b|\bMac OS X\b/.test(userAgent)) return 'mac';
  return /\bLinux\b|\bX11\b|\bCrOS\b/.test(userAgent) ? 'linux' : 'other';
}

/** Device class and browser family from a user agent; families only, since more would tell visitors apart. */
export function readUserAgent(userAgent: string): Agent {
  return {
    device: deviceOf(userAgent),
    system: systemOf(userAgent),
    browser: browsers.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'other',
  };
}

function deviceOf(userAgent: string): Device {
  if (/\biPad\b|\bTablet\b|\bPlayBook\b|\bSilk\//.test(userAgent)) return 'tablet';
  // Apps that speak under their own name do not tell a phone from a tablet.
  if (!userAgent.includes('AppleWebKit') && /^com\./.test(userAgent)) return 'other';
  if (/\bAndroid\b/.test(userAgent)) return /\bMobile\b/.test(userAgent) ? 'phone' : 'tablet';
  if (/\biPhone\b|\biPod\b|\bMobile\b|\bWindows Phone\b/.test(userAgent)) return 'phone';
  if (/\bWindows NT\b|\bMacintosh\b|\bX11\b|\bCrOS\b|\bLinux\b/.test(userAgent)) return 'computer';
  return 'other';
}

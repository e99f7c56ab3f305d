import type { Platform } from '#kernel/platform.ts';
import type { Brief, BriefAlignment } from '../api.ts';

interface ProfilePosts {
  platform: Platform;
  posts: readonly { format: string | null; hashtags: readonly string[] }[];
}

/** What a brief says of the subject, as the matching reads it; what it forbids is left out, since naming a thing would bring it nearer. */
export function wordsOfBrief(brief: Brief): string {
  const hashtags = brief.hashtags.map((tag) => tag.replace(/^#/, ''));
  return [brief.background, ...brief.keyMessages, ...brief.talkingPoints, ...brief.dos, ...hashtags]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('. ');
}

const handlePattern = /(?<![\p{L}\p{N}_.])@([A-Za-z0-9_](?:[A-Za-z0-9_.]{0,28}[A-Za-z0-9_])?)/gu;

/** Accounts the text names, each once, in lower case. */
export function handlesIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(handlePattern), (match) => (match[1] ?? '').toLowerCase()))];
}

/** What a brief asks to be made, beside what the creator makes. */
export function compareWithBrief(
  brief: Pick<Brief, 'deliverables' | 'hashtags'>,
  profiles: readonly ProfilePosts[],
): Pick<BriefAlignment, 'asked' | 'hashtags'> {
  const asked = brief.deliverables.map(({ platform, format, count }) => {
    const own = profiles.filter((profile) => profile.platform === platform);
    const formats = own.flatMap((profile) => profile.posts.flatMap((post) => post.format ?? []));
    const wanted = format.toLowerCase();
    const posts = formats.filter((one) => one.toLowerCase() === wanted).length;
    return {
      platform,
      format,
      count,
      hasProfile: own.length > 0,
      posts: formats.length === 0 ? null : posts,
      of: formats.length,
    };
  });
  if (brief.hashtags.length === 0) return { asked, hashtags: null };
  const bare = (tag: string) => tag.replace(/^#/, '').toLowerCase();
  const used = new Set(profiles.flatMap((profile) => profile.posts.flatMap((post) => post.hashtags.map(bare))));
  return { asked, hashtags: { used: brief.hashtags.filter((tag) => used.has(bare(tag))), of: brief.hashtags.length } };
}

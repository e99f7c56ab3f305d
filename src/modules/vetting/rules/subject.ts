import type { Platform } from '#kernel/platform.ts';
import type { AudienceSample, Evidence, FitSection, PictureCheck, VerdictRules } from '../api.ts';
import type { PeerFindings } from './peer-findings.ts';
import type { WeightSet } from './weights.ts';

/** A post as the topic model reads it. */
export interface PostTopics {
  /** Unit length; null when too few words are known. */
  vector: Float32Array | null;
  topics: { topic: string; name: string; share: number }[];
}

/** What a creator is about, and each post. */
export interface SubjectTopics {
  held: { topic: string; name: string }[];
  isCorrected: boolean;
  posts: ReadonlyMap<string, PostTopics>;
}

/** What the matching of discovery says of one creator against the brand profile. */
export interface SubjectFit {
  comparedWith: number;
  weightsVersion: number;
  contributions: FitSection['contributions'];
}

/** What the lists found in the texts of one profile. */
export interface SafetyFinding {
  scannedAt: string | null;
  texts: number;
  listsVersion: string;
  found: { category: string; open: number; dismissed: number; words: string[]; placeIds: string[] }[];
}

/** A stored post as the rules read it. Null is not known. */
export interface VettedPost {
  id: string;
  url: string | null;
  /** ISO instants. */
  postedAt: string | null;
  observedAt: string;
  format: string | null;
  caption: string | null;
  hashtags: string[];
  mentions: string[];
  likes: number | null;
  comments: number | null;
  views: number | null;
  shares: number | null;
  saves: number | null;
  /** Seen only by the owner of the account. */
  reach?: number | null;
  impressions?: number | null;
  isPaidLabel: boolean | null;
  source: string;
}

/** A figure with the source and instant it holds for. */
export interface StatedFigure {
  value: number;
  source: string;
  at: string | null;
}

export interface SeriesPoint {
  /** Calendar day. */
  day: string;
  value: number;
}

/** Counts over time of a metric other than followers, with the sources they came from. */
export interface StatedSeries {
  points: SeriesPoint[];
  source: string;
}

/** Who commented how soon. */
export interface CommentMoment {
  postId: string;
  author: string | null;
  minutesAfterPost: number | null;
}

/** A post of somebody else that mentions the vetted profile. */
export interface Shoutout {
  postId: string;
  url: string | null;
  postedAt: string;
  handle: string;
  followers: number | null;
}

/** Shares of an audience as a source stated them: fractions by country and language code. */
export interface StatedAudience {
  countries: Record<string, number>;
  languages: Record<string, number>;
  n: number | null;
  source: string;
  at: string;
}

/** What growth is judged with besides the followers. */
export interface ProfilePast {
  following: StatedSeries;
  avgLikes: StatedSeries;
  avgComments: StatedSeries;
  avgViews: StatedSeries;
  shoutouts: Shoutout[];
  commentMoments: CommentMoment[];
  /** More posts are stored than are read here. */
  hasOlderPosts: boolean;
}

/** What the same figure is for the peers: sorted ascending, the vetted profile left out. */
export interface PeerValues {
  values: number[];
}

/** What a brand stands for and avoids. */
export interface BrandWords {
  niches: string[];
  keywords: string[];
  noGoWords: string[];
  competitors: string[];
  values?: string[];
  handles?: string[];
  /** Rivals must be out of the feed for so long. */
  competitorDays?: number;
  /** Calendar days, both within. */
  exclusivity?: { from: string; to: string } | null;
}

/** What a person said of a post: paid for or not, and by whom. */
export interface SponsoredWord {
  isSponsored: boolean;
  brands: string[];
  reason: string;
  by: string;
  /** ISO instant. */
  at: string;
}

/** Counts over the newest comments of a profile, the creator's own left out. */
export interface CommentFacts {
  /** Read, with a kind. */
  n: number;
  unread: number;
  corrected: number;
  /** Read, with a named author. */
  named: number;
  authors: number;
  /** Emoji only, names only or one word; and those of them by authors with a mark. */
  low: number;
  lowByMarked: number;
  copied: number;
  byPods: number;
  /** False while too few commenters are known over creators. */
  arePodsKnown: boolean;
  spam: number;
  negative: number;
  neutral: number;
  positive: number;
  purchase: number;
  questions: number;
  complaints: number;
  newestAt: string | null;
  /** Of `n`, by kind. */
  kinds?: Record<string, number>;
  /** Some of the comments behind each count. */
  rows: Record<'low' | 'copied' | 'pods' | 'spam' | 'negative' | 'purchase', Evidence[]>;
}

/** Judged samples of an audience, the newest of each kind. */
export interface JudgedAudience {
  followers: AudienceSample | null;
  likers: AudienceSample | null;
  commenters: AudienceSample | null;
}

export interface FollowerAccount {
  following: number | null;
  posts: number | null;
  isPrivate: boolean | null;
  hasPicture: boolean | null;
}

/** All that a report is computed from. */
export interface VettingSubject {
  profile: {
    platform: Platform;
    handle: string;
    bio: string | null;
    category: string | null;
    isPrivate: boolean | null;
  };
  niches: string[];
  followers: StatedFigure | null;
  following: StatedFigure | null;
  postCount: StatedFigure | null;
  avgLikes: StatedFigure | null;
  avgComments: StatedFigure | null;
  avgViews: StatedFigure | null;
  engagementRate: StatedFigure | null;
  lastPostAt: StatedInstant | null;
  /** Published band of prices for the size; whole US dollars. */
  priceBand?: { format: string; low: number; high: number | null; source: string; year: number } | null;
  /** Null or missing: no comment is stored. */
  comments?: CommentFacts | null;
  /** Newest first. */
  posts: VettedPost[];
  followerSeries: SeriesPoint[];
  seriesSource: string;
  /** Null or missing: nothing of it was read. */
  past?: ProfilePast | null;
  /** ISO codes of what the creator writes or speaks. */
  languages?: string[];
  /** Who the audience is as somebody stated it; null or missing: nobody did. */
  statedAudience?: StatedAudience | null;
  /** Null or missing: no sample is stored. */
  audience?: JudgedAudience | null;
  followerSample: { takenAt: string; source: string; method: string; size: number; accounts: FollowerAccount[] } | null;
  peers: {
    label: string;
    engagement: PeerValues;
    commentsPerLike: PeerValues;
    likesPerView?: PeerValues;
    followersPerPost: PeerValues;
    /** What was found of those that are vetted; missing where none is. */
    found?: PeerFindings;
  };
  /** Null while the workspace has none. */
  brand: BrandWords | null;
  /** What people said of posts, by post id; missing is nothing. */
  sponsoredWords?: ReadonlyMap<string, SponsoredWord>;
  /** What the word lists found; missing or null is not searched. */
  safety?: SafetyFinding | null;
  /** What the posts are about; missing or null is not read. */
  topics?: SubjectTopics | null;
  /** How the matching of discovery sees the creator; missing or null while the brand profile has nothing to match by. */
  fit?: SubjectFit | null;
  /** What was measured on the profile picture. */
  picture?: PictureCheck | null;
}

export interface StatedInstant {
  at: string;
  source: string;
}

/** What the caller lends to rules that may ask nothing of the world. */
export interface RuleContext {
  /** ISO instant. */
  now: string;
  /** Seed of the resampling, so that the same data give the same interval. */
  seed: number;
  /** The workspace's points; the default ones when left out. */
  weights?: WeightSet;
  /** The workspace's rules of the verdict; the default ones when left out. */
  verdictRules?: VerdictRules;
}

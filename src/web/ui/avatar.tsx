import { faceOf, hashOf } from '#web/ui/face.ts';
import { HairBefore, HairBehind } from '#web/ui/face-hair.tsx';

interface Props {
  /** The face is drawn from it; the same id looks the same everywhere. */
  id: string;
  name: string;
  size?: number;
  /** Address of a stored picture on this machine, where there is one. */
  picture?: string | null;
  /** `initials` for people who sign in, `face` for creators. */
  kind?: 'face' | 'initials';
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words.at(0)?.at(0), words.length > 1 ? words.at(-1)?.at(0) : ''].join('').toUpperCase();
}

/** The stored picture, or a face drawn on this machine from the id; nothing is fetched from elsewhere. Decoration: the name stands beside it. */
export function Avatar({ id, name, size = 32, kind = 'face', picture = null }: Props) {
  const style = { width: size, height: size };
  if (picture !== null) return <img className="av" style={style} src={picture} alt="" loading="lazy" />;
  if (kind === 'initials') {
    const letters = { ...style, fontSize: Math.max(10, Math.round(size * 0.4)), lineHeight: `${size}px` };
    return (
      <span className={`av av-letters av-c${(hashOf(id) % 8) + 1}`} style={letters} aria-hidden="true">
        {initialsOf(name)}
      </span>
    );
  }
  const face = faceOf(id);
  return (
    <svg className="av" style={style} viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" fill={face.ground} />
      <HairBehind {...face} />
      <path d="M4.5 42c.6-8.6 6.4-12.2 12.1-12.9 1.6 2 5.2 2 6.8 0 5.7.7 11.5 4.3 12.1 12.9z" fill={face.clothes} />
      <path d="M16.6 23h6.8v8c0 2-6.8 2-6.8 0z" fill={face.skin} />
      <path d="M16.6 25.2c2 2 4.8 2 6.8 0v2c-2 1.6-4.8 1.6-6.8 0z" opacity=".1" />
      <ellipse cx="20" cy="18.4" rx="6.5" ry="7.9" fill={face.skin} />
      <HairBefore {...face} />
    </svg>
  );
}

import { useState } from 'react';

/** In the place of a player: which video, and why it is not shown. */
export function NoVideo({ name, why }: { name: string; why: string }) {
  return (
    <div className="sub-frame sub-none" role="note">
      <p>
        <b>{name} is not shown.</b> <span className="ink-2">{why}</span>
      </p>
    </div>
  );
}

/** A video of a draft; words where it cannot be played, as once its usage rights have ended. */
export function DraftVideo({ name, src }: { name: string; src: string }) {
  const [hasFailed, setFailed] = useState(false);
  if (hasFailed) return <NoVideo name={name} why="Its usage rights may have ended, or this browser cannot play it." />;
  return (
    // biome-ignore lint/a11y/useMediaCaption: a draft has none
    <video src={src} controls preload="metadata" onError={() => setFailed(true)} />
  );
}

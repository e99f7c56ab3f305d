import type { CreatorRef } from '#modules/tracking/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';

/** The creator something belongs to, with a way to the creator's page. */
export function Who({ creator, none = 'Nobody' }: { creator: CreatorRef | null; none?: string }) {
  if (creator === null) return <span className="ink-3">{none}</span>;
  return (
    <div className="who">
      <Avatar id={creator.personId} name={creator.name} size={28} />
      <div>
        <AppLink to="/creators/$personId" params={{ personId: creator.personId }}>
          {creator.name}
        </AppLink>
        {creator.handle !== null && <span className="meta clip">@{creator.handle}</span>}
      </div>
    </div>
  );
}

import { Button, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  commentAsGuest,
  type ShareColumn,
  type SharedList,
  type SharedMember,
  type Vote,
  voteAsGuest,
} from '#modules/discovery/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { formatChange, formatCompact, formatCount, formatRank, formatShare } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { guestKey, guestName, keepGuestName } from './guest.ts';
import { countryName, languageName } from './hit-words.ts';
import { shareColumnLabel } from './share-columns.ts';
import { VoteButtons } from './vote-buttons.tsx';

interface Props {
  list: SharedList;
  token: string;
  passphrase: string | undefined;
  /** Votes and comments are read anew. */
  onChanged: () => void;
}

/** The creators of a shared list as cards, with the guest's own vote and what guests said. */
export function SharedMembers({ list, token, passphrase, onChanged }: Props) {
  const client = useClient();
  const [name, setName] = useState(guestName);
  const guest = {
    token,
    guestKey: guestKey(),
    guestName: name.trim(),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
  const isNamed = name.trim() !== '';
  const vote = (personId: string, next: Vote | null) =>
    client
      .call(voteAsGuest, { ...guest, personId, vote: next })
      .then(onChanged, (error) => sayFailed('Not counted', error));
  const comment = (personId: string, body: string) =>
    client.call(commentAsGuest, { ...guest, personId, body }).then(
      () => {
        sayDone('Comment added');
        onChanged();
      },
      (error) => sayFailed('Not said', error),
    );
  if (list.rows.length === 0) return <p className="meta">Nobody is on this list yet.</p>;
  return (
    <>
      {(list.canVote || list.canComment) && (
        <TextInput
          className="shared-name"
          label="Your name"
          description={`Stands beside your ${list.canVote ? 'votes' : 'comments'}${list.canVote && list.canComment ? ' and comments' : ''}`}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => keepGuestName(name.trim())}
        />
      )}
      <ul className="shared-cards">
        {list.rows.map((member) => (
          <li key={member.personId}>
            <Card member={member} columns={list.columns} />
            {list.canVote && (
              <VoteButtons
                about={nameOf(member)}
                own={member.myVote}
                onVote={isNamed ? (next) => void vote(member.personId, next) : null}
              />
            )}
            {list.canComment && (
              <Comments member={member} onSay={isNamed ? (body) => comment(member.personId, body) : null} />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function nameOf(member: SharedMember): string {
  return member.name ?? member.handle ?? 'Creator without a name';
}

function Card({ member, columns }: { member: SharedMember; columns: readonly ShareColumn[] }) {
  const figures = columns.filter((column) => column !== 'bio');
  return (
    <>
      <div className="who">
        <Avatar id={member.personId} name={nameOf(member)} size={48} />
        <div>
          <h2>{nameOf(member)}</h2>
          <span className="meta">
            {member.handle === null ? 'no profile' : `@${member.handle} on ${member.platform}`}
          </span>
        </div>
      </div>
      {columns.includes('bio') && member.bio && <p className="discover-bio">{member.bio}</p>}
      <dl className="shared-figures">
        {figures.map((column) => (
          <div key={column}>
            <dt>{shareColumnLabel(column)}</dt>
            <dd title={originOf(member, column)}>
              {figureOf(member, column) ?? <span className="ink-3">not known</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="meta">{originOf(member, 'followers')}</p>
    </>
  );
}

function originOf(member: SharedMember, column: ShareColumn): string {
  const origin = member.origins[column] ?? member.origins['*'];
  if (origin === undefined) return 'Source not stated';
  return `Source: ${origin.source}, ${formatDate(origin.at)}${origin.n === undefined ? '' : `, ${origin.n} posts`}`;
}

function figureOf(member: SharedMember, column: ShareColumn): string | null {
  switch (column) {
    case 'followers':
    case 'avgLikes':
    case 'avgComments':
    case 'avgViews': {
      const value = member[column];
      return value == null ? null : formatCompact(value);
    }
    case 'engagementRate':
      return member.engagementRate == null ? null : `${formatShare(member.engagementRate)} of followers`;
    case 'growth':
      return member.growth == null ? null : formatChange(member.growth);
    case 'peers':
      return member.peers == null
        ? 'not enough data'
        : `${formatRank(Math.round(member.peers.percentile))} of ${formatCount(member.peers.n)}`;
    case 'country':
      return member.country == null ? null : countryName(member.country);
    case 'languages':
      return member.languages?.map(languageName).join(', ') || null;
    case 'niches':
      return member.niches?.join(', ') || null;
    case 'lastPost':
      return member.lastPost == null ? null : formatDate(member.lastPost);
    case 'tier':
    case 'city':
    case 'bio':
      return member[column] ?? null;
  }
}

function Comments({ member, onSay }: { member: SharedMember; onSay: ((body: string) => Promise<void>) | null }) {
  const [body, setBody] = useState('');
  return (
    <div className="stack">
      {member.comments.length > 0 && (
        <ul className="discover-comments">
          {member.comments.map((comment) => (
            <li key={`${comment.at} ${comment.authorName} ${comment.body}`}>
              <div className="row">
                <b>{comment.authorName}</b>
                <span className="meta">{formatWhen(comment.at)}</span>
              </div>
              <p>{comment.body}</p>
            </li>
          ))}
        </ul>
      )}
      {onSay === null ? (
        <p className="meta">Give your name above to vote or comment.</p>
      ) : (
        <form
          className="shared-say"
          onSubmit={(event) => {
            event.preventDefault();
            if (body.trim() !== '') void onSay(body).then(() => setBody(''));
          }}
        >
          <Textarea
            aria-label={`Comment on ${nameOf(member)}`}
            placeholder="Comment"
            autosize
            minRows={1}
            maxLength={2000}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          <Button type="submit" disabled={body.trim() === ''}>
            Add comment
          </Button>
        </form>
      )}
    </div>
  );
}

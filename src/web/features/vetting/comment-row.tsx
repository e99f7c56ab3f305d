import { ActionIcon } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import type { ClassedComment } from '#modules/vetting/api.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';
import { CommentEditor } from './comment-editor.tsx';
import { CommentReasons } from './comment-reasons.tsx';
import { intentWords, kindWords, languageWord, sentimentTones, sentimentWords, targetWords } from './comment-words.ts';

interface Props {
  comment: ClassedComment;
  isEdited: boolean;
  onEdit: (isEdited: boolean) => void;
  /** Left out where there is no list to narrow. */
  onGroup?: (group: string) => void;
}

/** One comment: who, what, its labels with what decided, and the form to set them right. */
export function CommentRow({ comment, isEdited, onEdit, onGroup }: Props) {
  const mayEdit = useCan('vetting:write');
  const { duplicateGroup } = comment;
  return (
    <li className={isEdited ? 'vt-comment open' : 'vt-comment'}>
      <div className="vt-comment-main">
        <p className="vt-comment-text" dir="auto">
          {comment.text}
        </p>
        <p className="meta">
          {comment.authorHandle === null ? 'Somebody unnamed' : `@${comment.authorHandle.replace(/^@/, '')}`}
          {comment.commentedAt !== null && `, ${formatDate(comment.commentedAt)}`}
          {comment.language !== null && `, ${languageWord(comment.language)}`}
          {comment.authorMarks.map((mark) => `, ${mark.text}`)}
          {comment.postUrl !== null && /^https?:\/\//.test(comment.postUrl) && (
            <>
              {', '}
              <a href={comment.postUrl} target="_blank" rel="noreferrer noopener">
                post
              </a>
            </>
          )}
        </p>
        <Labels comment={comment} />
        {comment.correction !== null && (
          <p className="meta">
            Corrected by {comment.correction.by}, {formatDate(comment.correction.at)}: {comment.correction.reason}
          </p>
        )}
        {duplicateGroup !== null && comment.duplicates > 1 && onGroup !== undefined && (
          <button type="button" className="vt-link meta" onClick={() => onGroup(duplicateGroup)}>
            {comment.duplicates} nearly the same
          </button>
        )}
        {comment.isRead && <CommentReasons comment={comment} />}
      </div>
      {mayEdit && comment.isRead && !comment.isOwn && !isEdited && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Correct the labels of “${comment.text.slice(0, 40)}”`}
          onClick={() => onEdit(true)}
        >
          <IconPencil size={18} stroke={1.6} />
        </ActionIcon>
      )}
      {isEdited && <CommentEditor comment={comment} onClose={() => onEdit(false)} />}
    </li>
  );
}

function Labels({ comment }: { comment: ClassedComment }) {
  const { kind, sentiment, intents, target, isOwn, isRead, correction } = comment;
  if (isOwn) return <p className="meta">Written by the creator; it stands in no sum.</p>;
  if (kind === null)
    return <p className="meta">{isRead ? 'Not known.' : 'Waits to be read; nothing is said about it yet.'}</p>;
  return (
    <p className="vt-labels">
      <Tag tone={kind === 'spam_promo' ? 'warn' : 'plain'}>{kindWords[kind]}</Tag>
      {sentiment === null ? (
        <span className="meta">sentiment not known</span>
      ) : (
        <Tag tone={sentimentTones[sentiment]}>{sentimentWords[sentiment]}</Tag>
      )}
      {(intents ?? []).map((intent) => (
        <Tag key={intent} tone={intent === 'complaint' ? 'warn' : 'plain'}>
          {intentWords[intent]}
        </Tag>
      ))}
      {target !== null && target !== 'unknown' && <Tag>{targetWords[target]}</Tag>}
      {correction !== null && <Tag tone="accent">corrected</Tag>}
      {!isRead && <span className="meta">being read again</span>}
    </p>
  );
}

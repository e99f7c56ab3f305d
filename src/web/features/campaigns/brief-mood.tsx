import { ActionIcon, Button, FileButton, TextInput } from '@mantine/core';
import { IconLink, IconPhotoPlus, IconTrash } from '@tabler/icons-react';
import { briefImageBytesMax, getBriefImage, type MoodItem, uploadBriefImage } from '#modules/campaigns/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { sayFailed } from '#web/ui/say.ts';

const boardMax = 24;
const pictures = 'image/jpeg,image/png,image/webp,image/gif,image/avif';

function useImageAddress(): (fileId: string, size?: 'preview' | 'whole') => string {
  const client = useClient();
  const { slug } = useWorkspace();
  return (fileId, size = 'preview') => client.url(getBriefImage, { fileId, size, workspace: slug });
}

/** Pictures and links that show the mood. */
export function MoodBoard({ items }: { items: readonly MoodItem[] }) {
  const addressOf = useImageAddress();
  if (items.length === 0) return null;
  return (
    <section>
      <h3>Mood board</h3>
      <ul className="camp-mood">
        {items.map((item) => (
          <li key={`${item.fileId ?? ''} ${item.url ?? ''} ${item.caption}`}>
            {item.fileId !== null && (
              <a href={addressOf(item.fileId, 'whole')} target="_blank" rel="noreferrer">
                <img src={addressOf(item.fileId)} alt={item.caption} loading="lazy" />
              </a>
            )}
            {item.url === null ? (
              <span className="meta" aria-hidden={item.fileId !== null}>
                {item.caption}
              </span>
            ) : (
              <a className="meta" href={item.url} target="_blank" rel="noreferrer">
                {item.caption}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FieldsProps {
  value: readonly MoodItem[];
  onChange: (next: MoodItem[]) => void;
}

/** The board in the form: pictures are stored at once and belong to the brief when it is saved. */
export function MoodFields({ value, onChange }: FieldsProps) {
  const addressOf = useImageAddress();
  const upload = useUpload(uploadBriefImage);
  const change = (index: number, to: Partial<MoodItem>) =>
    onChange(value.map((item, at) => (at === index ? { ...item, ...to } : item)));
  const add = async (files: File[]) => {
    const added: MoodItem[] = [];
    for (const file of files.slice(0, boardMax - value.length)) {
      try {
        const { fileId, name } = await upload.start({}, file);
        added.push({ fileId, url: null, caption: name.replace(/\.[a-z]+$/i, '') });
      } catch (error) {
        sayFailed(`${file.name} not kept`, error);
      }
    }
    if (added.length > 0) onChange([...value, ...added]);
  };
  const rows = value.map((item, index) => ({ item, index, key: item.fileId ?? `line-${index}` }));
  return (
    <fieldset>
      <legend>Mood board</legend>
      {rows.map(({ item, index, key }) => (
        <div key={key} className="camp-mooditem">
          {item.fileId === null ? (
            <TextInput
              label="Link"
              value={item.url ?? ''}
              onChange={(event) => change(index, { url: event.currentTarget.value })}
            />
          ) : (
            <img src={addressOf(item.fileId)} alt={item.caption} />
          )}
          <TextInput
            label="What it shows"
            description={item.fileId === null ? undefined : 'Read to those who cannot see it'}
            value={item.caption}
            onChange={(event) => change(index, { caption: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Remove ${item.caption === '' ? `line ${index + 1}` : item.caption}`}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <div className="row">
        <FileButton
          onChange={(files) => void add(files)}
          accept={pictures}
          multiple
          disabled={value.length >= boardMax}
        >
          {(props) => (
            <Button
              {...props}
              variant="subtle"
              color="gray"
              loading={upload.progress !== null}
              leftSection={<IconPhotoPlus size={16} stroke={1.6} aria-hidden />}
            >
              Add pictures
            </Button>
          )}
        </FileButton>
        <Button
          variant="subtle"
          color="gray"
          disabled={value.length >= boardMax}
          leftSection={<IconLink size={16} stroke={1.6} aria-hidden />}
          onClick={() => onChange([...value, { fileId: null, url: 'https://', caption: '' }])}
        >
          Add a link
        </Button>
        <span className="meta">
          JPEG, PNG, WebP, GIF or AVIF up to {Math.round(briefImageBytesMax / 1024 / 1024)} MB, at most {boardMax}
        </span>
      </div>
    </fieldset>
  );
}

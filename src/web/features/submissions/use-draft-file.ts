import { type DraftFile, openFile, openPreview } from '#modules/submissions/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';

export interface FileAddress {
  /** The file itself. */
  whole: string;
  /** A small picture of an image; the file itself where there is none. */
  small: string;
}

/** Addresses of the files of a draft, for pictures and players. */
export function useDraftFile(submissionId: string): (file: Pick<DraftFile, 'id' | 'kind'>) => FileAddress {
  const client = useClient();
  const { slug } = useWorkspace();
  return ({ id: fileId, kind }) => {
    const input = { submissionId, fileId, ...{ workspace: slug } };
    const whole = client.url(openFile, input);
    return { whole, small: kind === 'image' ? client.url(openPreview, input) : whole };
  };
}

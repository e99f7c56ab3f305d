import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import {
  bulkMax,
  campaignId,
  captionMax,
  deliverableId,
  draftFileSchema,
  roundNumber,
  submissionId,
  submissionSchema,
} from './submission.ts';

export const draftFields = {
  caption: z.string().max(captionMax).optional(),
  note: z.string().trim().max(4000).optional(),
  videoUrl: z
    .url({ protocol: /^https?$/, error: 'The address of the video, starting with https://' })
    .max(2000)
    .nullable()
    .optional(),
  spokenText: z.string().trim().max(captionMax).nullable().optional().describe('What is said in the video'),
  onScreenText: z.string().trim().max(4000).nullable().optional().describe('What is written in picture or video'),
  ticks: z.array(z.string().max(600)).max(200).optional().describe('Keys of guidelines that are followed'),
};

export const startDraft = endpoint({
  name: 'submissions.start',
  method: 'POST',
  path: '/deliverables/:deliverableId/submission',
  access: 'content:write',
  summary:
    'Begin a draft for a creator, or the next round of one; the draft that is open is answered when there is one',
  input: z.object({ deliverableId }),
  output: submissionSchema,
});

export const writeDraft = endpoint({
  name: 'submissions.write',
  method: 'PATCH',
  path: '/submissions/:submissionId/draft',
  access: 'content:write',
  summary: 'Change the caption, note, link to a video or ticked guidelines of a draft that was not handed in yet',
  input: z.object({ submissionId, ...draftFields }),
  output: submissionSchema,
});

export const addFile = endpoint({
  name: 'submissions.addFile',
  method: 'POST',
  path: '/submissions/:submissionId/files',
  access: 'content:write',
  transport: 'upload',
  summary: 'Add a picture or video to a draft that was not handed in yet; what it is is told by its content',
  input: z.object({ submissionId }),
  output: submissionSchema,
});

export const removeFile = endpoint({
  name: 'submissions.removeFile',
  method: 'DELETE',
  path: '/submissions/:submissionId/files/:fileId',
  access: 'content:write',
  summary: 'Take a file out of a draft that was not handed in yet',
  input: z.object({ submissionId, fileId: z.string().max(60) }),
  output: submissionSchema,
});

export const submitDraft = endpoint({
  name: 'submissions.submit',
  method: 'POST',
  path: '/submissions/:submissionId/submit',
  access: 'content:write',
  summary: 'Hand in the open draft; the label is judged and the reviewers are asked',
  input: z.object({ submissionId, round: roundNumber }),
  output: submissionSchema,
});

export const withdrawDraft = endpoint({
  name: 'submissions.withdraw',
  method: 'POST',
  path: '/submissions/:submissionId/withdraw',
  access: 'content:write',
  summary: 'Take back a draft nobody has decided on; the round does not count',
  input: z.object({ submissionId, round: roundNumber }),
  output: submissionSchema,
});

export const openFile = endpoint({
  name: 'submissions.file',
  method: 'GET',
  path: '/submissions/:submissionId/files/:fileId',
  access: 'content:read',
  transport: 'download',
  summary: 'A file of a draft; ranges are honoured. Refused once the usage rights by contract have ended',
  input: z.object({ submissionId, fileId: z.string().max(60), saves: z.boolean().default(false) }),
});

export const openPreview = endpoint({
  name: 'submissions.preview',
  method: 'GET',
  path: '/submissions/:submissionId/files/:fileId/preview',
  access: 'content:read',
  transport: 'download',
  summary: 'The small picture of an image of a draft',
  input: z.object({ submissionId, fileId: z.string().max(60) }),
});

export const downloadApproved = endpoint({
  name: 'submissions.zip',
  method: 'GET',
  path: '/campaigns/:campaignId/submissions.zip',
  access: 'content:read',
  transport: 'download',
  summary:
    'The approved files and captions of a campaign as one archive; of the named drafts when some are named. Those whose usage rights ended are left out, which “left out.txt” in it says',
  input: z.object({ campaignId, ids: z.array(submissionId).max(bulkMax).optional() }),
});

export const diffPartSchema = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
export type DiffPart = z.infer<typeof diffPartSchema>;

export const compareRounds = endpoint({
  name: 'submissions.compare',
  method: 'GET',
  path: '/submissions/:submissionId/compare',
  access: 'content:read',
  summary: 'Two rounds side by side: the caption word by word, and the files',
  input: z.object({ submissionId, from: roundNumber, to: roundNumber }),
  output: z.object({
    caption: z.array(diffPartSchema),
    files: z.array(z.object({ file: draftFileSchema, change: z.enum(['same', 'added', 'removed']) })),
    videoUrl: z.object({ from: z.string().nullable(), to: z.string().nullable() }),
  }),
});

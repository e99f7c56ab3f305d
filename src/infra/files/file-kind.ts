/** What files of a workspace may be. */
export type FileKind = 'image' | 'video' | 'audio' | 'pdf' | 'text';

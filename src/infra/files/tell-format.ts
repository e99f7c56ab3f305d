import { readFile } from 'node:fs/promises';
import { AppError } from '#kernel/errors.ts';
import type { FileKind } from './file-kind.ts';

/** The formats understood, by what their content says. Vectors, pages, archives and programs are none of them. */
const kindOfType: Record<string, FileKind> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/gif': 'image',
  'image/avif': 'image',
  'video/mp4': 'video',
  'video/quicktime': 'video',
  'video/webm': 'video',
  'video/x-m4v': 'video',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/x-m4a': 'audio',
  'audio/wav': 'audio',
  'application/pdf': 'pdf',
};
const formatsOfKind: Record<FileKind, string> = {
  image: 'JPEG, PNG, WebP, GIF, AVIF',
  video: 'MP4, MOV, WebM',
  audio: 'MP3, M4A, WAV',
  pdf: 'PDF',
  text: 'plain text',
};
/** 50 megapixels: more than any phone's photo, and 200 MB once unpacked. */
const pixelsMax = 50_000_000;
const previewSidePx = 1600;
const previewQuality = 80;

export interface Format {
  kind: FileKind;
  contentType: string;
}

/** What a file is by its first bytes. Error: files.not_accepted naming what is taken. */
export async function tellFormat(head: Buffer, accept: readonly FileKind[]): Promise<Format> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = await fileTypeFromBuffer(head);
  const kind = found === undefined ? (isText(head) ? 'text' : undefined) : kindOfType[found.mime];
  if (kind !== undefined && accept.includes(kind)) {
    return { kind, contentType: found?.mime ?? 'text/plain; charset=utf-8' };
  }
  const taken = accept.map((one) => formatsOfKind[one]).join(', ');
  const what = found === undefined ? (kind === 'text' ? 'text' : 'nothing known') : found.ext.toUpperCase();
  throw refused(`By its content it is ${what}; taken are ${taken}. Its name does not matter.`);
}

/** Text is what decodes as UTF-8, holds no control characters, and is no markup a browser would run. */
function isText(head: Buffer): boolean {
  try {
    // The head may end within a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    return !/[\u0000-\u0008\u000e-\u001f]/.test(text) && !/^\s*(<\?xml|<!doctype|<svg|<html|<script)/i.test(text);
  } catch {
    return false;
  }
}

export interface ImageView {
  width: number;
  height: number;
  /** A WebP of at most 1600 px a side, upright, without metadata. */
  preview: Buffer;
}

/** Measures an image and makes its preview; one that would unpack to more than 50 megapixels is refused before it is decoded. Error: files.not_accepted. */
export async function viewImage(path: string): Promise<ImageView> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  try {
    const image = sharp(await readFile(path), { limitInputPixels: pixelsMax, failOn: 'error', pages: 1 });
    const { autoOrient } = await image.metadata();
    const { width, height } = autoOrient;
    if (width * height > pixelsMax)
      throw refused(`It has ${width} x ${height} pixels; at most 50 megapixels are taken.`);
    const preview = await image
      .autoOrient()
      .resize(previewSidePx, previewSidePx, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: previewQuality })
      .toBuffer();
    return { width, height, preview };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw refused(
      isLarge ? 'It has more than 50 megapixels.' : 'The picture is damaged, or in a form that cannot be read.',
    );
  }
}

export function refused(reason: string): AppError {
  const message = `The file is not taken. ${reason}`;
  return new AppError('invalid', 'files.not_accepted', message, [{ field: 'file', message: reason }]);
}

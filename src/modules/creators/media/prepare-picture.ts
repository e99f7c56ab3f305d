import { AppError } from '#kernel/errors.ts';
import { creatorsError } from '../errors.ts';

export const pictureBytesMax = 10 * 1024 * 1024;
/** 25 megapixels: more than a phone's photo of a face needs, and 100 MB once unpacked. */
const pixelsMax = 25_000_000;
const sidePx = 320;
const quality = 82;
const formats = new Set(['jpeg', 'png', 'webp', 'gif', 'heif']);

/** Loaded with the first picture. Pictures come one by one; threads and a cache for many would only hold memory. */
async function loadSharp() {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

export interface PreparedPicture {
  bytes: Buffer;
  width: number;
  height: number;
}

/**
 * Makes a picture of anybody's into a small WebP without metadata: first frame, turned upright, at most 320 px a side. Formats that are programs
 * or vectors, and pictures that would unpack to more than 25 megapixels, are refused before they are decoded. Error: bad_picture.
 */
export async function preparePicture(input: Buffer): Promise<PreparedPicture> {
  if (input.byteLength > pictureBytesMax) throw bad(`It is larger than ${pictureBytesMax / 1024 / 1024} MB.`);
  const sharp = await loadSharp();
  try {
    const picture = sharp(input, { limitInputPixels: pixelsMax, failOn: 'error', pages: 1 });
    const { format, width, height } = await picture.metadata();
    if (!formats.has(format)) throw bad(`It is ${format.toUpperCase()}; JPEG, PNG, WebP, GIF and AVIF are understood.`);
    if (width * height > pixelsMax) throw bad(`It has ${width} x ${height} pixels; at most 25 megapixels are taken.`);
    const { data, info } = await picture
      .rotate()
      .resize(sidePx, sidePx, { fit: 'cover', position: 'attention', withoutEnlargement: true })
      .webp({ quality })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const isLarge = error instanceof Error && /pixel limit/i.test(error.message);
    throw bad(isLarge ? 'It has more than 25 megapixels.' : 'It is no picture, or a damaged one.');
  }
}

function bad(reason: string): AppError {
  return creatorsError('bad_picture', `The picture is not taken. ${reason}`, [{ field: 'picture', message: reason }]);
}

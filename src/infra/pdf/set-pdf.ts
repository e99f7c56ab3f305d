import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NodeCompiler, type NodeTypstDocument, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';

const faces = ['400Regular', '500Medium', '600SemiBold', '700Bold'];
// Memoised layouts of pages set so many exports ago are let go.
const cacheAge = 10;

/**
 * A setter of tagged PDFs from one template of Typst. The page travels as data in `sys.inputs.report`: a name such as `#eval("x")` is set as written.
 * The PDF is PDF/UA-1, or PDF 1.7 with the same tags when a name holds a letter that no font here can draw, which the stricter norm forbids
 * (it shows as a box). The first call opens the compiler with its fonts; from then on it takes milliseconds.
 * `pictures` are files the page names, each by a name that tells its content: `image("/<name>")`.
 */
export function createPdfSetter(template: URL): (page: unknown, pictures?: Pictures) => Buffer {
  const set = createSetter(template, PdfStandard.UA_1);
  return (page, pictures) => set(page, pictures).pdf;
}

type Pictures = ReadonlyMap<string, Buffer>;

export interface ArchivedPdf {
  pdf: Buffer;
  /** PDF 1.7 only where a letter has no font here; PDF/A forbids boxes in its place. */
  standard: 'PDF/A-2a' | 'PDF 1.7';
}

/** As createPdfSetter, for documents that are kept: PDF/A-2a (ISO 19005-2), tagged, with all fonts inside. */
export function createArchiveSetter(template: URL): (page: unknown) => ArchivedPdf {
  const set = createSetter(template, PdfStandard.A_2a);
  return (page) => {
    const { pdf, isStrict } = set(page);
    return { pdf, standard: isStrict ? 'PDF/A-2a' : 'PDF 1.7' };
  };
}

interface SetPdf {
  pdf: Buffer;
  isStrict: boolean;
}

function createSetter(template: URL, standard: PdfStandard): (page: unknown, pictures?: Pictures) => SetPdf {
  let compiler: NodeCompiler | undefined;
  let content: string | undefined;
  return (page, pictures = new Map()) => {
    const folder = dirname(template.pathname);
    compiler ??= openCompiler(folder);
    for (const [name, picture] of pictures) compiler.mapShadow(join(folder, name), picture);
    content ??= readFileSync(template, 'utf8');
    const set = compiler.compile({ mainFileContent: content, inputs: { report: JSON.stringify(page) } });
    const document = set.result;
    if (document === null) throw new Error(`The PDF could not be set: ${faultsOf(set.takeError()?.shortDiagnostics)}`);
    const written = writePdf(compiler, document, standard);
    compiler.evictCache(cacheAge);
    for (const name of pictures.keys()) compiler.unmapShadow(join(folder, name));
    return written;
  };
}

function writePdf(by: NodeCompiler, document: NodeTypstDocument, standard: PdfStandard): SetPdf {
  try {
    return { pdf: by.pdf(document, { pdfStandard: standard }), isStrict: true };
  } catch (error) {
    if (!/PDF\/(UA|A)-\w+ error/.test(String(error))) throw error;
    return { pdf: by.pdf(document, { pdfStandard: PdfStandard.V_1_7 }), isStrict: false };
  }
}

function openCompiler(workspace: string): NodeCompiler {
  const inter = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'));
  return NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: faces.map((face) => join(inter, face)) }] });
}

function faultsOf(faults: unknown): string {
  return JSON.stringify(faults ?? 'no diagnosis').slice(0, 2000);
}

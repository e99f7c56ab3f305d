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
 */
export function createPdfSetter(template: URL): (page: unknown) => Buffer {
  let compiler: NodeCompiler | undefined;
  let content: string | undefined;
  return (page) => {
    compiler ??= openCompiler(dirname(template.pathname));
    content ??= readFileSync(template, 'utf8');
    const set = compiler.compile({ mainFileContent: content, inputs: { report: JSON.stringify(page) } });
    const document = set.result;
    if (document === null) throw new Error(`The PDF could not be set: ${faultsOf(set.takeError()?.shortDiagnostics)}`);
    const pdf = writePdf(compiler, document);
    compiler.evictCache(cacheAge);
    return pdf;
  };
}

function writePdf(by: NodeCompiler, document: NodeTypstDocument): Buffer {
  try {
    return by.pdf(document, { pdfStandard: PdfStandard.UA_1 });
  } catch (error) {
    if (!String(error).includes('PDF/UA-1 error')) throw error;
    return by.pdf(document, { pdfStandard: PdfStandard.V_1_7 });
  }
}

function openCompiler(workspace: string): NodeCompiler {
  const inter = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/inter/package.json'));
  return NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: faces.map((face) => join(inter, face)) }] });
}

function faultsOf(faults: unknown): string {
  return JSON.stringify(faults ?? 'no diagnosis').slice(0, 2000);
}

import type { ImportPreview } from '#modules/creators/api.ts';

const rowsShown = 8;
const columnsShown = 30;

/** The first rows as they stand in the file. */
export function PreviewRows({ preview }: { preview: ImportPreview }) {
  const columns = preview.columns.slice(0, columnsShown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label="First rows of the file" tabIndex={0}>
      <table className="table creators-raw">
        <thead>
          <tr>
            <th scope="col">Row</th>
            {columns.map((column) => (
              <th scope="col" key={column.column}>
                {column.column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.slice(0, rowsShown).map((row) => (
            <tr key={row.row}>
              <td className="meta">{row.row}</td>
              {columns.map((column, at) => (
                <td key={column.column}>
                  <span className="creators-cell">{row.cells[at]}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

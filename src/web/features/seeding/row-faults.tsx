import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';

const shownMax = 100;

/** What is wrong in a file, by row and field. */
export function RowFaults({
  total,
  faults,
}: {
  total: number;
  faults: readonly { row: number; field: string; message: string }[];
}) {
  if (total === 0) return null;
  return (
    <>
      <FormAlert>{formatPlural(total, 'fault')}; these rows are left out. Mend them and send the file again.</FormAlert>
      <table className="table" aria-label="Faults">
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Field</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {faults.slice(0, shownMax).map((fault) => (
            <tr key={`${fault.row} ${fault.field} ${fault.message}`}>
              <td className="num">{fault.row}</td>
              <td>{fault.field}</td>
              <td>{fault.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';

interface Props {
  /** True before the start, while nothing was left out yet. */
  isAhead?: boolean;
  /** What people call a field; its own name when left out. */
  nameOf?: (field: string) => string;
  answer: { errorsTotal: number; errors: readonly { row: number; field: string; message: string }[] };
}

const rowsShown = 100;

/** Rows of a file that were left out, with what is wrong in each. */
export function RowFaults({ answer, isAhead = false, nameOf = (field) => field }: Props) {
  if (answer.errorsTotal === 0) return null;
  return (
    <>
      <FormAlert>
        {formatPlural(answer.errorsTotal, 'fault')};{' '}
        {isAhead
          ? 'these rows would be left out. Read the file otherwise above, or mend them in the file.'
          : 'these rows were left out. Mend them and send the file again.'}
      </FormAlert>
      <table className="table trk-faults" aria-label="Faults">
        <thead>
          <tr>
            <th scope="col" className="num">
              Row
            </th>
            <th scope="col">Field</th>
            <th scope="col">What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {answer.errors.slice(0, rowsShown).map((error) => (
            <tr key={`${error.row} ${error.field}`}>
              <td className="num">{formatCount(error.row)}</td>
              <td>{error.field === '' ? 'the whole row' : nameOf(error.field)}</td>
              <td>{error.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

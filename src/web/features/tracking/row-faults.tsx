import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';

interface Props {
  /** True before the start, while nothing was left out yet. */
  isAhead?: boolean;
  answer: { errorsTotal: number; errors: readonly { row: number; field: string; message: string }[] };
}

const rowsShown = 100;

/** Rows of a file that were left out, with what is wrong in each. */
export function RowFaults({ answer, isAhead = false }: Props) {
  if (answer.errorsTotal === 0) return null;
  return (
    <>
      <FormAlert>
        {formatPlural(answer.errorsTotal, 'fault')};{' '}
        {isAhead
          ? 'these rows would be left out. Read the file otherwise above, or mend them in the file.'
          : 'these rows were left out. Mend them and send the file again.'}
      </FormAlert>
      <table className="table" aria-label="Faults">
        <thead>
          <tr>
            <th>Row</th>
            <th>Field</th>
            <th>What is wrong</th>
          </tr>
        </thead>
        <tbody>
          {answer.errors.slice(0, rowsShown).map((error) => (
            <tr key={`${error.row} ${error.field}`}>
              <td className="num">{error.row}</td>
              <td>{error.field}</td>
              <td>{error.message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

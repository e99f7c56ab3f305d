import { Modal } from '@mantine/core';

const keys: [string, string][] = [
  ['/', 'Go to the search'],
  ['Enter', 'In the search: go to the rows. On a row: open its preview'],
  ['j, k', 'Next and previous row'],
  ['x', 'Choose the row'],
  ['l', 'Put what is chosen, or the row, on a list'],
  ['c', 'Compare what is chosen'],
  ['f', 'Add a filter'],
  ['Esc', 'Close the preview'],
  ['?', 'Show these keys'],
];

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title="Keys on this page" size={420}>
      <table className="table discover-keys">
        <tbody>
          {keys.map(([key, what]) => (
            <tr key={key}>
              <th scope="row">
                <kbd>{key}</kbd>
              </th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}

const rows = Array.from({ length: 8 }, (_, index) => `row ${index}`);

export function TableSkeleton({ columns, tall }: { columns: number; tall: boolean }) {
  return (
    <tbody className={tall ? 'skel-rows tall' : 'skel-rows'}>
      {rows.map((row, index) => (
        <tr key={row}>
          <td colSpan={columns}>
            <i style={{ width: `${88 - ((index * 17) % 40)}%` }} />
            {index === 0 && <span className="vh">Loading</span>}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

interface Row {
  name: string;
  messageCount: number;
  inboundCount: number;
  outboundCount: number;
}

/** Counts as a table, for everybody who reads numbers better than bars. */
export function CountTable({ name, rows }: { name: string; rows: readonly Row[] }) {
  return (
    <table>
      <caption>{name}</caption>
      <thead>
        <tr>
          <th scope="col">{name.replace(/s$/, '')}</th>
          <th scope="col">Received</th>
          <th scope="col">Sent</th>
          <th scope="col">All</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td>{row.inboundCount.toLocaleString()}</td>
            <td>{row.outboundCount.toLocaleString()}</td>
            <td>{row.messageCount.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

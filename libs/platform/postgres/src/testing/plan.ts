import type { DataSource } from 'typeorm';

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Node[];
}

/** What the server does for a query. */
export interface Plan {
  /** How many rows of tables it looks at. */
  readonly rowsRead: number;
  /** The tables that it reads from one end to the other. */
  readonly scanned: readonly string[];
}

/** How the server carries out the queries that `work` makes, on a data source or on a client. */
export async function planOf(dataSource: DataSource, work: (database: never) => Promise<unknown>): Promise<Plan> {
  const nodes: Node[] = [];
  const explain = async (query: string | { text: string; values: unknown[] }, values?: unknown[]) => {
    const asked = typeof query === 'string' ? { text: query, values } : query;
    const [row] = await dataSource.query<{ 'QUERY PLAN': [{ Plan: Node }] }[]>(
      `explain (analyze, format json) ${asked.text}`,
      asked.values,
    );
    nodes.push(...scansIn(row!['QUERY PLAN'][0].Plan));
    const rows = await dataSource.query<unknown[]>(asked.text, asked.values);
    return Object.assign(rows, { rows });
  };
  await work({ query: explain } as never);
  return {
    rowsRead: nodes.reduce((sum, node) => sum + rowsOf(node), 0),
    scanned: nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']!),
  };
}

function scansIn(node: Node): Node[] {
  return [...(node['Relation Name'] ? [node] : []), ...(node.Plans ?? []).flatMap(scansIn)];
}

function rowsOf(node: Node): number {
  return (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}

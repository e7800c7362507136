import type { DataSource } from 'typeorm';

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Node[];
}

/** The execution plan of queries. */
export interface Plan {
  /** The number of table rows that the server reads. */
  readonly rowsRead: number;
  /** The tables that the server scans sequentially. */
  readonly scanned: readonly string[];
}

/** The plan of the queries that `work` runs, on a data source or on a client. */
export async function planOf(dataSource: DataSource, work: (database: never) => Promise<unknown>): Promise<Plan> {
  const nodes = await scansOf(dataSource, 'explain (analyze, format json)', work);
  return {
    rowsRead: nodes.reduce((sum, node) => sum + rowsOf(node), 0),
    scanned: nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']!),
  };
}

/** The index conditions in the generic plan. */
export async function lookupsOf(
  dataSource: DataSource,
  work: (database: never) => Promise<unknown>,
): Promise<readonly string[]> {
  const nodes = await scansOf(dataSource, 'explain (generic_plan, format json)', work);
  return nodes.flatMap((node) => node['Index Cond'] ?? []);
}

/** A prepared statement of the connection, and the tables that its plan scans sequentially. */
export interface PreparedPlan {
  readonly name: string;
  readonly scanned: readonly string[];
}

/**
 * The plans of the prepared statements of the last used connection. A plan is made for the size of the tables at that time and stays in use while the
 * tables grow.
 */
export async function preparedPlans(dataSource: DataSource): Promise<readonly PreparedPlan[]> {
  const statements = await dataSource.query<{ name: string; parameters: number }[]>(
    `select name, cardinality(parameter_types) as parameters from pg_prepared_statements where name like '%-%' order by name`,
  );
  const plans: PreparedPlan[] = [];
  for (const { name, parameters } of statements) {
    const nulls = parameters > 0 ? `(${new Array(parameters).fill('null').join(', ')})` : '';
    const [row] = await dataSource.query<{ 'QUERY PLAN': [{ Plan: Node }] }[]>(
      `explain (format json) execute "${name}"${nulls}`,
    );
    const scans = scansIn(row!['QUERY PLAN'][0].Plan).filter((node) => node['Node Type'] === 'Seq Scan');
    plans.push({ name, scanned: scans.map((node) => node['Relation Name']!) });
  }
  return plans;
}

async function scansOf(
  dataSource: DataSource,
  explain: string,
  work: (database: never) => Promise<unknown>,
): Promise<Node[]> {
  const nodes: Node[] = [];
  const query = async (sql: string | { text: string; values: unknown[] }, values?: unknown[]) => {
    const statement = typeof sql === 'string' ? { text: sql, values } : sql;
    const isGeneric = explain.includes('generic_plan');
    const [row] = await dataSource.query<{ 'QUERY PLAN': [{ Plan: Node }] }[]>(
      `${explain} ${statement.text}`,
      isGeneric ? undefined : statement.values,
    );
    nodes.push(...scansIn(row!['QUERY PLAN'][0].Plan));
    const rows = await dataSource.query<unknown[]>(statement.text, statement.values);
    return Object.assign(rows, { rows });
  };
  const runner = { connect: () => Promise.resolve({ query }), release: () => Promise.resolve() };
  await work({ query, createQueryRunner: () => runner } as never);
  return nodes;
}

function scansIn(node: Node): Node[] {
  return [...(node['Relation Name'] || node['Index Cond'] ? [node] : []), ...(node.Plans ?? []).flatMap(scansIn)];
}

function rowsOf(node: Node): number {
  return (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
}

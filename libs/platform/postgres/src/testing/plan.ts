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

/** What the server does for a query. */
export interface Plan {
  /** How many rows of tables it looks at. */
  readonly rowsRead: number;
  /** The tables that it reads from one end to the other. */
  readonly scanned: readonly string[];
}

/** How the server carries out the queries that `work` makes, on a data source or on a client. */
export async function planOf(dataSource: DataSource, work: (database: never) => Promise<unknown>): Promise<Plan> {
  const nodes = await scansOf(dataSource, 'explain (analyze, format json)', work);
  return {
    rowsRead: nodes.reduce((sum, node) => sum + rowsOf(node), 0),
    scanned: nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']!),
  };
}

/** By which conditions the server looks into indexes, in the plan that holds for all values. */
export async function lookupsOf(
  dataSource: DataSource,
  work: (database: never) => Promise<unknown>,
): Promise<readonly string[]> {
  const nodes = await scansOf(dataSource, 'explain (generic_plan, format json)', work);
  return nodes.flatMap((node) => node['Index Cond'] ?? []);
}

/** A statement that the connection has prepared, and the tables that its plan reads from one end to the other. */
export interface KeptPlan {
  readonly name: string;
  readonly scanned: readonly string[];
}

/**
 * The plans that are kept for prepared statements, by the connection that was used last. They were made for the tables as these were then, and stay while the
 * tables grow.
 */
export async function keptPlans(dataSource: DataSource): Promise<readonly KeptPlan[]> {
  const statements = await dataSource.query<{ name: string; parameters: number }[]>(
    `select name, cardinality(parameter_types) as parameters from pg_prepared_statements where name like '%-%' order by name`,
  );
  const plans: KeptPlan[] = [];
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
  const query = async (asked: string | { text: string; values: unknown[] }, values?: unknown[]) => {
    const statement = typeof asked === 'string' ? { text: asked, values } : asked;
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

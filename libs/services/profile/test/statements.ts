import type { DataSource } from 'typeorm';

/** Records the names of the prepared statements that the data source runs from now on. */
export function recordStatements(dataSource: DataSource): string[] {
  const names: string[] = [];
  const create = dataSource.createQueryRunner.bind(dataSource);
  dataSource.createQueryRunner = (...mode) => {
    const runner = create(...mode);
    const connect = runner.connect.bind(runner);
    runner.connect = async () => {
      const client = (await connect()) as { query(statement: unknown, ...rest: unknown[]): unknown };
      const query = (statement: unknown, ...rest: unknown[]) => {
        const { name } = statement as { name?: string };
        if (name !== undefined) names.push(name);
        return client.query(statement, ...rest);
      };
      return new Proxy(client, { get: (target, key) => (key === 'query' ? query : Reflect.get(target, key)) });
    };
    return runner;
  };
  return names;
}

import type { Benchmark } from '../benchmark.ts';
import type { GrownSize } from '../load/grown/load.ts';
import { makeGrownFolder } from './pipeline-grown.ts';
import { aboutSaturated, saturatedSection } from './saturated.ts';

const activities = 2_000_000;
const sizes = {
  full: [10_000, 1_000_000].map((customers): GrownSize => ({ customers, activities, months: 10 })),
  quick: [1_000, 20_000].map((customers): GrownSize => ({ customers, activities: 100_000, months: 10 })),
};

const about = `The same as on grown data, with 2,000,000 activities of 10,000 customers and of 1,000,000 customers. The events are of all these customers, so that
with a million of them nearly each event is of a customer who is not in memory. ${aboutSaturated}`;

const nameOf = ({ customers }: GrownSize) => `standalone, ${customers.toLocaleString('en-US')} customers`;

/** What an activity costs with few customers, and with many. */
export const pipelineCustomers: Benchmark = {
  name: 'pipeline-customers',
  async run(context) {
    const [few, many] = sizes[context.isQuick ? 'quick' : 'full'] as [GrownSize, GrownSize];
    const title = 'All four stages, few and many customers';
    const measure = async (size: GrownSize, compared: { against?: string; maxCostRatio?: number }) => {
      await using grown = await makeGrownFolder(context, size);
      const setting = { options: { copyOf: grown.path }, customers: size.customers, stored: size.activities };
      return await saturatedSection(context, { title, about }, { what: nameOf(size), ...compared }, setting);
    };
    const sections = [await measure(few, {}), await measure(many, { against: nameOf(few), maxCostRatio: 1.3 })];
    return {
      ...{ title, about },
      rates: sections.flatMap(({ rates = [] }) => rates),
      remarks: sections.flatMap(({ remarks = [] }) => remarks),
    };
  },
};

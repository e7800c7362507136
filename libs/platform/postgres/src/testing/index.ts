export { type KeptPlan, keptPlans, lookupsOf, type Plan, planOf } from './plan.ts';
export { type TestDatabase, testDatabase } from './test-database.ts';

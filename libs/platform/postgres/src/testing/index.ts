export { markExpired } from './mark-expired.ts';
export { type PreparedPlan, preparedPlans, lookupsOf, type Plan, planOf } from './plan.ts';
export { type TestDatabase, testDatabase } from './test-database.ts';

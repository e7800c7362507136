/** The source of the activities that Sestante's own API adds: what customers, or clerks for them, set there. Ingest lists it as `sestante`. */
export const ownSourceId = '00000000-0000-4000-8000-000000000002';

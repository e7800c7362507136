/** A CloudEvent 1.0 in its structured form, as far as we read it. Extension attributes stand beside the others. */
export const cloudEventSchema = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type'],
  properties: {
    specversion: { const: '1.0' },
    id: { type: 'string', minLength: 1 },
    source: { type: 'string', minLength: 1 },
    type: { type: 'string', minLength: 1 },
    time: { type: 'string', format: 'date-time' },
    subject: { type: 'string', description: 'Who acted, where it is an identifier such as `user_id:ada`.' },
    data: { type: 'object' },
  },
};
